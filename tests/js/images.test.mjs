import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {coloured, grey} = await load("browser/images.js")

test("a shade of grey is the same in all three channels, and opaque", () => {
  assert.deepEqual([...grey([0, 128, 255])], [0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255])
})

test("a pixel has the colour of its row in the table", () => {
  const colours = [1, 2, 3, 4, 5, 6]
  assert.deepEqual([...coloured([1, 0], colours)], [4, 5, 6, 255, 1, 2, 3, 255])
})
