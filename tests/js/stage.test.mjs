import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const stage = await load("diagram/stage.js")
const {carriers} = await load("diagram/propagation_canvas.js")
const {progress, STEP} = await load("diagram/propagation.js")

const sizes = [2, 2, 1]
const columns = stage.edgeColumns(sizes, Float32Array.of(0.5, -2, 1, 0.25, -3, 4))
const inputs = {x: [0, 1], y: [5, 5], activation: [1, 0.5]}
const neurons = {
  x: [10, 10, 20], y: [8, 2, 5], radius: [1, 1, 1], layer: [1, 1, 2], index: [0, 1, 0],
  activation: [0.2, 0.8, 1],
}

test("every weight is one edge, the strongest of a layer on top", () => {
  assert.deepEqual(columns.weight, [0.25, 0.5, 1, -2, -3, 4])
  assert.deepEqual(columns.layer, [1, 1, 1, 1, 2, 2])
  assert.deepEqual([columns.target[3], columns.source[3]], [0, 1])
})

test("weights come as numbers, or by the name of what the document has brought", () => {
  const brought = {known: Buffer.from(Float32Array.of(0.5, -2).buffer).toString("base64")}
  assert.deepEqual(stage.unpacked("known", brought), Float32Array.of(0.5, -2))
  assert.deepEqual(stage.unpacked([1, 2], brought), [1, 2])
  assert.equal(stage.unpacked("unknown", brought), null)
  assert.equal(stage.unpacked("unknown"), null)
})

test("an edge runs from its source to its target", () => {
  const ends = stage.edgeEnds(columns, inputs, neurons)
  assert.deepEqual([ends.x0[3], ends.y0[3], ends.x1[3], ends.y1[3]], [1, 5, 10, 8])
  assert.deepEqual([ends.x0[5], ends.y0[5], ends.x1[5], ends.y1[5]], [10, 2, 20, 5])
})

test("an edge that is looked at ends at the rim of its neuron", () => {
  const ends = stage.untilRim({...columns, ...stage.edgeEnds(columns, inputs, neurons)}, neurons)
  const left = Math.hypot(10 - ends.x1[3], 8 - ends.y1[3])
  assert.ok(left >= neurons.radius[0] && left < 2 * neurons.radius[0])
  assert.equal(stage.neuronAt(ends.x1[3], ends.y1[3], neurons), null)
})

test("strength is measured against the layer's largest weight", () => {
  assert.deepEqual([...stage.strengths(columns, [2, 4])].slice(2), [0.5, 1, 0.75, 1])
})

test("a stronger weight is never the fainter line, and weak ones can be left out", () => {
  const strength = Float32Array.of(0.1, 0.5, 1)
  const {alpha} = stage.faintLook(strength, [1, 1, 1], 0)
  assert.ok(alpha[0] < alpha[1] && alpha[1] < alpha[2])
  assert.equal(stage.faintLook(strength, [1, 1, 1], 0.3).alpha[0], 0)
})

test("an edge carries its weight times the activation it starts from", () => {
  assert.deepEqual([...stage.signals(columns, inputs, neurons)].slice(3, 5).map(x => x.toFixed(2)),
    ["-1.00", "-0.60"])
})

test("a neuron's incoming edges are found; an input has outgoing ones", () => {
  assert.deepEqual(stage.rowsOf(columns, [2, 0]), [4, 5])
  assert.deepEqual(stage.rowsOf(columns, [0, 1]).map(row => columns.weight[row]), [0.25, -2])
})

test("the pointer finds the circle it is on, and the background is none", () => {
  assert.deepEqual(stage.neuronAt(10.5, 2, neurons), [1, 1])
  assert.equal(stage.neuronAt(15, 2, neurons), null)
})

test("arrow keys lead from layer to layer and back", () => {
  const all = [784, 16, 16, 10]
  assert.deepEqual(stage.neighbour([1, 0], "ArrowDown", all), [1, 1])
  assert.deepEqual(stage.neighbour([1, 15], "ArrowRight", all), [2, 15])
  assert.deepEqual(stage.neighbour([2, 15], "ArrowRight", all), [3, 9])
  assert.deepEqual(stage.neighbour([3, 9], "ArrowDown", all), [3, 9])
  assert.deepEqual(stage.neighbour([1, 0], "ArrowLeft", all), [0, 27])
  assert.deepEqual(stage.neighbour([0, 27], "ArrowDown", all), [0, 55])
  assert.deepEqual(stage.neighbour([0, 0], "ArrowLeft", all), [0, 0])
  assert.deepEqual(stage.neighbour([0, 27], "ArrowRight", all), [1, 0])
})

test("a pulse runs along the edges that carry most", () => {
  const activationOf = (layer, number) => layer === 0 ? inputs.activation[number] : neurons.activation[number]
  assert.deepEqual(carriers(columns, activationOf, 1, 2).map(row => columns.weight[row]).sort(), [-2, 1])
})

test("a pulse takes its steps one after the other and ends within 700 ms", () => {
  assert.deepEqual(progress(0, 3), {layer: 1, share: 0})
  assert.equal(progress(1.5 * STEP, 3).layer, 2)
  assert.equal(progress(3 * STEP, 3), null)
  assert.ok(3 * STEP + 110 < 700)
})

test("whatever asks for a painting before the next frame gets that frame, and one painting", async () => {
  const frames = []
  let painted = 0
  const view = {is_destroyed: false, repaint: () => painted++}
  stage.paintInNextFrame(view, frame => frames.push(frame))
  const all = [view.throttled_paint(), view.throttled_paint()]
  assert.deepEqual([frames.length, painted], [1, 0])
  frames[0]()
  await Promise.all(all)
  const later = view.throttled_paint()
  assert.deepEqual([frames.length, painted], [2, 1])
  view.is_destroyed = true
  frames[1]()
  await later
  assert.equal(painted, 1)
})
