// All weight images of the first layer; each is as bright as its neuron is on.

import {bytesOf} from "../browser/bytes.js"
import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {coloured, imageCanvas, imagesIn, paint, signedShades, tiling} from "../browser/images.js"
import {isSame} from "../browser/numbers.js"
import {listen, tell, watch} from "../browser/scope.js"
import {number, text} from "../browser/texts.js"

const DIMMEST = 0.25
const PAGE = 64  // pictures of a large layer at a time

// The weights into each neuron of the first layer, from the table of edges: one array each, of as
// many as there are sources.
export function firstLayer(edges, pixels = 1 + sourceFarthest(edges)) {
  const rows = []
  for (let i = 0; i < edges.layer.length; i++) {
    if (edges.layer[i] !== 1) continue
    const row = rows[edges.target[i]] ??= new Float32Array(pixels)
    row[edges.source[i]] = edges.weight[i]
  }
  return rows
}

const sourceFarthest = ({layer, source}) =>
  source.reduce((most, each, i) => layer[i] === 1 ? Math.max(most, each) : most, -1)

// The same from all weights of a network, layer by layer, each (targets, sources) row by row.
export const rowsOf = (weights, [pixels, count]) =>
  imagesIn(weights.subarray(0, count * pixels), pixels)

// Where the pictures begin that stand before or after these, of so many; null for none.
export function turned(first, step, count) {
  const other = first + step * PAGE
  return other >= 0 && other < count ? other : null
}

// Whether two such lists hold the same numbers.
export const areSame = (some, others) =>
  some.length === others.length && some.every((row, neuron) => isSame(row, others[neuron]))

// RGBA bytes of weights against their own largest, by the palette of 255 colours.
export function painted(weights, colours) {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1
  return coloured(signedShades(weights, largest), colours)
}

// All tiles are drawn on one canvas: tiles with an opacity of their own cost more in each frame
// than all circles of the network.
class FirstLayer {
  constructor(model, el) {
    Object.assign(this, {model, el})
    this.wall = element("div", {className: "tiles"})
    this.canvas = element("canvas")
    this.canvas.setAttribute("aria-hidden", "true")
    this.context = this.canvas.getContext("2d")
    this.weights = null
    this.rows = []
    this.isPainted = true
    this.bitmaps = []
    this.where = element("span")
    this.turns = [[text("first_layer.before"), -1], [text("first_layer.after"), 1]].map(each => this.turner(...each))
    this.pages = element("div", {className: "pages"}, this.turns[0], this.where, this.turns[1])
    this.box = element("div", {}, this.wall, this.pages)
  }

  turner(label, step) {
    return button(label, () => this.model.send_msg({type: "turn", first: this.beside(step)}))
  }

  beside(step) { return turned(this.model.first, step, this.model.count) }

  // Whether the pictures of a large layer come, so many at a time.
  get isLarge() { return this.model.count > 0 }

  showPages() {
    const {first, count} = this.model
    this.pages.hidden = count <= PAGE
    write(this.where, text("first_layer.where", {first: first + 1, last: Math.min(first + PAGE, count), all: number(count)}))
    ;[-1, 1].forEach((step, i) => { this.turns[i].disabled = this.beside(step) === null })
  }

  // Of a large layer, the pictures that have come; of another, the weights that the edges have.
  begin() {
    this.showPages()
    if (!this.isLarge) {
      this.weights = null
      this.paint()
      return
    }
    this.rows = imagesIn(bytesOf(atob(this.model.pictures)), this.model.pixels)
    this.tile()
    this.isPainted = false
    this.paintRows()
  }

  // The weights are those of another network, if they are others.
  paint() {
    const {edges} = this.model
    if (this.isLarge || edges.data.weight === this.weights) return
    this.weights = edges.data.weight
    this.take(firstLayer(edges.data))
  }

  // Pictures that nobody sees are painted when somebody does.
  take(rows) {
    const before = this.rows
    this.rows = rows
    if (areSame(before, rows)) return  // the edges are drawn in another order
    if (before.length !== rows.length) this.tile()
    this.isPainted = false
    this.paintRows()
  }

  paintRows() {
    if (this.isPainted || this.canvas.width === 0) return
    this.isPainted = true
    const {colours} = this.model
    const bytes = row => this.isLarge ? coloured(row, colours) : painted(row, colours)
    this.bitmaps = this.rows.map(row => paint(imageCanvas(), bytes(row)))
    this.light()
  }

  tile() {
    const {columns} = tiling(this.rows.length, 1)
    this.wall.style.setProperty("--columns", columns)
    this.wall.replaceChildren(this.canvas, ...this.rows.map((_, place) => this.button(this.model.first + place)))
  }

  nameOf(number) {
    const name = this.model.names[number]
    if (this.model.neurons_of.length > 0) return text("first_layer.filter", {map: number + 1})
    return name === undefined ? text("first_layer.weights", {number: number + 1})
      : text("first_layer.weights_output", {name})
  }

  // What is clicked lies over the picture of a tile. That of a feature map stands for all its neurons;
  // the one in the middle is selected.
  button(place) {
    const number = this.model.neurons_of[place] ?? place
    const made = button("", () => this.model.send_msg({type: "choose", number}))
    made.setAttribute("aria-label", this.nameOf(place))
    made.dataset.number = number
    for (const came of ["pointerenter", "focus"])
      made.addEventListener(came, () => tell(this.el, "point-at", [1, number]))
    for (const left of ["pointerleave", "blur"])
      made.addEventListener(left, () => tell(this.el, "point-at", null))
    return made
  }

  // The tile of the neuron that is pointed at, here or in the network: the neurons of a map have one.
  mark(neuron) {
    const {neurons_of: middles} = this.model
    const size = middles.length > 1 ? middles[1] - middles[0] : 1
    const tileOf = number => middles.length > 0 ? Math.floor(number / size) : number
    for (const tile of this.wall.querySelectorAll("button"))
      tile.classList.toggle("pointed", neuron?.[0] === 1 &&
        tileOf(neuron[1]) === tileOf(Number(tile.dataset.number)))
  }

  // Every tile is as bright as its neuron is on.
  light() {
    const {canvas, context, bitmaps} = this
    if (canvas.width === 0) return  // nobody sees it: a neuron is selected
    const bright = this.brightness()
    const tiles = tiling(bitmaps.length, canvas.width)
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.imageSmoothingEnabled = false
    context.strokeStyle = "#fff"
    context.lineWidth = tiles.side / 24
    bitmaps.forEach((bitmap, number) => this.draw(bitmap, number, bright[number] ?? 0, tiles))
  }

  // How bright the neurons are that are shown.
  brightness() {
    if (this.isLarge) return this.model.bright
    const {layer, brightness} = this.model.neurons.data
    const first = layer.indexOf(1)
    return brightness.slice(first, first + this.bitmaps.length)
  }

  draw(bitmap, number, brightness, {columns, side, place}) {
    const [x, y] = [place(number % columns), place(Math.floor(number / columns))]
    this.context.globalAlpha = DIMMEST + (1 - DIMMEST) * brightness
    this.context.drawImage(bitmap, x, y, side, side)
    if (brightness > 0.5) this.context.strokeRect(x, y, side, side)
  }

  fit() {
    this.canvas.width = this.canvas.height = Math.round(this.canvas.clientWidth * devicePixelRatio)
    this.paintRows()
    this.light()
  }
}

export function render({model, el}) {
  const tiles = new FirstLayer(model, el)
  listen(model, el, {
    "pointed-at": ({detail}) => tiles.mark(detail),
    // They come here before the edges have followed, which takes many times as long.
    weights: ({detail: {sizes, weights}}) => {
      const areAll = weights.length >= sizes[0] * sizes[1]  // of feature maps those in windows come
      if (areAll && !tiles.isLarge) tiles.take(rowsOf(weights, sizes))
    },
  })
  watch(model, model.edges, "data", whenIdle(() => tiles.paint()))
  watch(model, model.neurons, "data", whenIdle(() => tiles.light()))
  model.on(["count", "first", "pictures", "names", "neurons_of"], whenIdle(() => tiles.begin()))
  model.on("bright", whenIdle(() => tiles.light()))
  tiles.begin()
  new ResizeObserver(() => tiles.fit()).observe(tiles.canvas)
  return tiles.box
}
