// The weights of a neuron as a picture to keep: pixels enlarged by a whole number, none smoothed, and
// below them the scale of the colours.

import {bytesOf} from "../browser/bytes.js"
import {element} from "../browser/dom.js"
import {coloured} from "../browser/images.js"
import {RING} from "../browser/palette.js"
import {number} from "../browser/texts.js"

const WIDTH = 800
const [GAP, BORDER] = [6, 9]     // between tiles, and around the image of each
const [BAR, FOOT] = [14, 52]     // heights of the colour bar, and of what is below the tiles
const SMALLEST = 44              // pixels of a tile with room for its number

// How large everything is: `scale` is that of a pixel, `tile` that of a tile.
export function measures(count, side, width = WIDTH) {
  if (count === 1) {
    const scale = Math.max(1, Math.round(width / side))
    return {scale, tile: scale * side, columns: 1, border: 0, gap: 0, across: scale * side, down: scale * side}
  }
  const columns = Math.ceil(Math.sqrt(count))
  const scale = Math.max(1, Math.floor((width / columns - GAP - 2 * BORDER) / side))
  const tile = scale * side + 2 * BORDER
  const length = lines => GAP + lines * (tile + GAP)
  return {
    scale, tile, columns, border: BORDER, gap: GAP,
    across: length(columns), down: length(Math.ceil(count / columns)),
  }
}

class Painter {
  constructor(picture) {
    this.colours = bytesOf(atob(picture.colours))
    this.picture = picture
    this.sizes = measures(picture.tiles.length, picture.side)
    const {across, down} = this.sizes
    this.canvas = element("canvas", {width: across, height: down + FOOT})
    this.context = this.canvas.getContext("2d")
  }

  paint() {
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height)
    this.context.imageSmoothingEnabled = false
    this.picture.tiles.forEach((shades, i) => this.paintTile(i, bytesOf(atob(shades))))
    this.paintScale()
    return this.canvas
  }

  colour(shade) { return `rgb(${this.colours.slice(3 * shade, 3 * shade + 3).join()})` }

  paintTile(i, shades) {
    const {tile, columns, border, gap} = this.sizes
    const [x, y] = [i % columns, Math.floor(i / columns)].map(place => gap + place * (tile + gap))
    if (border > 0) {
      this.context.fillStyle = this.colour(this.picture.frames[i])
      this.context.fillRect(x, y, tile, tile)
    }
    this.context.drawImage(this.image(shades), x + border, y + border, tile - 2 * border, tile - 2 * border)
    if (border > 0 && tile >= SMALLEST) this.write(this.picture.names[i], x + border + 3, y + border + 12, "left")
  }

  image(shades) {
    const {side} = this.picture
    const canvas = element("canvas", {width: side, height: side})
    canvas.getContext("2d").putImageData(new ImageData(coloured(shades, this.colours), side, side), 0, 0)
    return canvas
  }

  paintScale() {
    const {across, down} = this.sizes
    const last = this.colours.length / 3 - 1
    for (let x = 10; x < across - 10; x++) {
      this.context.fillStyle = this.colour(Math.round(last * (x - 10) / (across - 21)))
      this.context.fillRect(x, down + 10, 1, BAR)
    }
    const {limit} = this.picture
    this.write(`−${number(limit, 2)}`, 10, down + BAR + 26, "left")
    this.write("0", across / 2, down + BAR + 26, "center")
    this.write(`+${number(limit, 2)}`, across - 10, down + BAR + 26, "right")
  }

  write(words, x, y, align) {
    Object.assign(this.context, {fillStyle: RING, font: "13px system-ui, sans-serif", textAlign: align})
    this.context.fillText(words, x, y)
  }
}

// A canvas with the picture that the server has described.
export const neuronCanvas = picture => new Painter(picture).paint()
