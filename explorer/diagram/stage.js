// The network in the browser. Python sends weights and places; lines, text sizes and highlights are
// made here, where a resized window or a moving pointer need no server.

import {floatsIn} from "../browser/bytes.js"
import {element} from "../browser/dom.js"
import {Steps} from "../browser/frames.js"
import {isSame} from "../browser/numbers.js"
import {listen, listenOn, tell, watch} from "../browser/scope.js"
import {text} from "../browser/texts.js"
import {brightLook, edgeColumns, edgesAt, edgeTable, strengths, untilRim} from "./edges.js"
import {paintInNextFrame, quiet} from "./painting.js"
import {Pointing} from "./pointing.js"
import {Walk} from "./walk.js"

// Pixels below which text is not legible: captions stay that large, counts of weights go.
const SMALLEST = 10

const REST = 80                  // milliseconds

// The weights themselves; or those that the document has brought as a script, by their name.
// Null if it has not: then the server is asked for them.
export function unpacked(weights, brought = {}) {
  if (typeof weights !== "string") return weights
  if (!(weights in brought)) return null
  return floatsIn(brought[weights])
}

// The weights with these rows in the place of their own: from which weight on, and the weights there.
export function edited(weights, rows) {
  if (rows.length === 0) return weights
  const all = Float32Array.from(weights)
  for (const [start, row] of rows) all.set(row, start)
  return all
}

class Stage {
  constructor(model) {
    this.model = model
    this.mark = element("i")
    this.mark.setAttribute("aria-hidden", "true")
    this.changed = element("div")
    this.changed.setAttribute("aria-hidden", "true")
    this.figure = element("div", {className: "figure", tabIndex: 0},
      model.get_child("picture"), this.mark, this.changed)
    this.figure.setAttribute("role", "application")
    this.present = []    // all weights as they are now
    this.drawn = {sizes: [], numbers: []}  // the neurons whose edges are drawn
    this.view = null     // Bokeh's view of the plot, once there is one
    this.resting = null  // the timer that waits until the pen rests
    this.hoversOver = null
    this.seen = []  // the inputs that were drawn last
    this.isCovered = false  // whether another part shows its own lines over the edges
    // The edges take longer than a frame; what moves under a finger, or trains, has them follow.
    this.following = new Steps(() => this.drawWeights())
  }

  // Edges

  takeWeights() {
    const weights = unpacked(this.model.weights, window.neuronWeights)
    if (weights === null) this.model.send_msg({type: "weights"})
    this.weights = weights ?? []
    this.describe()
    this.follow()
    if (this.showsOthers || this.following.isFree) this.following.finish()
  }

  // Whether other neurons are shown than those whose edges are drawn.
  get showsOthers() {
    const {sizes, numbers} = this.model
    return !isSame(this.drawn.sizes, sizes) || String(this.drawn.numbers) !== String(numbers)
  }

  // The weights are others, or some of them are changed.
  follow() {
    const {sizes, numbers, edits} = this.model
    const before = this.present
    this.present = edited(this.weights, edits)
    if (!this.showsOthers && isSame(before, this.present)) return  // they are told again
    tell(this.figure, "weights", {sizes, numbers, weights: this.present})
    this.following.ask()
  }

  drawWeights() {
    const {sizes, numbers, most, maps} = this.model
    this.drawn = {sizes, numbers}
    this.columns = edgeColumns(sizes, this.present, numbers, most, maps)
    this.drawEdges()
    this.select()
  }

  drawEdges() {
    clearTimeout(this.resting)
    this.resting = null
    const {edges, inputs, neurons} = this.model
    edges.data = edgeTable(this.columns, inputs.data, neurons.data, this.model)
  }

  // All edges take longer to paint than a frame: signals are painted when the pen rests, or
  // when another part needs them now.
  followSignal() {
    if (!this.model.signal) return
    clearTimeout(this.resting)
    this.resting = setTimeout(() => this.drawEdges(), REST)
  }

  finishEdges() {
    this.following.finish()
    if (this.resting !== null) this.drawEdges()
  }

  // While somebody draws, weights that change wait.
  hearInputs() {
    const {activation} = this.model.inputs.data
    if (!isSame(this.seen, activation)) this.following.postpone()
    this.seen = activation
    this.followSignal()
  }

  // The edges of a neuron (or of none), to lie over all others.
  bright(neuron, gain) {
    const {edges, neurons, largest} = this.model
    const some = edgesAt(edges.data, neuron)
    const look = brightLook(strengths(some, largest), gain)
    return {...some, ...untilRim(some, neurons.data), carried: some.weight, ...look}
  }

  hover(neuron) {
    this.figure.style.cursor = neuron === null ? "" : "pointer"
    this.hoversOver = neuron
    tell(this.figure, "pointed-at", neuron)
    this.model.hovered.data = this.bright(neuron, 0.6)
    this.dim()
  }

  select() {
    this.model.selected.data = this.bright(this.isCovered ? null : this.model.chosen)
    this.dim()
  }

  cover(on) {
    this.isCovered = on
    this.select()
  }

  // All other edges step back while those of a neuron are looked at.
  dim() {
    const {chosen, veil, plot: {x_range, y_range}} = this.model
    // One over the other, two let nothing through.
    const count = this.isCovered ? 2 : (chosen ?? this.hoversOver) === null ? 0 : 1
    const heights = Array(count).fill(y_range.end)
    if (isSame(heights, veil.data.height)) return  // to set it would paint all edges anew
    const widths = heights.map(() => x_range.end)
    const half = length => length / 2
    veil.data = {x: widths.map(half), y: heights.map(half), width: widths, height: heights}
  }

  // The picture

  describe() {
    const sizes = this.model.sizes.join(", ")
    const shown = Math.max(...this.model.numbers.map(each => each.length))
    this.figure.setAttribute("aria-label",
      shown > 0 ? text("stage.name_of_wide", {sizes, shown}) : text("stage.name", {sizes}))
  }

  showMark() {
    const {marked, inputs: {data: {x, y}}} = this.model
    this.mark.hidden = marked === null
    if (marked !== null) this.put(this.mark, x[marked], y[marked])
  }

  // Neurons whose numbers are not as at first have a dot.
  showChanged() {
    this.changed.replaceChildren(...this.model.changed.map(place =>
      this.put(element("i", {className: "changed"}), ...place)))
  }

  // Put an element at a place of the picture.
  put(mark, x, y) {
    const {x_range, y_range} = this.model.plot
    mark.style.left = `${x / x_range.end * 100}%`
    mark.style.top = `${100 - y / y_range.end * 100}%`
    return mark
  }

  scaleText() {
    const {texts, plot, label_height} = this.model
    const unit = this.figure.clientWidth / plot.x_range.end
    for (const [{glyph}, units] of texts)
      glyph.text_font_size = {value: `${Math.max(SMALLEST, (units ?? label_height) * unit)}px`}
    const [counts, units] = texts.at(-1)
    counts.visible = units * unit >= SMALLEST
  }

  // The page has room for a picture of this height, in units of the picture: Python sets it up.
  fill(height) {
    const isOther = Math.abs(height - this.model.high) > 1
    this.figure.classList.toggle("reshaping", isOther)
    if (isOther) this.model.send_msg({type: "shape", height})
  }

  // Python has set the picture up for another shape.
  reshape() {
    const {high, plot} = this.model
    plot.y_range.setv({end: high}, {sync: false})
    this.figure.classList.remove("reshaping")
    this.tellShape()
    this.drawEdges()
    this.select()
    this.showMark()
    this.showChanged()
  }

  tellShape() { tell(this.figure, "shaped", this.model.plot.x_range.end / this.model.high) }

  fit() {
    this.scaleText()
    quiet(this.figure)
    this.hasten()
  }

  hasten() {
    if (this.view !== null) return
    this.view = Bokeh.index.find_one(this.model.plot)
    if (this.view !== null) paintInNextFrame(this.view)
  }

  // What happens

  hearModel() {
    const {model} = this
    model.on(["weights", "numbers"], () => this.takeWeights())
    model.on("edits", () => this.follow())
    model.on("label_height", () => this.scaleText())
    model.on(["least", "signal"], () => this.drawEdges())
    model.on("chosen", () => this.select())
    model.on("marked", () => this.showMark())
    model.on("changed", () => this.showChanged())
    model.on("high", () => this.reshape())
    watch(model, model.inputs, "data", () => this.hearInputs())
    new ResizeObserver(() => this.fit()).observe(this.figure)
  }

  // Paper has another width than the window, and no time to paint anew: it gets a copy that scales.
  hearPrinter() {
    let copy = null
    listenOn(this.model, window, {
      beforeprint: () => {
        copy = this.view?.export("auto", true).canvas
        copy?.classList.add("print")
        if (copy) this.figure.append(copy)
      },
      afterprint: () => copy?.remove(),
    })
  }

  hearKeys() {
    const walk = new Walk(this.model)
    this.figure.addEventListener("keydown", event => walk.press(event))
    this.model.on("chosen", () => walk.follow())
  }

  hearPointer() {
    const {figure, model} = this
    const pointing = new Pointing({
      inputs: model.inputs,
      neurons: model.neurons,
      onNeuron: neuron => this.hover(neuron),
      onPixel: pixel => model.send_msg({type: "point", pixel}),
    })
    figure.addEventListener("pointermove", event => pointing.move(...this.place(event)))
    figure.addEventListener("pointerleave", () => pointing.leave())
  }

  // What a picture of the stage is made of: the plot, its size, and the dots over it.
  describePicture(told) {
    const {plot, changed} = this.model
    const {clientWidth: width, clientHeight: height} = this.figure
    Object.assign(told, {plot, width, height})
    told.marks.push(...changed)
  }

  // Where a pointer is, in units of the picture.
  place({clientX, clientY}) {
    const {left, bottom, width, height} = this.figure.getBoundingClientRect()
    const {x_range, y_range} = this.model.plot
    return [(clientX - left) / width * x_range.end, (bottom - clientY) / height * y_range.end]
  }
}

export function render({model, el}) {
  const stage = new Stage(model)
  stage.hearModel()
  listen(model, el, {
    "finish-edges": () => stage.finishEdges(),
    "point-at": ({detail}) => stage.hover(detail),
    "stage-covered": ({detail}) => stage.cover(detail),
    room: ({detail}) => stage.fill(detail),
    "stage-picture": ({detail}) => stage.describePicture(detail),
  })
  stage.hearKeys()
  stage.hearPointer()
  stage.hearPrinter()
  stage.takeWeights()
  stage.showMark()
  return stage.figure
}
