import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {firstLayer, painted, rowsOf, turned} = await load("inspector/first_layer.js")

test("the weights of the first layer are put together from the edges", () => {
  const edges = {layer: [1, 2, 1], source: [3, 0, 5], target: [1, 0, 0], weight: [0.5, 9, -2]}
  const rows = firstLayer(edges)
  assert.deepEqual([rows[1][3], rows[0][5], rows[0][3]], [0.5, -2, 0])
})

test("the largest weight has the last colour, its opposite the first", () => {
  const colours = Uint8Array.from({length: 3 * 255}, (_, i) => Math.floor(i / 3))
  assert.deepEqual([...painted(Float32Array.of(2, -2, 0), colours)],
    [254, 254, 254, 255, 0, 0, 0, 255, 127, 127, 127, 255])
})

test("the first layer's weights are the first ones of a network", () => {
  const weights = Float32Array.from({length: 2 * 784 + 5}, (_, i) => i)
  const rows = rowsOf(weights, [784, 2])
  assert.deepEqual([rows.length, rows[0][0], rows[1][0], rows[1].at(-1)], [2, 0, 784, 2 * 784 - 1])
})

test("of a large layer one turns over to the next pictures and back, and not beyond its ends", () => {
  assert.deepEqual([turned(0, 1, 130), turned(64, 1, 130), turned(128, 1, 130)], [64, 128, null])
  assert.deepEqual([turned(0, -1, 130), turned(128, -1, 130)], [null, 64])
})
