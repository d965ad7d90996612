import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {known} = await load("edit/quiz.js")
const {expectedEdges} = await load("inspector/expected_look.js")

test("of an image that was not tried nothing is told, of another its sums and what follows", () => {
  assert.deepEqual(known(undefined), ["Sum ?", ""])
  assert.deepEqual(known([24, 14]), ["Sum 24", "z = 14: active"])
  assert.deepEqual(known([-16, -26]), ["Sum −16", "z = −26: inactive"])
  assert.deepEqual(known([7.53125, 0]), ["Sum 7.53", "z = 0: inactive"])
})

test("a weight in a layer that had none at first has a strength", () => {
  const {share} = expectedEdges({
    counts: [1, 1, 1], most: [1, 1], weights: [2, 0.5], activations: [1, 1, 1], largest: [2, 0], full: [1, 1, 1],
    least: 0, signal: false,
  })
  assert.deepEqual(share, [1, 0.5])
})
