import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {SPAN, corner, pixelAt} = await load("inspector/magnifier.js")
const at = (column, row) => 28 * row + column

test("the patch lies around its pixel, and within the image", () => {
  assert.deepEqual(corner(at(14, 10), 28), [10, 6])
  assert.deepEqual(corner(at(0, 27), 28), [0, 28 - SPAN])
})

test("a place of the patch is a pixel, and the middle is the one it lies around", () => {
  assert.equal(pixelAt(0.5, 0.5, at(14, 10), 28), at(14, 10))
  assert.equal(pixelAt(0, 1, at(14, 10), 28), at(10, 14))
})

test("of a small image the patch is all of it", () => {
  assert.deepEqual(corner(8 * 5 + 3, 8), [0, 0])
  assert.equal(pixelAt(0.99, 0.99, 8 * 5 + 3, 8), 63)
  assert.equal(pixelAt(0, 0.5, 8 * 5 + 3, 8), 8 * 4)
})
