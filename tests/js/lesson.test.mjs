import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {addressOf, cardOf, recalled} = await load("lesson/guide.js")

test("an address names a card as people count them", () => {
  assert.deepEqual(cardOf("#lesson=weights.3"), {chapter: "weights", card: 2})
  assert.equal(addressOf("weights", 2), "#lesson=weights.3")
  assert.equal(addressOf("", 0), "#lesson")
  for (const hash of ["", "#lesson", "#lesson=", "#lesson=weights", "#lesson=weights.300", "#edit"])
    assert.equal(cardOf(hash), null, hash)
})

test("what was kept and is damaged is nothing", () => {
  assert.equal(recalled(null), null)
  assert.equal(recalled("{"), null)
  assert.deepEqual(recalled('{"place": null}'), {place: null})
})

const {inLesson, nameOf} = await load("classroom/lesson_control.js")

test("a teacher is told how many are in the lesson, and cards are named as in addresses", () => {
  assert.equal(inLesson({}), 0)
  assert.equal(inLesson({"sum.3": 2, "hope.1": 5}), 7)
  assert.equal(nameOf("sum", 2), "sum.3")
})
