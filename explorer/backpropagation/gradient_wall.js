// The gradient of the weights into each neuron of the first layer: all pictures on one canvas.

import {element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {coloured, imageCanvas, imagesIn, paint, signedShades, tiling} from "../browser/images.js"
import {compact, number, text} from "../browser/texts.js"

// The gradient into each neuron: a row for each, with a number for each pixel.
export const rowsOf = ({delta, inputs, gradient, neurons}) => gradient === undefined
  ? Array.from(delta, each => inputs.map(x => each * x))
  : imagesIn(gradient, gradient.length / neurons.length)

// Which tile lies at a place of the wall, both from 0 to 1; null for none.
export function tileAt(x, y, count) {
  const {columns} = tiling(count, 1)
  const number = Math.floor(y * columns) * columns + Math.floor(x * columns)
  return number < count ? number : null
}

class GradientWall {
  constructor(model) {
    this.model = model
    this.count = 0
    this.canvas = element("canvas")
    this.canvas.setAttribute("role", "img")
    this.canvas.addEventListener("click", event => this.choose(event))
    this.words = element("p", {className: "quiet"})
    this.box = element("div", {}, element("h3", {textContent: text("backward.wall")}), this.canvas, this.words)
  }

  choose({clientX, clientY}) {
    const {left, top, width, height} = this.canvas.getBoundingClientRect()
    const tile = tileAt((clientX - left) / width, (clientY - top) / height, this.count)
    if (tile !== null) this.model.send_msg({type: "choose", number: this.model.content.neurons[tile]})
  }

  show() {
    const {shown, content} = this.model
    this.box.hidden = !shown
    if (!shown || content.full === undefined) return
    const whose = content.count === 0 ? text("backward.wall_drawing")
      : text("backward.wall_batch", {count: content.count})
    const {neurons, all} = content
    const some = neurons.length < all ? ` ${text("backward.wall_some", {shown: neurons.length, all: number(all)})}` : ""
    write(this.words, `${whose}${some} ${text("backward.wall_scale", {full: compact(content.full, 1)})}`)
    this.canvas.setAttribute("aria-label", whose)
    this.paint(rowsOf(content), content.full)
  }

  paint(rows, full) {
    this.count = rows.length
    const size = this.canvas.width = this.canvas.height = Math.round(this.canvas.clientWidth * devicePixelRatio)
    if (size === 0) return
    const context = this.canvas.getContext("2d")
    const {columns, side, place} = tiling(rows.length, size)
    context.imageSmoothingEnabled = false
    // The way down is against the slope.
    rows.forEach((row, i) => context.drawImage(
      paint(imageCanvas(), coloured(signedShades(row, -full), this.model.colours)),
      place(i % columns), place(Math.floor(i / columns)), side, side))
  }
}

export function render({model}) {
  const wall = new GradientWall(model)
  const showSoon = whenIdle(() => wall.show())
  model.on(["shown", "content"], showSoon)
  new ResizeObserver(showSoon).observe(wall.box)
  wall.show()
  return wall.box
}
