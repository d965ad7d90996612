// The edges as a table, one row each: which neurons they join, what they carry, how they look, and
// in which order they are drawn. Python sends weights and places; the rest is worked out here.

const SHARED = 0.2  // of the opacity of other edges

// In the table of neurons, the row of each by its layer (from 1 on) and its number there.
export function neuronRows({layer, index}) {
  const rows = []
  layer.forEach((at, row) => { (rows[at] ??= [])[index[row]] = row })
  return rows
}

// How many neurons of each layer are shown: those with these numbers, or all where there are none.
const counts = (sizes, numbers) => sizes.map((size, layer) => numbers[layer]?.length || size)

// How many weights into each neuron of a layer are told; of feature maps, those in its window.
const seen = (layer, shown, maps) =>
  maps[layer] ? maps[layer].sources * maps[layer].kernel ** 2 : shown[layer - 1]

// The number of the input that is the `nth` in the window of a neuron of feature maps: these are
// numbered map by map, row by row, and so are the inputs in a window.
export function inWindow({side, kernel, stride, source_side: from}, neuron, nth) {
  const place = neuron % side ** 2
  const [row, column] = [Math.floor(place / side) * stride, place % side * stride]
  const [source, inside] = [Math.floor(nth / kernel ** 2), nth % kernel ** 2]
  return source * from ** 2 + (row + Math.floor(inside / kernel)) * from + column + inside % kernel
}

// One row for each weight between neurons that are shown, layer by layer, the strongest of a layer
// last so that it lies on top; `most` is how many of each layer are drawn, the strongest. `weights`
// holds all layers one after the other, each (targets, sources) row by row; of the layers that have
// feature `maps`, those in the windows.
export function edgeColumns(sizes, weights, numbers = [], most = [], maps = []) {
  const columns = {layer: [], source: [], target: [], weight: []}
  const shown = counts(sizes, numbers)
  let start = 0
  for (let layer = 1; layer < sizes.length; layer++) {
    const sources = seen(layer, shown, maps)
    const own = weights.slice(start, start += sources * shown[layer])
    append(columns, layer, own, strongestLast(own).slice(-(most[layer - 1] ?? own.length)), {sources, numbers, maps})
  }
  return columns
}

function append(columns, layer, weights, places, {sources, numbers, maps}) {
  const numberOf = (at, place) => numbers[at]?.length ? numbers[at][place] : place
  for (const i of places) {
    const target = numberOf(layer, Math.floor(i / sources))
    columns.layer.push(layer)
    columns.source.push(maps[layer] ? inWindow(maps[layer], target, i % sources) : numberOf(layer - 1, i % sources))
    columns.target.push(target)
    columns.weight.push(weights[i])
  }
}

// The places of numbers in the order of their size, whatever their sign.
function strongestLast(values) {
  return Array.from(values.keys()).sort((i, j) => Math.abs(values[i]) - Math.abs(values[j]))
}

// The same edges with what they carry of a drawing, the strongest of each layer on top.
export function carrying(edges, inputs, neurons) {
  const carried = signals(edges, inputs, neurons)
  const rows = []
  for (let start = 0, end; start < carried.length; start = end) {
    end = edges.layer.lastIndexOf(edges.layer[start]) + 1
    for (const i of strongestLast(carried.subarray(start, end))) rows.push(start + i)
  }
  return pick({...edges, carried}, rows)
}

// Where each edge begins and ends, as the columns of a segment glyph.
export function edgeEnds(edges, inputs, neurons) {
  const rows = neuronRows(neurons)
  const place = (axis, layer, number) =>
    layer === 0 ? inputs[axis][number] : neurons[axis][rows[layer][number]]
  const column = (axis, end, back) =>
    Float32Array.from(edges[end], (number, i) => place(axis, edges.layer[i] - back, number))
  return {
    x0: column("x", "source", 1), y0: column("y", "source", 1),
    x1: column("x", "target", 0), y1: column("y", "target", 0),
  }
}

// What each edge carries of this drawing: its weight times the activation it starts from.
export function signals(edges, inputs, neurons) {
  const rows = neuronRows(neurons)
  return Float32Array.from(edges.weight, (weight, i) => {
    const [layer, source] = [edges.layer[i] - 1, edges.source[i]]
    return weight * (layer === 0 ? inputs.activation[source] : neurons.activation[rows[layer][source]])
  })
}

// |value| against the largest |weight| of the edge's layer, 0-1.
export function strengths(edges, largest, values = edges.weight) {
  return Float32Array.from(values, (value, i) =>
    Math.min(1, Math.abs(value) / (largest[edges.layer[i] - 1] || 1)))
}

// Edges that are left out need not be drawn: Bokeh draws no line that begins nowhere.
function onlyVisible(x0, alpha) {
  return x0.map((x, i) => alpha[i] > 0 ? x : NaN)
}

// All edges together. What is weaker than `least` is left out, so that the rest reads as texture and
// can be seen; the edges of a crowded layer differ less in opacity and width, or the few strongest
// would drown all others. Weights that are shared are all strong: the edges of feature `maps` are
// fainter still.
export function faintLook(strength, layer, least, maps = []) {
  const crowd = []
  for (const each of layer) crowd[each] = (crowd[each] ?? 0) + 1
  const spread = crowd.map(count => (256 / Math.max(count, 256)) ** 0.25)
  const opacity = (s, spread) => (0.36 - 0.22 * spread) * Math.min(1, 10 * s) + 0.45 * s ** 1.5
  return {
    alpha: strength.map((s, i) =>
      s < least ? 0 : opacity(s, spread[layer[i]]) * (maps[layer[i]] ? SHARED : 1)),
    width: strength.map((s, i) => 0.7 + 1.8 * spread[layer[i]] * s),
  }
}

// All edges as they are drawn: of weights, or with `signal` of what they carry of a drawing.
export function edgeTable(edges, inputs, neurons, {largest, full, least, signal, maps}) {
  const drawn = signal ? carrying(edges, inputs, neurons) : {...edges, carried: edges.weight}
  const most = signal ? largest.map((weight, i) => weight * full[i]) : largest
  const look = faintLook(strengths(drawn, most, drawn.carried), drawn.layer, least, maps)
  const ends = edgeEnds(drawn, inputs, neurons)
  return {...drawn, ...ends, x0: onlyVisible(ends.x0, look.alpha), ...look}
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
  const rows = neuronRows(neurons)
  const share = x0.map((x, i) => {
    const length = Math.hypot(x1[i] - x, y1[i] - y0[i])
    return Math.max(0, 1 - 1.3 * neurons.radius[rows[layer[i]][target[i]]] / length)
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

// The edges into a neuron, or, for an input, out of it; of none, no edges.
export function edgesAt(edges, neuron) {
  return pick(edges, neuron === null ? [] : rowsOf(edges, neuron))
}

// The same columns with these rows only, in this order.
function pick(columns, rows) {
  const picked = {}
  for (const [name, column] of Object.entries(columns))
    picked[name] = rows.map(row => column[row])
  return picked
}
