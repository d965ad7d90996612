import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {comparedRows, images} = await load("training/comparison.js")
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

test("the images come one after the other", () => {
  const shades = Uint8Array.from({length: 2 * 784}, (_, i) => i < 784 ? 1 : 254)
  const made = images(btoa(String.fromCharCode(...shades)))
  assert.deepEqual(made.map(each => [each.length, each[0], each.at(-1)]), [[784, 1, 1], [784, 254, 254]])
})
