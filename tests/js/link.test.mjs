import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {Line} = await load("transport/line.js")
const {Models, sourcesOf} = await load("transport/models.js")

// A frame as explorer/transport/frames.py writes it.
function frame(answered, {activations = [], ...told} = {}) {
  const text = new TextEncoder().encode(Object.keys(told).length > 0 ? JSON.stringify(told) : "")
  const bytes = new ArrayBuffer(16 + 4 * activations.length + text.length)
  const header = new DataView(bytes)
  header.setUint8(0, 1)
  ;[answered, activations.length, text.length].forEach((each, i) => header.setUint32(4 + 4 * i, each, true))
  activations.forEach((each, i) => header.setFloat32(16 + 4 * i, each, true))
  new Uint8Array(bytes).set(text, 16 + 4 * activations.length)
  return bytes
}

function lineWithRecords({openChannel = null} = {}) {
  const [byPanel, changes] = [[], []]
  const line = new Line({
    sendByPanel: message => byPanel.push(message), change: told => changes.push(told), openChannel,
  })
  return {line, byPanel, changes}
}

test("who has said something is told once it is answered, in the order of what was said", () => {
  const {line} = lineWithRecords()
  const told = []
  for (const name of ["a", "b", "c"]) line.say("1.0", name, () => told.push(name))
  line.hear(frame(0))
  assert.deepEqual(told, [])
  line.hear(frame(2))
  assert.deepEqual(told, ["a", "b"])
  line.hear(frame(3))
  assert.deepEqual(told, ["a", "b", "c"])
})

test("a frame by Panel is confirmed, and the first one opens the channel", () => {
  let opened = 0
  const {line, byPanel} = lineWithRecords({openChannel: () => opened++})
  line.hearByPanel(frame(0))
  line.hearByPanel(frame(0))
  assert.deepEqual(byPanel, ["read", "read"])
  assert.equal(opened, 1)
})

test("messages change to the channel when all that went by Panel is answered, and not before", () => {
  const sent = []
  const channel = {send: text => sent.push(JSON.parse(text))}
  const {line, byPanel} = lineWithRecords({openChannel: opened => opened(channel)})
  line.say("1.0", "early")
  line.hearByPanel(frame(0))
  line.say("1.0", "between")
  line.hear(frame(2))
  line.say("1.0", "late")
  assert.deepEqual(byPanel, [["1.0", "early"], "read", ["1.0", "between"]])
  assert.deepEqual(sent, [["1.0", "late"]])
})

const model = (name, data) => ({
  name, data, setv({data: next, ...values}) { Object.assign(this, next ? {data: next} : values) },
})

test("a frame changes the models that it names, and leaves their other columns as they were", () => {
  const models = {
    inputs: model("inputs", {activation: [0, 0], x: [1, 2]}),
    neurons: model("neurons", {activation: [0, 0, 0], full: [1, 1, 2]}),
    winner: model("winner", {x: [0]}),
  }
  const shown = model("", {})
  const components = new Map([["1.0", {data: shown}]])
  const change = told => new Models(name => models[name], components).change(told)
  change({
    activations: Float32Array.of(0.5, 1, 0.25, -1, 1), components: {"1.0": {marked: 7}, "1.9": {marked: 1}},
    sources: {winner: {x: [3]}, unknown: {x: [4]}},
  })
  assert.deepEqual([...models.inputs.data.activation], [0.5, 1])
  assert.deepEqual(models.inputs.data.x, [1, 2])
  assert.deepEqual([...models.neurons.data.activation], [0.25, -1, 1])
  assert.deepEqual([...models.neurons.data.brightness], [0.25, 1, 0.5])
  assert.deepEqual(models.winner.data.x, [3])
  assert.equal(shown.marked, 7)
})

test("what a source is told before it has come waits for it, the latest of each column", () => {
  const found = {}
  const models = new Models(name => found[name], new Map())
  for (const columns of [{x: [1], y: [1]}, {x: [2]}]) models.change({components: {}, sources: {late: columns}})
  models.arrive()
  found.late = model("late", {x: [], y: [], z: [3]})
  models.arrive()
  assert.deepEqual(found.late.data, {x: [2], y: [1], z: [3]})
  models.change({components: {}, sources: {late: {x: [4]}}})
  models.arrive()
  assert.deepEqual(found.late.data.x, [4])
})

test("data sources are found by their names, also those of a component that comes later", () => {
  const [inputs, neurons] = [model("inputs"), model("neurons")]
  const components = [{data: {references: () => [inputs, model("")]}}]
  const find = sourcesOf(() => components)
  assert.equal(find("inputs"), inputs)
  assert.equal(find("neurons"), undefined)
  components.push({data: {references: () => [neurons]}})
  assert.equal(find("neurons"), neurons)
})
