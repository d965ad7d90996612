import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {onCircles, onEdges} = await load("inspector/audit.js")
const {drawnCircles, drawnEdges} = await load("inspector/drawn_look.js")
const {edgeColumns, edgeTable, inWindow} = await load("diagram/edges.js")
const {compareEdges} = await load("inspector/comparison.js")
const {expectedEdges} = await load("inspector/expected_look.js")
const {brightness} = await load("browser/numbers.js")
const {NEGATIVE, POSITIVE} = await load("browser/palette.js")

// The same numbers in every run, from -1 to 1.
function numbers(count, seed) {
  let state = seed
  return Float32Array.from({length: count}, () => {
    state = (48271 * state) % 2147483647
    return 2 * state / 2147483647 - 1
  })
}

// What a server has stored of a network of these sizes, and of a drawing. Some weights are zero.
function network(sizes, full) {
  const weights = sizes.slice(1).flatMap((size, i) => [...numbers(size * sizes[i], 7 + i)])
  const activations = sizes.flatMap((size, layer) =>
    [...numbers(size, 100 + layer)].map(a => Math.max(0, a) * full[layer] * (layer ? 1.2 : 1)))
  weights[3] = weights[4] = 0
  // A weight that was changed since is larger than the scale goes.
  const most = largest({sizes, weights}).map((each, layer) => layer === 0 ? each * 0.8 : each)
  return {
    sizes, counts: sizes, numbers: [], most: sizes.slice(1).map((size, i) => size * sizes[i]), full, largest: most, weights: Float32Array.from(weights),
    activations: Float32Array.from(activations),
  }
}

const NETWORKS = {
  sigmoid: network([49, 16, 16, 10], [1, 1, 1, 1]),
  relu: network([49, 12, 10], [1, 3.5, 1]),
  // Of a layer of 60 some are shown, and of many edges the strongest.
  thinned: {
    ...network([49, 16, 16, 10], [1, 1, 1, 1]),
    most: [300, 200, 160], numbers: [[], Array.from({length: 16}, (_, place) => 3 * place + 1), [], []],
  },
  convolutional: convolutional(),
}

// Nine neurons that each look at 3 × 3 of 49 pixels, all by the same weights, before two outputs.
function convolutional() {
  const maps = {count: 1, sources: 1, source_side: 7, side: 3, kernel: 3, stride: 2}
  const stored = network([49, 9, 2], [1, 1, 1])
  const filter = numbers(9, 21)
  const dense = new Float32Array(49 * 9 + 18)
  dense.set(stored.weights.slice(49 * 9), 49 * 9)
  for (let target = 0; target < 9; target++)
    for (let nth = 0; nth < 9; nth++) dense[49 * target + inWindow(maps, target, nth)] = filter[nth]
  const inWindows = Float32Array.of(...Array(9).fill([...filter]).flat(), ...stored.weights.slice(49 * 9))
  return {
    ...stored, weights: dense, told: inWindows, maps: [null, maps, null], shared: [true, false], most: [81, 18],
    largest: largest({sizes: [49, 9, 2], weights: dense}),
  }
}

// A colour mapper of Bokeh with two colours, parted at 0.
const mapper = (low, high) => ({
  v_compute: values => Uint32Array.from(values, value =>
    parseInt(`${(value < 0 ? low : high).slice(1)}ff`, 16)),
})

const renderer = (glyph, data) => ({glyph, data_source: {data}})

// The renderers of an honest page.
function page(stored) {
  const {counts: sizes, numbers, weights, activations, full, most, maps, told = weights} = stored
  const layers = sizes.flatMap((size, layer) => Array(size).fill(layer))
  const index = sizes.flatMap((size, layer) =>
    Array.from({length: size}, (_, place) => numbers[layer]?.[place] ?? place))
  const columns = {
    x: activations.map((_, i) => i), y: activations.map((_, i) => -i), layer: layers, index, activation: activations,
    brightness: activations.map((a, i) => brightness(a, full[layers[i]])),
  }
  const part = (...range) => Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.slice(...range)]))
  const [inputs, neurons] = [part(0, sizes[0]), part(sizes[0])]
  return {
    inputs: renderer({fill_alpha: {field: "activation"}}, inputs),
    neurons: renderer({fill_alpha: {field: "brightness"}}, neurons),
    edges: renderer(segments(), edgeTable(edgeColumns(sizes, told, numbers, most, maps), inputs, neurons, stored)),
  }
}

const segments = () => ({
  ...Object.fromEntries(["x0", "y0", "x1", "y1"].map(name => [name, {field: name}])),
  line_alpha: {field: "alpha"}, line_width: {field: "width"},
  line_color: {field: "carried", transform: mapper(NEGATIVE, POSITIVE)},
})

function largest({sizes, weights}) {
  let start = 0
  return sizes.slice(1).map((size, i) =>
    weights.slice(start, start += size * sizes[i]).reduce((most, w) => Math.max(most, Math.abs(w)), 0))
}

// What the audit has to complain of.
function bad({inputs, neurons, edges}, stored) {
  const circles = drawnCircles(inputs, neurons)
  return [...onCircles(circles, stored), ...onEdges(drawnEdges(edges), circles, stored)]
    .filter(([, good]) => !good).map(([sentence]) => sentence)
}

// The row of an edge that can be seen well, and has others beside it in its layer.
const visible = data => data.alpha.findLastIndex(
  (alpha, row) => alpha > 0.02 && data.layer[row] === 1 && data.layer[row + 1] === 1)

function exchange(data, row, other) {
  for (const column of new Set(Object.values(data))) [column[row], column[other]] = [column[other], column[row]]
}

// What somebody may have changed in a page, and what the audit says of it.
const TAMPERED = {
  "an edge's opacity": [(_, data, row) => { data.alpha[row] /= 2 }, /1 edge has another opacity/],
  "an edge that is hidden": [(_, data, row) => { data.x0[row] = NaN }, /1 edge does not run/],
  "an edge's width": [(_, data, row) => { data.width[row] += 1 }, /1 edge has another width/],
  "an edge's colour": [(_, data, row) => { data.carried[row] *= -1 }, /1 edge has another colour/],
  "an edge's weight": [(_, data, row) => { data.weight[row] += 0.01 }, /edges drawn: largest difference 1.0e-2/],
  "an edge's end": [(_, data, row) => { data.y1[row] += 1 }, /1 edge does not run/],
  "an edge's target": [(_, data, row) => { data.target[row] ^= 1 }, /1 edge of the network is missing/],
  "an edge that is none of the strongest": [(_, data, row) => { data.weight[row] = 0 }, /edges drawn: largest difference/],
  "an edge of no neuron": [(_, data, row) => { data.source[row] = 9999 }, /1 edge does not run/],
  "the order of edges": [(_, data, row) => exchange(data, 0, row), /on top of one with a larger/],
  "all colours": [({edges}) => { edges.glyph.line_color.transform = mapper(POSITIVE, NEGATIVE) }, /edges have another colour/],
  "one colour for all": [({edges}) => { edges.glyph.line_color = {value: POSITIVE} }, /edges have another colour/],
  "one opacity for all": [({edges}) => { edges.glyph.line_alpha = {value: 1} }, /edges have another opacity/],
  "a pixel's brightness": [({inputs}) => { inputs.data_source.data.activation[20] += 0.01 }, /circles drawn: largest difference 1.0e-2/],
  "a neuron's brightness": [({neurons}) => { neurons.data_source.data.brightness[2] += 0.01 }, /circles drawn: largest difference 1.0e-2/],
  "a neuron's number": [({neurons}) => { neurons.data_source.data.activation[2] += 0.01 }, /circles drawn: largest difference 1.0e-2/],
  "a number that is none": [({neurons}) => { neurons.data_source.data.activation[2] = NaN }, /circles drawn: largest difference Infinity/],
}

const MODES = [[false, 0], [true, 0], [false, 0.3], [true, 0.06]].map(
  ([signal, least]) => ({signal, least}))

for (const [name, stored] of Object.entries(NETWORKS))
  for (const mode of MODES) {
    test(`an honest page is not accused: ${name}, ${JSON.stringify(mode)}`, () => {
      assert.deepEqual(bad(page({...stored, ...mode}), {...stored, ...mode}), [])
    })
    for (const [what, [tamper, finding]] of Object.entries(TAMPERED))
      test(`it is found out what was changed: ${what}, ${name}, ${JSON.stringify(mode)}`, () => {
        const changed = page({...stored, ...mode})
        const {data} = changed.edges.data_source
        tamper(changed, data, visible(data))
        const found = bad(changed, {...stored, ...mode})
        assert.ok(found.some(sentence => finding.test(sentence)), found.join("\n"))
      })
  }

test("a weak edge in the place of a stronger one is missed where not all are drawn", () => {
  const stored = {
    counts: [2, 1], numbers: [[], []], weights: [3, 1], activations: [1, 1, 1], largest: [3],
    full: [1, 1], least: 0, signal: false, most: [1],
  }
  const missing = (source, weight) => compareEdges(
    {layer: [1], source: [source], target: [0], weight: [weight], alpha: [1], width: [1], colour: [0],
      x0: [0], y0: [0], x1: [1], y1: [1]},
    expectedEdges(stored), {x: [0, 0, 1], y: [0, 0, 1]}, stored).wrong.missing
  assert.deepEqual([missing(0, 3), missing(1, 1)], [0, 1])
})
