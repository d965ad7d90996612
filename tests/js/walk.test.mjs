import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {Walk, neighbour} = await load("diagram/walk.js")

const sizes = [784, 16, 16, 10]

test("arrow keys lead from layer to layer and back", () => {
  assert.deepEqual(neighbour([1, 0], "ArrowDown", sizes), [1, 1])
  assert.deepEqual(neighbour([1, 15], "ArrowRight", sizes), [2, 15])
  assert.deepEqual(neighbour([2, 15], "ArrowRight", sizes), [3, 9])
  assert.deepEqual(neighbour([3, 9], "ArrowDown", sizes), [3, 9])
  assert.deepEqual(neighbour([1, 0], "ArrowLeft", sizes), [0, 27])
  assert.deepEqual(neighbour([0, 27], "ArrowDown", sizes), [0, 55])
  assert.deepEqual(neighbour([0, 0], "ArrowLeft", sizes), [0, 0])
  assert.deepEqual(neighbour([0, 27], "ArrowRight", sizes), [1, 0])
})

test("arrow keys do not lead out of the input", () => {
  assert.deepEqual(neighbour([0, 5], "ArrowUp", sizes), [0, 5])
  assert.deepEqual(neighbour([0, 760], "ArrowDown", sizes), [0, 760])
})

function walking(chosen) {
  const sent = []
  const model = {chosen, sizes, send_msg: ({neuron}, answered) => sent.push({neuron, answered})}
  const walk = new Walk(model)
  const press = key => walk.press({key, preventDefault: () => {}})
  // What the stage is told when the server has chosen a neuron.
  const choose = neuron => { model.chosen = neuron; walk.follow() }
  return {sent, press, choose}
}

test("keys go on from where they have led, before the server has heard of it", () => {
  const {sent, press, choose} = walking([1, 3])
  press("ArrowDown")
  press("ArrowDown")
  choose([1, 4])
  sent[0].answered()
  press("ArrowDown")
  assert.deepEqual(sent.map(({neuron}) => neuron), [[1, 4], [1, 5], [1, 6]])
})

test("once the server has heard of all steps, keys go on from what it has chosen", () => {
  const {sent, press, choose} = walking(null)
  press("ArrowDown")
  sent[0].answered()
  choose([3, 2])
  press("ArrowUp")
  press("x")
  assert.deepEqual(sent.map(({neuron}) => neuron), [[1, 0], [3, 1]])
})

test("a key at the end of the way asks for nothing", () => {
  const {sent, press} = walking([3, 9])
  press("ArrowDown")
  press("ArrowRight")
  assert.deepEqual(sent, [])
})
