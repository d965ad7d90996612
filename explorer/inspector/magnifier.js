// The pixels around the selected one, as circles that a finger can choose.

import {element} from "../browser/dom.js"
import {sideOf} from "../browser/images.js"
import {clip} from "../browser/numbers.js"
import {SELECTED} from "../browser/palette.js"
import {watch} from "../browser/scope.js"
import {text} from "../browser/texts.js"

export const SPAN = 9

// How many pixels a patch has along a side, of an image with this side.
export const spanOf = side => Math.min(SPAN, side)

// The first column and row of a patch of pixels around one, which lies within the image.
export function corner(pixel, side) {
  const start = value => clip(value - (SPAN - 1) / 2, 0, side - spanOf(side))
  return [start(pixel % side), start(Math.floor(pixel / side))]
}

// The pixel at a place of the patch, both 0-1.
export function pixelAt(x, y, pixel, side) {
  const [left, top] = corner(pixel, side)
  const span = spanOf(side)
  const cell = share => clip(Math.floor(span * share), 0, span - 1)
  return side * (top + cell(y)) + left + cell(x)
}

class Magnifier {
  constructor(model) {
    this.model = model
    this.canvas = element("canvas")
    this.canvas.dataset.testid = "magnifier"
    this.canvas.setAttribute("role", "img")
    this.context = this.canvas.getContext("2d")
    this.hint = element("p")
  }

  get side() { return sideOf(this.model.inputs.data.activation.length) }

  show() {
    const {side, model: {pixel}} = this
    if (pixel === null) return
    const [left, top] = corner(pixel, side).map(first => first + 1)  // as people count
    const [right, bottom] = [left, top].map(first => first + spanOf(side) - 1)
    this.canvas.setAttribute("aria-label", text("magnifier.name", {left, right, top, bottom}))
    const [column, row] = [pixel % side + 1, Math.floor(pixel / side) + 1]
    this.hint.textContent = text("magnifier.hint", {column, row})
    this.draw()
  }

  draw() {
    const {context, canvas: {width, height}} = this
    if (this.model.pixel === null || width === 0) return
    context.clearRect(0, 0, width, height)
    const span = spanOf(this.side)
    for (let row = 0; row < span; row++)
      for (let column = 0; column < span; column++) this.circle(column + 0.5, row + 0.5, span)
  }

  // The circle at a place of the patch, in pixels.
  circle(x, y, span) {
    const {context, side, model: {pixel, inputs}} = this
    const [pitch, here] = [this.canvas.width / span, pixelAt(x / span, y / span, pixel, side)]
    context.beginPath()
    context.arc(x * pitch, y * pitch, 0.42 * pitch, 0, 2 * Math.PI)
    context.fillStyle = `rgb(255 255 255 / ${inputs.data.activation[here]})`
    context.strokeStyle = here === pixel ? SELECTED : "rgb(255 255 255 / 0.4)"
    context.lineWidth = pitch * (here === pixel ? 0.1 : 0.03)
    context.fill()
    context.stroke()
  }

  fit() {
    this.canvas.width = this.canvas.height = Math.round(this.canvas.clientWidth * devicePixelRatio)
    this.draw()
  }

  choose({offsetX, offsetY}) {
    const {clientWidth, clientHeight} = this.canvas
    const pixel = pixelAt(offsetX / clientWidth, offsetY / clientHeight, this.model.pixel, this.side)
    this.model.send_msg({type: "choose", pixel})
  }
}

export function render({model}) {
  const magnifier = new Magnifier(model)
  magnifier.canvas.addEventListener("click", event => magnifier.choose(event))
  model.on("pixel", () => magnifier.show())
  watch(model, model.inputs, "data", () => magnifier.draw())
  magnifier.show()
  new ResizeObserver(() => magnifier.fit()).observe(magnifier.canvas)
  return element("div", {}, magnifier.canvas, magnifier.hint)
}
