// The weights of a neuron that looks at the pixels: a picture that can be painted on. Places and sizes
// of the brush are in pixels of the pad, however many the picture has.

import {button, element, write} from "../browser/dom.js"
import {coloured, imageCanvas, paint, SIDE, sideOf, signedShades} from "../browser/images.js"
import {clip} from "../browser/numbers.js"
import {number, text} from "../browser/texts.js"

const BRUSHES = [
  ["add", text("edit.brush_add")],
  ["subtract", text("edit.brush_subtract")],
  ["erase", text("edit.brush_erase")],
  ["smooth", text("edit.brush_smooth")],
]
const NEXT = 0.35   // pixels: a point that is nearer to the one before says nothing new
const MOST = 64     // points of a message
const DAB = {Enter: true}
const MOVES = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}

// The points of a drag that are not yet told; those that hardly differ from the one before are not.
export class Drag {
  constructor() { this.points = []; this.last = null }

  add(point) {
    if (this.last && Math.hypot(point[0] - this.last[0], point[1] - this.last[1]) < NEXT) return
    this.last = point
    this.points.push(point)
  }

  take() { return this.points.splice(0, MOST) }
}

// How strong a brush is, or how large.
class Slider {
  constructor(label, written, range) {
    this.input = element("input", {type: "range", ...range})
    this.output = element("output")
    this.written = written
    this.input.addEventListener("input", () => this.write())
    this.row = element("label", {}, element("span", {textContent: label}), this.input, this.output)
    this.write()
  }

  get value() { return this.input.valueAsNumber }

  write() { this.output.value = this.written(number(this.value, 2)) }
}

export class WeightCanvas {
  // `say` sends a message, `point` is told the pixel that is looked at.
  constructor({say, point}) {
    Object.assign(this, {say, point, mode: "add", pixel: 0, drag: null, busy: false, ended: false})
    this.canvas = imageCanvas(text("edit.canvas"))
    this.canvas.tabIndex = 0
    this.cursor = element("i", {hidden: true})
    this.strength = new Slider(text("edit.brush_strength"), value => text("edit.brush_strength_shown", {value}),
      {min: 0.05, max: 1, step: 0.05, value: 0.3})
    this.size = new Slider(text("edit.brush_size"), value => text("edit.brush_size_shown", {value}),
      {min: 1, max: 9, step: 0.5, value: 3})
    this.brushes = BRUSHES.map(each => this.brush(...each))
    this.words = element("p", {className: "scale"})
    this.box = element("div", {className: "painting"},
      element("div", {className: "paper"}, this.canvas, this.cursor),
      element("div", {className: "brushes"}, ...this.brushes), this.words,
      this.strength.row, this.size.row)
    this.side = SIDE
    this.choose("add")
    this.hear()
  }

  brush(mode, label) {
    const made = button(label, () => this.choose(mode))
    made.name = mode
    return made
  }

  choose(mode) {
    this.mode = mode
    for (const each of this.brushes) each.setAttribute("aria-pressed", each.name === mode)
  }

  show(weights, limit, colours) {
    if (weights === this.weights && limit === this.limit) {
      this.point(this.pixel)
      return
    }
    Object.assign(this, {weights, limit})
    this.take(sideOf(weights.length))
    paint(this.canvas, coloured(signedShades(weights, limit), colours))
    const most = weights.reduce((so_far, weight) => Math.max(so_far, Math.abs(weight)), 0)
    const scale = {limit: number(limit, 2), most: number(most, 2)}
    const isBeyond = most > limit * (1 + 1e-6)
    write(this.words, isBeyond ? text("edit.beyond_scale", scale) : text("edit.scale", scale))
    this.point(this.pixel)
  }

  // The picture has so many pixels along a side, and no brush is finer than one of them.
  take(side) {
    if (side === this.side) return
    Object.assign(this, {side, pixel: 0})
    this.size.input.min = Math.max(1, Math.ceil(2 * SIDE / side) / 2)
    this.size.write()
    this.cursor.style.width = this.cursor.style.height = `${100 / side}%`
  }

  place({clientX, clientY}) {
    const {left, top, width, height} = this.canvas.getBoundingClientRect()
    return [(clientX - left) / width * SIDE, (clientY - top) / height * SIDE]
  }

  hear() {
    const {canvas} = this
    canvas.addEventListener("pointerdown", event => {
      canvas.setPointerCapture(event.pointerId)
      this.drag = new Drag()
      this.ended = false
      this.move(event)
    })
    canvas.addEventListener("pointermove", event => this.drag && !this.ended && this.move(event))
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => this.lift())
    canvas.addEventListener("keydown", event => this.press(event))
    canvas.addEventListener("focus", () => this.goTo(this.pixel))
    canvas.addEventListener("blur", () => { this.cursor.hidden = true })
  }

  move(event) {
    const [x, y] = this.place(event)
    const [column, row] = [x, y].map(at => clip(Math.floor(at / SIDE * this.side), 0, this.side - 1))
    this.lookAt(this.side * row + column)
    this.drag.add([x, y])
    this.tell()
  }

  lift() {
    if (!this.drag) return
    this.ended = true
    this.tell()
  }

  // One message is under way at a time; what is painted meanwhile waits together.
  tell() {
    if (this.busy || !this.drag) return
    const points = this.drag.take()
    if (points.length > 0) this.send({type: "paint", points, mode: this.mode,
      strength: this.strength.value * this.limit, size: this.size.value})
    else if (this.ended) {
      this.drag = null
      this.send({type: "end"})
    }
  }

  send(message) {
    this.busy = true
    this.say(message, () => {
      this.busy = false
      this.tell()
    })
  }

  // With keys: arrows move from pixel to pixel, Enter paints where they are.
  press(event) {
    const [dx, dy] = MOVES[event.key] ?? [0, 0]
    if (event.key in DAB) this.dab()
    else if (dx === 0 && dy === 0) return
    event.preventDefault()
    const {pixel, side} = this
    const [column, row] = [pixel % side + dx, Math.floor(pixel / side) + dy]
    const isInside = column >= 0 && column < side && row >= 0 && row < side
    this.goTo(isInside ? side * row + column : pixel)
  }

  dab() {
    if (this.drag) return
    this.drag = new Drag()
    this.ended = true
    const {pixel, side} = this
    this.drag.add([pixel % side, Math.floor(pixel / side)].map(at => (at + 0.5) * SIDE / side))
    this.tell()
  }

  // To a pixel, where its cursor is seen.
  goTo(pixel) {
    this.cursor.hidden = false
    this.lookAt(pixel)
  }

  lookAt(pixel) {
    this.pixel = pixel
    this.placeCursor()
    this.point(pixel)
  }

  placeCursor() {
    const {pixel, side} = this
    this.cursor.style.left = `${100 * (pixel % side) / side}%`
    this.cursor.style.top = `${100 * Math.floor(pixel / side) / side}%`
  }
}
