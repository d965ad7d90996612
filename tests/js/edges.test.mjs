import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"
import {columns, inputs, neurons} from "./tiny_network.mjs"

const edges = await load("diagram/edges.js")
const {GROUND, NEGATIVE, POSITIVE} = await load("browser/palette.js")
const {neuronAt} = await load("diagram/pointing.js")

test("every weight is one edge, the strongest of a layer on top", () => {
  assert.deepEqual(columns.weight, [0.25, 0.5, 1, -2, -3, 4])
  assert.deepEqual(columns.layer, [1, 1, 1, 1, 2, 2])
  assert.deepEqual([columns.target[3], columns.source[3]], [0, 1])
})

test("where some neurons of a layer are shown, edges join those and know their numbers", () => {
  const numbers = [[], [7, 300], []]
  const some = edges.edgeColumns([2, 400, 1], Float32Array.of(0.5, -2, 1, 0.25, -3, 4), numbers)
  assert.deepEqual(some.weight, columns.weight)
  assert.deepEqual([some.target.slice(0, 4), some.source.slice(4)], [[300, 7, 300, 7], [7, 300]])
  const ends = edges.edgeEnds(some, inputs, {...neurons, index: [7, 300, 0]})
  assert.deepEqual([ends.x0[5], ends.y0[5], ends.x1[5], ends.y1[5]], [10, 2, 20, 5])
})

test("of more edges than can be drawn, the strongest of each layer are", () => {
  const some = edges.edgeColumns([2, 2, 1], Float32Array.of(0.5, -2, 1, 0.25, -3, 4), [], [2, 1])
  assert.deepEqual(some.weight, [1, -2, 4])
})

// Two maps of 2 × 2 neurons, each of which looks at 3 × 3 of 5 × 5 pixels.
const MAPS = {count: 2, sources: 1, source_side: 5, side: 2, kernel: 3, stride: 2}

test("a neuron of a feature map has edges to the pixels of its window", () => {
  const weights = Float32Array.from({length: 8 * 9}, (_, i) => i + 1)
  const some = edges.edgeColumns([25, 8], weights, [], [72], [null, MAPS])
  const last = some.target.flatMap((target, row) => target === 7 ? [[some.source[row], some.weight[row]]] : [])
  assert.deepEqual(last.map(([source]) => source), [12, 13, 14, 17, 18, 19, 22, 23, 24])
  assert.deepEqual(last.map(([, weight]) => weight), [64, 65, 66, 67, 68, 69, 70, 71, 72])
})

test("a window goes through all maps before it", () => {
  const second = {count: 1, sources: 2, source_side: 3, side: 1, kernel: 2, stride: 1}
  assert.deepEqual([0, 1, 2, 3, 4, 7].map(nth => edges.inWindow(second, 0, nth)), [0, 1, 3, 4, 9, 13])
})

test("edges of feature maps are fainter than others, and as strong in their order", () => {
  const strength = Float32Array.of(0.5, 1)
  const plain = edges.faintLook(strength, [1, 1], 0).alpha
  const shared = edges.faintLook(strength, [1, 1], 0, [null, MAPS]).alpha
  assert.ok(shared[1] < plain[1] / 4 && shared[0] < shared[1])
})

test("an edge runs from its source to its target", () => {
  const ends = edges.edgeEnds(columns, inputs, neurons)
  assert.deepEqual([ends.x0[3], ends.y0[3], ends.x1[3], ends.y1[3]], [1, 5, 10, 8])
  assert.deepEqual([ends.x0[5], ends.y0[5], ends.x1[5], ends.y1[5]], [10, 2, 20, 5])
})

test("an edge that is looked at ends at the rim of its neuron", () => {
  const ends = edges.untilRim({...columns, ...edges.edgeEnds(columns, inputs, neurons)}, neurons)
  const left = Math.hypot(10 - ends.x1[3], 8 - ends.y1[3])
  assert.ok(left >= neurons.radius[0] && left < 2 * neurons.radius[0])
  assert.equal(neuronAt(ends.x1[3], ends.y1[3], neurons), null)
})

test("strength is measured against the layer's largest weight", () => {
  assert.deepEqual([...edges.strengths(columns, [2, 4])].slice(2), [0.5, 1, 0.75, 1])
})

test("a stronger weight is never the fainter line, and weak ones can be left out", () => {
  const strength = Float32Array.of(0.1, 0.5, 1)
  const {alpha} = edges.faintLook(strength, [1, 1, 1], 0)
  assert.ok(alpha[0] < alpha[1] && alpha[1] < alpha[2])
  assert.equal(edges.faintLook(strength, [1, 1, 1], 0.3).alpha[0], 0)
})

// The contrast of a colour of this opacity on the stage with the stage, as WCAG 2 defines it.
function contrast(colour, alpha) {
  const channels = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16))
  const linear = c => c <= 10 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4
  const luminance = rgb => rgb.map(linear).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
  const ground = channels(GROUND)
  const mixed = channels(colour).map((c, i) => alpha * c + (1 - alpha) * ground[i])
  return (luminance(mixed) + 0.05) / (luminance(ground) + 0.05)
}

test("of a crowded layer the faintest edges that are drawn can be seen", () => {
  const strength = Float32Array.from({length: 12_544}, (_, i) => i / 12_543)
  const {alpha, width} = edges.faintLook(strength, Array(12_544).fill(1), 0.16)
  const drawn = strength.findIndex(each => each >= 0.16)
  assert.equal(alpha[drawn - 1], 0)
  for (const colour of [POSITIVE, NEGATIVE]) assert.ok(contrast(colour, alpha[drawn]) > 1.3)
  assert.ok(width.at(-1) < 3 * width[drawn])
})

test("the weakest of all vanish where none is left out", () => {
  const {alpha} = edges.faintLook(Float32Array.of(0, 0.01), [1, 1], 0)
  assert.equal(alpha[0], 0)
  assert.ok(alpha[1] > 0 && alpha[1] < 0.03)
})

test("an edge carries its weight times the activation it starts from", () => {
  assert.deepEqual([...edges.signals(columns, inputs, neurons)].slice(3, 5).map(x => x.toFixed(2)),
    ["-1.00", "-0.60"])
})

test("a neuron's incoming edges are found; an input has outgoing ones", () => {
  assert.deepEqual(edges.rowsOf(columns, [2, 0]), [4, 5])
  assert.deepEqual(edges.rowsOf(columns, [0, 1]).map(row => columns.weight[row]), [0.25, -2])
})

const how = {largest: [2, 4], full: [1, 0.5], least: 0, signal: false}

test("edges are drawn by their weights, or by what they carry, each against the largest there can be", () => {
  const byWeight = edges.edgeTable(columns, inputs, neurons, how)
  assert.deepEqual(byWeight.carried, columns.weight)
  assert.ok(byWeight.alpha[5] === byWeight.alpha[3] && byWeight.alpha[4] < byWeight.alpha[5])
  const bySignal = edges.edgeTable(columns, inputs, neurons, {...how, signal: true})
  assert.deepEqual([bySignal.carried[3], bySignal.carried[5].toFixed(1)], [-1, "3.2"])
  assert.ok(bySignal.alpha[5] > bySignal.alpha[3])
})

test("of what edges carry, the strongest of each layer lies on top", () => {
  const off = {...neurons, activation: [0.1, 0.8, 1]}
  const drawn = edges.carrying(columns, {...inputs, activation: [0, 0.5]}, off)
  assert.deepEqual(drawn.layer, [1, 1, 1, 1, 2, 2])
  assert.deepEqual(drawn.carried.map(each => each.toFixed(2)), ["0.00", "0.00", "0.13", "-1.00", "-0.30", "3.20"])
  assert.deepEqual(drawn.weight.slice(2), [0.25, -2, -3, 4])
})

test("an edge that cannot be seen begins nowhere, and is not drawn", () => {
  const {x0} = edges.edgeTable(columns, inputs, neurons, {...how, least: 0.3})
  assert.deepEqual(Array.from(x0, Number.isNaN), [true, true, false, false, false, false])
})

test("the edges of a neuron are a table of their own, of no neuron an empty one", () => {
  assert.deepEqual(edges.edgesAt(columns, [2, 0]).weight, [-3, 4])
  assert.deepEqual(edges.edgesAt(columns, null),
    {layer: [], source: [], target: [], weight: []})
})
