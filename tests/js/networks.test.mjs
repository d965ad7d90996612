import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {layout} = await load("page/networks.js")

test("a network's picture has eight tiles in a row, apart from each other", () => {
  const {width, height, places} = layout(16)
  assert.deepEqual([width, height], [8 * 28 + 7 * 2, 2 * 28 + 2])
  assert.deepEqual([places[0], places[7], places[8]], [[0, 0], [210, 0], [0, 30]])
  assert.equal(places.length, 16)
})

test("a picture of few tiles is no wider than they are", () => {
  const {width, height, places} = layout(3)
  assert.deepEqual([width, height], [3 * 28 + 2 * 2, 28])
  assert.deepEqual(places, [[0, 0], [30, 0], [60, 0]])
})
