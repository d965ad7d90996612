import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"
import {columns, inputs, neurons} from "./tiny_network.mjs"

const {edgeColumns, edgeEnds} = await load("diagram/edges.js")
const {carriers, PropagationCanvas} = await load("diagram/propagation_canvas.js")
const {progress, STEP, stepOf} = await load("diagram/propagation.js")

test("a pulse runs along the edges that carry most", () => {
  const activationOf = (layer, number) => layer === 0 ? inputs.activation[number] : neurons.activation[number]
  assert.deepEqual(carriers(columns, activationOf, 1, 2).map(row => columns.weight[row]).sort(), [-2, 1])
})

test("a heavy edge from a neuron that is off carries nothing", () => {
  const off = (layer, number) => number === 0 ? 0 : 0.5
  const weights = most => carriers(columns, off, 1, most).map(row => columns.weight[row])
  assert.deepEqual(weights(1), [-2])
  assert.deepEqual(weights(9).sort(), [-2, 0.25])
})

test("a pulse has the sign of the weight that it runs along", () => {
  const edges = {data: {...columns, ...edgeEnds(columns, inputs, neurons)}}
  const model = {edges, inputs: {data: inputs}, neurons: {data: neurons}}
  const canvas = new PropagationCanvas({getContext: () => null}, model)
  canvas.learnRows()
  const lines = canvas.linesInto(2)
  assert.deepEqual(lines.map(({from, to, positive}) => [from, to, positive]),
    [[[10, 2], [20, 5], true], [[10, 8], [20, 5], false]])
})

test("a pulse takes its steps one after the other and and then ends", () => {
  assert.deepEqual(progress(0, 3), {layer: 1, share: 0})
  assert.equal(progress(1.5 * STEP, 3).layer, 2)
  assert.equal(progress(3 * STEP, 3), null)
})

test("a pulse through any number of layers ends within 700 ms", () => {
  assert.equal(stepOf(3), STEP)
  for (const layers of [1, 2, 3, 4, 6]) assert.ok(layers * stepOf(layers) + 110 < 700)
})

test("where some neurons of a layer are shown, a pulse runs from and to those", () => {
  const some = {...neurons, index: [7, 300, 0]}
  const edges = edgeColumns([2, 400, 1], Float32Array.of(0.5, -2, 1, 0.25, -3, 4), [[], [7, 300], []])
  const model = {
    edges: {data: {...edges, ...edgeEnds(edges, inputs, some)}},
    inputs: {data: inputs}, neurons: {data: some},
  }
  const canvas = new PropagationCanvas({getContext: () => null}, model)
  canvas.learnRows()
  assert.deepEqual(canvas.linesInto(2).map(({from, to}) => [from, to]),
    [[[10, 2], [20, 5]], [[10, 8], [20, 5]]])
})
