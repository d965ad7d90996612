// The signals that run along the edges, painted over the picture, in the picture's own units. It
// only retells numbers that already stand in the picture.

import {neuronRows} from "./edges.js"
import {GROUND, NEGATIVE, POSITIVE, RING, SELECTED} from "../browser/palette.js"

const MOST = 48                  // edges a pulse runs along in one layer
const RIM = 0.13                 // of the radius of a circle
const TAIL = 0.18                // of an edge
const BOX_GROWS = 5              // units of the picture, by which the box is larger when it begins to close in

// The rows of the edges with the largest |weight × activation of the source| in a layer.
export function carriers(edges, activationOf, layer, most = MOST) {
  const rows = []
  const end = edges.layer.lastIndexOf(layer)
  for (let row = Math.max(0, edges.layer.indexOf(layer)); row <= end; row++) {
    const signal = Math.abs(edges.weight[row] * activationOf(layer - 1, edges.source[row]))
    if (signal > 0.01) rows.push([signal, row])
  }
  return rows.sort((a, b) => b[0] - a[0]).slice(0, most).map(([, row]) => row)
}

const eased = share => share * share * (3 - 2 * share)

export class PropagationCanvas {
  constructor(canvas, {edges, inputs, neurons, winner, plot}) {
    Object.assign(this, {canvas, edges, inputs, neurons, winner, plot})
    this.context = canvas.getContext("2d")
  }

  get layers() { return Math.max(...this.neurons.data.layer) }

  // Of all neurons, the input first.
  get activations() { return [...this.inputs.data.activation, ...this.neurons.data.activation] }

  // One size of bitmap and one table of carriers serve a whole run.
  prepare() {
    this.canvas.hidden = false
    this.fit()
    this.learnRows()
    this.lines = Array.from({length: this.layers}, (_, i) => this.linesInto(i + 1))
  }

  // Where each neuron is in the table of neurons.
  learnRows() { this.rows = neuronRows(this.neurons.data) }

  fit() {
    const {canvas, plot} = this
    canvas.width = canvas.clientWidth * devicePixelRatio
    canvas.height = canvas.clientHeight * devicePixelRatio
    this.unit = canvas.width / plot.x_range.end
  }

  // Ends and sign of the edges that carry most into a layer; edges may be put in another order
  // while a pulse runs.
  linesInto(layer) {
    const {x0, y0, x1, y1, weight} = this.edges.data
    return carriers(this.edges.data, this.activationOf, layer).map(row =>
      ({from: [x0[row], y0[row]], to: [x1[row], y1[row]], positive: weight[row] > 0}))
  }

  activationOf = (layer, number) => {
    if (layer === 0) return this.inputs.data.activation[number]
    return this.neurons.data.activation[this.rows[layer][number]]
  }

  x(x) { return x * this.unit }
  y(y) { return this.canvas.height - y * this.canvas.height / this.plot.y_range.end }
  putAway() { this.canvas.hidden = true }
  clear() { this.context.clearRect(0, 0, this.canvas.width, this.canvas.height) }

  // Signals on their way to a layer, `share` (0-1) of it behind them.
  pulse(layer, share) {
    const at = eased(share)
    this.context.lineWidth = 0.4 * this.unit
    this.context.lineCap = "round"
    for (const line of this.lines[layer - 1]) this.segment(line, Math.max(0, at - TAIL), at)
  }

  segment({from: [x0, y0], to: [x1, y1], positive}, start, end) {
    const point = share => [this.x(x0 + share * (x1 - x0)), this.y(y0 + share * (y1 - y0))]
    this.context.strokeStyle = positive ? POSITIVE : NEGATIVE
    this.context.beginPath()
    this.context.moveTo(...point(start))
    this.context.lineTo(...point(end))
    this.context.stroke()
  }

  // Neurons from this layer on have no number yet, and there is no answer.
  hideFrom(layer) {
    if (layer > this.layers) return
    this.hideBox()
    const {x, y, radius, layer: layers} = this.neurons.data
    this.context.fillStyle = GROUND
    this.context.strokeStyle = RING
    for (let row = 0; row < x.length; row++)
      if (layers[row] >= layer) this.disc(x[row], y[row], radius[row])
  }

  disc(x, y, radius) {
    this.context.lineWidth = RIM * radius * this.unit
    this.context.beginPath()
    this.context.arc(this.x(x), this.y(y), radius * this.unit, 0, 2 * Math.PI)
    this.context.fill()
    this.context.stroke()
  }

  hideBox() {
    this.context.strokeStyle = GROUND
    this.context.lineWidth = 4 * devicePixelRatio
    this.box()
  }

  // The box closes in on the largest output.
  flash(share) {
    this.context.strokeStyle = SELECTED
    this.context.globalAlpha = share
    this.context.lineWidth = 0.4 * this.unit
    this.box(BOX_GROWS * (1 - share))
    this.context.globalAlpha = 1
  }

  box(wider = 0) {
    const {x: [x], y: [y], width: [width], height: [height]} = this.winner.data
    if (x === undefined) return
    this.context.strokeRect(
      this.x(x - (width + wider) / 2), this.y(y + (height + wider) / 2),
      (width + wider) * this.unit, (height + wider) * this.unit)
  }
}
