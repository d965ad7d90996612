import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {parsed} = await load("browser/numbers.js")
const {Drag} = await load("edit/weight_canvas.js")
const {addressOf, placeOf} = await load("page/places.js")

test("numbers are read as people write them", () => {
  const written = {"0.5": 0.5, "0,5": 0.5, "1/2": 0.5, " −3 ": -3, "-1/4": -0.25, "2e3": 2000, "7": 7}
  for (const [words, value] of Object.entries(written)) assert.equal(parsed(words), value, words)
})

test("what is no number is none", () => {
  for (const words of ["", "  ", "one", "1/0", "1/2/3", "/", "NaN", "Infinity", "1e999", "3 4"])
    assert.equal(parsed(words), null, words)
})

test("the points of a drag are told once, and none that says nothing new", () => {
  const drag = new Drag()
  for (const point of [[1, 1], [1.1, 1], [2, 1], [2, 1.3], [2, 2]]) drag.add(point)
  assert.deepEqual(drag.take(), [[1, 1], [2, 1], [2, 2]])
  assert.deepEqual(drag.take(), [])
  for (let i = 0; i < 100; i++) drag.add([3 + i, 1])
  assert.deepEqual([drag.take().length, drag.take().length], [64, 36])
})

test("a place has an address, and other addresses are no place", () => {
  assert.deepEqual(["", "#", "#edit", "#explore", "#view=1&neuron=1:5", "#chapter"].map(placeOf),
    ["explore", "explore", "edit", "explore", null, null])
  assert.equal(addressOf("edit", "http://a/b?c=1#x"), "http://a/b?c=1#edit")
  assert.equal(addressOf("explore", "http://a/b?c=1#edit"), "http://a/b?c=1")
})
