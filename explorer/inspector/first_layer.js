// All weight images of the first layer; each is as bright as its neuron is on.

import {button, element} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {coloured, imageCanvas, imagesIn, paint, SIDE, signedShades, tiling} from "../browser/images.js"
import {isSame} from "../browser/numbers.js"
import {listen, tell, watch} from "../browser/scope.js"
import {text} from "../browser/texts.js"

const DIMMEST = 0.25

// The weights into each neuron of the first layer, from the table of edges: one array each.
export function firstLayer(edges) {
  const rows = []
  for (let i = 0; i < edges.layer.length; i++) {
    if (edges.layer[i] !== 1) continue
    const row = rows[edges.target[i]] ??= new Float32Array(SIDE * SIDE)
    row[edges.source[i]] = edges.weight[i]
  }
  return rows
}

// The same from all weights of a network, layer by layer, each (targets, sources) row by row.
export const rowsOf = (weights, count) => imagesIn(weights.subarray(0, count * SIDE * SIDE))

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
  }

  // The weights are those of another network, if they are others.
  paint() {
    const {edges} = this.model
    if (edges.data.weight === this.weights) return
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
    this.bitmaps = this.rows.map(row => paint(imageCanvas(), painted(row, this.model.colours)))
    this.light()
  }

  tile() {
    const {columns} = tiling(this.rows.length, 1)
    this.wall.style.setProperty("--columns", columns)
    this.wall.replaceChildren(this.canvas, ...this.rows.map((_, number) => this.button(number)))
  }

  // What is clicked lies over the picture of a tile.
  button(number) {
    const made = button("", () => this.model.send_msg({type: "choose", number}))
    made.setAttribute("aria-label", text("first_layer.weights", {number: number + 1}))
    for (const came of ["pointerenter", "focus"])
      made.addEventListener(came, () => tell(this.el, "point-at", [1, number]))
    for (const left of ["pointerleave", "blur"])
      made.addEventListener(left, () => tell(this.el, "point-at", null))
    return made
  }

  // The tile of the neuron that is pointed at, here or in the network.
  mark(neuron) {
    [...this.wall.querySelectorAll("button")].forEach((tile, number) =>
      tile.classList.toggle("pointed", neuron?.[0] === 1 && neuron[1] === number))
  }

  // Every tile is as bright as its neuron is on.
  light() {
    const {canvas, context, bitmaps} = this
    if (canvas.width === 0) return  // nobody sees it: a neuron is selected
    const {layer, brightness} = this.model.neurons.data
    const first = layer.indexOf(1)
    const tiles = tiling(bitmaps.length, canvas.width)
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.imageSmoothingEnabled = false
    context.strokeStyle = "#fff"
    context.lineWidth = tiles.side / 24
    bitmaps.forEach((bitmap, number) =>
      this.draw(bitmap, number, brightness[first + number], tiles))
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
    weights: ({detail: {sizes, weights}}) => tiles.take(rowsOf(weights, sizes[1])),
  })
  watch(model, model.edges, "data", () => tiles.paint())
  watch(model, model.neurons, "data", whenIdle(() => tiles.light()))
  tiles.paint()
  new ResizeObserver(() => tiles.fit()).observe(tiles.canvas)
  return tiles.wall
}
