// The network in the browser: where its edges run, how they look, what lies under the pointer.
// Python sends weights and places; lines, text sizes and highlights are made here, where a
// resized window or a moving pointer need no server.

import {text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

// Pixels below which text is not legible: captions stay that large, counts of weights go.
const SMALLEST = 10

const REST = 80                  // milliseconds

// The weights themselves; or those that the document has brought as a script, by their name.
// Null if it has not: then the server is asked for them.
export function unpacked(weights, brought = {}) {
  if (typeof weights !== "string") return weights
  if (!(weights in brought)) return null
  return new Float32Array(Uint8Array.from(atob(brought[weights]), c => c.charCodeAt(0)).buffer)
}

// Row of the first neuron of each layer (from 1 on) in the table of neurons.
export function firstRows(layers) {
  const first = []
  layers.forEach((layer, row) => { first[layer] ??= row })
  return first
}

// One row for each weight, layer by layer, the strongest of a layer last so that it lies on top.
// `weights` holds all layers one after the other, each (targets, sources) row by row.
export function edgeColumns(sizes, weights) {
  const columns = {layer: [], source: [], target: [], weight: []}
  let start = 0
  for (let layer = 1; layer < sizes.length; layer++) {
    const [sources, targets] = [sizes[layer - 1], sizes[layer]]
    const values = weights.slice(start, start += sources * targets)
    const order = Array.from(values.keys()).sort((i, j) => Math.abs(values[i]) - Math.abs(values[j]))
    for (const i of order) {
      columns.layer.push(layer)
      columns.source.push(i % sources)
      columns.target.push(Math.floor(i / sources))
      columns.weight.push(values[i])
    }
  }
  return columns
}

// Where each edge begins and ends, as the columns of a segment glyph.
export function edgeEnds(edges, inputs, neurons) {
  const first = firstRows(neurons.layer)
  const place = (axis, layer, number) =>
    layer === 0 ? inputs[axis][number] : neurons[axis][first[layer] + number]
  const column = (axis, end, back) =>
    Float32Array.from(edges[end], (number, i) => place(axis, edges.layer[i] - back, number))
  return {
    x0: column("x", "source", 1), y0: column("y", "source", 1),
    x1: column("x", "target", 0), y1: column("y", "target", 0),
  }
}

// What each edge carries of this drawing: its weight times the activation it starts from.
export function signals(edges, inputs, neurons) {
  const first = firstRows(neurons.layer)
  return Float32Array.from(edges.weight, (weight, i) => {
    const [layer, source] = [edges.layer[i] - 1, edges.source[i]]
    return weight * (layer === 0 ? inputs.activation[source] : neurons.activation[first[layer] + source])
  })
}

// |value| against the largest |weight| of the edge's layer, 0-1.
export function strengths(edges, largest, values = edges.weight) {
  return Float32Array.from(values, (value, i) =>
    Math.min(1, Math.abs(value) / (largest[edges.layer[i] - 1] || 1)))
}

// Edges that cannot be seen need not be drawn: Bokeh leaves out lines that begin nowhere.
function onlyVisible(x0, alpha) {
  return x0.map((x, i) => alpha[i] > 0.004 ? x : NaN)
}

// All edges together: the weak nearly vanish, so that 12,544 lines read as texture; a layer of
// many edges is drawn finer; what is weaker than `least` is left out.
export function faintLook(strength, layer, least) {
  const crowd = []
  for (const each of layer) crowd[each] = (crowd[each] ?? 0) + 1
  const fine = crowd.map(count => (256 / Math.max(count, 256)) ** 0.25)
  return {
    alpha: strength.map((s, i) => s < least ? 0 : 0.9 * s ** 1.4 * fine[layer[i]]),
    width: strength.map((s, i) => (0.4 + 1.9 * s) * fine[layer[i]]),
  }
}

// A few edges that are looked at: all of them can be seen, the strong ones stand out.
export function brightLook(strength, gain = 1) {
  const fine = Math.min(1, (64 / Math.max(strength.length, 1)) ** 0.5)
  return {
    alpha: strength.map(s => gain * (0.1 + 0.9 * s ** 0.7)),
    width: strength.map(s => (0.6 + 3.4 * s) * fine),
  }
}

// The ends of edges at the rim of the neuron they lead to: the pointer on a neuron is on no edge.
export function untilRim({x0, y0, x1, y1, layer, target}, neurons) {
  const first = firstRows(neurons.layer)
  const share = x0.map((x, i) => {
    const length = Math.hypot(x1[i] - x, y1[i] - y0[i])
    return Math.max(0, 1 - 1.3 * neurons.radius[first[layer[i]] + target[i]] / length)
  })
  return {
    x1: x0.map((x, i) => x + share[i] * (x1[i] - x)),
    y1: y0.map((y, i) => y + share[i] * (y1[i] - y)),
  }
}

// The rows of the edges into a neuron, or, for an input, out of it.
export function rowsOf(edges, [layer, number]) {
  const rows = []
  const [end, at] = layer === 0 ? [edges.source, 1] : [edges.target, layer]
  for (let row = 0; row < end.length; row++)
    if (edges.layer[row] === at && end[row] === number) rows.push(row)
  return rows
}

// The neuron nearest to a point of the picture, if the point is on it: [layer, number].
export function neuronAt(x, y, neurons) {
  for (let row = 0; row < neurons.x.length; row++)
    if (Math.hypot(neurons.x[row] - x, neurons.y[row] - y) <= 1.25 * neurons.radius[row])
      return [neurons.layer[row], neurons.index[row]]
  return null
}

// The input pixel at a point of the picture, or null outside the lattice.
export function pixelAt(x, y, inputs) {
  const pitch = inputs.x[1] - inputs.x[0]
  const column = Math.floor((x - inputs.x[0]) / pitch + 0.5)
  const row = Math.floor((inputs.y[0] - y) / pitch + 0.5)
  const inside = column >= 0 && column < 28 && row >= 0 && row < 28
  return inside ? 28 * row + column : null
}

// The neuron that an arrow key leads to from another; layers side by side, neurons one below the
// other, and the pixels of the input in rows and columns.
export function neighbour([layer, number], key, sizes) {
  const across = {ArrowLeft: -1, ArrowRight: 1}[key] ?? 0
  const along = {ArrowUp: -1, ArrowDown: 1}[key] ?? 0
  const clip = (value, size) => Math.min(size - 1, Math.max(0, value))
  const column = number % 28 + across
  if (layer === 0 && column < 28)
    return [0, column < 0 ? number : clip(28 * (Math.floor(number / 28) + along), sizes[0]) + column]
  const next = clip(layer + across, sizes.length)
  if (next === layer) return [layer, clip(number + along, sizes[layer])]
  const share = layer === 0 ? Math.floor(number / 28) / 27 : number / Math.max(1, sizes[layer] - 1)
  if (next === 0) return [0, 28 * Math.round(27 * share) + 27]
  return [next, Math.round(share * (sizes[next] - 1))]
}

// Bokeh's canvas is in the tab order without a name; the figure around it has both.
function quiet(root) {
  for (const each of root.querySelectorAll("*")) {
    if (each.classList.contains("bk-events")) each.tabIndex = -1
    if (each.shadowRoot) quiet(each.shadowRoot)
  }
}

// Bokeh lets 16.7 ms pass between two paintings and then waits for a frame, so that a stroke missed
// every other one. A painting that is asked for belongs into the next frame, whatever was before.
export function paintInNextFrame(view, nextFrame = requestAnimationFrame) {
  let asked = null
  const paint = async () => {
    await new Promise(nextFrame)
    asked = null
    if (!view.is_destroyed) view.repaint()
  }
  view.throttled_paint = () => asked ??= paint()
}

function pick(columns, rows) {
  const picked = {}
  for (const [name, column] of Object.entries(columns))
    picked[name] = rows.map(row => column[row])
  return picked
}

export function render({model}) {
  const {plot, inputs, neurons, edges, hovered, selected, texts} = model
  let columns
  const figure = document.createElement("div")
  figure.className = "figure"
  figure.tabIndex = 0
  figure.setAttribute("role", "application")
  figure.append(model.get_child("picture"))

  const takeWeights = () => {
    const weights = unpacked(model.weights, window.neuronWeights)
    if (weights === null) model.send_msg({type: "weights"})
    columns = edgeColumns(model.sizes, weights ?? [])
    describe()
    drawEdges()
  }

  const drawEdges = () => {
    const carried = model.signal ? signals(columns, inputs.data, neurons.data) : columns.weight
    const ends = edgeEnds(columns, inputs.data, neurons.data)
    const {largest, full} = model
    const most = model.signal ? largest.map((weight, i) => weight * full[i]) : largest
    const look = faintLook(strengths(columns, most, carried), columns.layer, model.least)
    ends.x0 = onlyVisible(ends.x0, look.alpha)
    edges.data = {...columns, ...ends, ...look, carried}
  }

  // All edges take longer to paint than a frame: signals are painted when the pen rests.
  let resting = null
  const followSignal = () => {
    if (!model.signal) return
    clearTimeout(resting)
    resting = setTimeout(drawEdges, REST)
  }

  const bright = (neuron, gain) => {
    const some = pick(edges.data, neuron === null ? [] : rowsOf(columns, neuron))
    const look = brightLook(strengths(some, model.largest), gain)
    return {...some, ...untilRim(some, neurons.data), carried: some.weight, ...look}
  }

  const mark = document.createElement("i")
  mark.setAttribute("aria-hidden", "true")
  figure.append(mark)
  const showMark = () => {
    mark.hidden = model.marked === null
    if (model.marked === null) return
    mark.style.left = `${inputs.data.x[model.marked] / plot.x_range.end * 100}%`
    mark.style.top = `${100 - inputs.data.y[model.marked] / plot.y_range.end * 100}%`
  }

  let pixel = null
  const pointAt = next => {
    if (next === pixel) return
    pixel = next
    model.send_msg({type: "point", pixel})
  }

  const describe = () => {
    const sizes = model.sizes.join(", ")
    figure.setAttribute("aria-label", text("stage.name", {sizes}))
  }

  // Keys may come faster than the server answers: the walk goes on from where it got to here.
  let here = model.chosen
  const turns = new Turns(model, () => follow())
  const walk = event => {
    if (!event.key.startsWith("Arrow")) return
    event.preventDefault()
    const next = here === null ? [1, 0] : neighbour(here, event.key, model.sizes)
    if (String(next) === String(here)) return
    here = next
    turns.send({type: "select", neuron: here})
  }

  let under = null
  const hover = neuron => {
    if (String(neuron) === String(under)) return
    under = neuron
    figure.style.cursor = neuron === null ? "" : "pointer"
    hovered.data = bright(neuron, 0.6)
  }

  const point = event => {
    const box = figure.getBoundingClientRect()
    const x = (event.clientX - box.left) / box.width * plot.x_range.end
    const y = (box.bottom - event.clientY) / box.height * plot.y_range.end
    hover(neuronAt(x, y, neurons.data))
    pointAt(pixelAt(x, y, inputs.data))
  }

  const scaleText = () => {
    const unit = figure.clientWidth / plot.x_range.end
    for (const [{glyph}, units] of texts)
      glyph.text_font_size = {value: `${Math.max(SMALLEST, units * unit)}px`}
    const [counts, units] = texts.at(-1)
    counts.visible = units * unit >= SMALLEST
  }

  // Where the page gives it a place higher than wide, Python sets the picture up for that.
  const fitShape = () => {
    if (figure.clientWidth === 0) return
    const tall = figure.clientHeight > figure.clientWidth
    figure.classList.toggle("reshaping", tall !== model.tall)
    if (tall !== model.tall) model.send_msg({type: "shape", tall})
  }

  figure.addEventListener("keydown", walk)
  figure.addEventListener("pointermove", point)
  figure.addEventListener("pointerleave", () => { hover(null); pointAt(null) })
  model.on("marked", showMark)
  model.on(["least", "signal"], drawEdges)
  inputs.properties.data.change.connect(followSignal)
  const follow = () => { if (turns.heard()) here = model.chosen }
  model.on("chosen", follow)
  model.on("chosen", () => { selected.data = bright(model.chosen) })
  model.on("weights", takeWeights)
  takeWeights()
  showMark()
  model.on("high", () => plot.y_range.setv({end: model.high}, {sync: false}))
  model.on("tall", () => { drawEdges(); showMark(); fitShape() })
  let view = null
  const hasten = () => {
    if (view === null && (view = Bokeh.index.find_one(plot)) !== null) paintInNextFrame(view)
  }

  new ResizeObserver(() => { fitShape(); scaleText(); quiet(figure); hasten() }).observe(figure)
  return figure
}
