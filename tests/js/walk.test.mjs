import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {Walk, neighbour} = await load("diagram/walk.js")

const sizes = [784, 16, 16, 10]
const network = {sizes, numbers: []}

test("arrow keys lead from layer to layer and back", () => {
  assert.deepEqual(neighbour([1, 0], "ArrowDown", network), [1, 1])
  assert.deepEqual(neighbour([1, 15], "ArrowRight", network), [2, 15])
  assert.deepEqual(neighbour([2, 15], "ArrowRight", network), [3, 9])
  assert.deepEqual(neighbour([3, 9], "ArrowDown", network), [3, 9])
  assert.deepEqual(neighbour([1, 0], "ArrowLeft", network), [0, 27])
  assert.deepEqual(neighbour([0, 27], "ArrowDown", network), [0, 55])
  assert.deepEqual(neighbour([0, 0], "ArrowLeft", network), [0, 0])
  assert.deepEqual(neighbour([0, 27], "ArrowRight", network), [1, 0])
})

test("arrow keys do not lead out of the input", () => {
  assert.deepEqual(neighbour([0, 5], "ArrowUp", network), [0, 5])
  assert.deepEqual(neighbour([0, 760], "ArrowDown", network), [0, 760])
})

test("where some neurons of a layer are shown, keys lead to those, and with Shift to the others too", () => {
  const wide = {sizes: [64, 500, 300, 3], numbers: [[], [4, 90, 480], [10, 11], []]}
  assert.deepEqual(neighbour([1, 4], "ArrowDown", wide), [1, 90])
  assert.deepEqual(neighbour([1, 480], "ArrowDown", wide), [1, 480])
  assert.deepEqual(neighbour([1, 480], "ArrowRight", wide), [2, 11])
  assert.deepEqual(neighbour([2, 11], "ArrowRight", wide), [3, 2])
  assert.deepEqual(neighbour([1, 4], "ArrowDown", wide, true), [1, 5])
  assert.deepEqual(neighbour([1, 499], "ArrowDown", wide, true), [1, 499])
  assert.deepEqual(neighbour([0, 7], "ArrowRight", wide), [1, 4])
})

test("the pixels of an image of any side are walked by rows and columns", () => {
  const small = {sizes: [64, 2], numbers: []}
  assert.deepEqual(neighbour([0, 9], "ArrowDown", small), [0, 17])
  assert.deepEqual(neighbour([0, 63], "ArrowRight", small), [1, 1])
  assert.deepEqual(neighbour([1, 1], "ArrowLeft", small), [0, 63])
})

function walking(chosen) {
  const sent = []
  const model = {chosen, ...network, send_msg: ({neuron}, answered) => sent.push({neuron, answered})}
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

test("feature maps are walked by rows and columns, from one into the next, and from their rims out", () => {
  const maps = [null, {count: 2, side: 3}, null]
  const convolutional = {sizes: [49, 18, 2], numbers: [], maps}
  const step = (at, key) => neighbour(at, key, convolutional)
  assert.deepEqual(step([1, 0], "ArrowRight"), [1, 1])
  assert.deepEqual(step([1, 1], "ArrowDown"), [1, 4])
  assert.deepEqual(step([1, 7], "ArrowDown"), [1, 10])
  assert.deepEqual(step([1, 10], "ArrowUp"), [1, 7])
  assert.deepEqual(step([1, 17], "ArrowDown"), [1, 17])
  assert.deepEqual(step([1, 17], "ArrowRight"), [2, 1])
  assert.deepEqual(step([2, 0], "ArrowLeft"), [1, 2])
  assert.deepEqual(step([1, 15], "ArrowLeft"), [0, 48])
  assert.deepEqual(step([0, 6], "ArrowRight"), [1, 0])
})
