import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {comparedRows} = await load("training/comparison.js")
const {ownAnswer} = await load("training/panel_words.js")

const measured = (loss, accuracy) => ({training: {loss, accuracy}, validation: {loss, accuracy}})

test("a row has a number of each run, under the epoch that they are of", () => {
  const rows = comparedRows([{epoch: 2.26, ...measured(0.01234, 0.9)}, {epoch: 0, ...measured(null, 0.1)}])
  assert.deepEqual(rows[0], ["epoch", "2.3", "0.0"])
  assert.deepEqual(rows[2], ["accuracy, validation", "90.0 %", "10.0 %"])
  assert.deepEqual(rows[4], ["loss, validation", "0.0123", "∞"])
})

test("what was not measured yet is left blank", () => {
  assert.deepEqual(comparedRows([{epoch: 0}])[1], ["accuracy, training", ""])
})

test("an answer is a digit and its output; on a blank pad there is none", () => {
  assert.equal(ownAnswer({digit: 7, output: 0.934}), "7 · 0.93")
  assert.equal(ownAnswer({}), "blank")
})
