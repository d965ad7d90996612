import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"
import {columns, inputs, neurons} from "./tiny_network.mjs"

const {edgeEnds} = await load("diagram/edges.js")
const {carriers, PropagationCanvas} = await load("diagram/propagation_canvas.js")
const {progress, STEP} = await load("diagram/propagation.js")

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
  const lines = new PropagationCanvas({getContext: () => null}, model).linesInto(2)
  assert.deepEqual(lines.map(({from, to, positive}) => [from, to, positive]),
    [[[10, 2], [20, 5], true], [[10, 8], [20, 5], false]])
})

test("a pulse takes its steps one after the other and ends within 700 ms", () => {
  assert.deepEqual(progress(0, 3), {layer: 1, share: 0})
  assert.equal(progress(1.5 * STEP, 3).layer, 2)
  assert.equal(progress(3 * STEP, 3), null)
  assert.ok(3 * STEP + 110 < 700)
})
