import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {edited, unpacked} = await load("diagram/stage.js")

test("weights come as numbers, or by the name of what the document has brought", () => {
  const brought = {known: Buffer.from(Float32Array.of(0.5, -2).buffer).toString("base64")}
  assert.deepEqual(unpacked("known", brought), Float32Array.of(0.5, -2))
  assert.deepEqual(unpacked([1, 2], brought), [1, 2])
  assert.equal(unpacked("unknown", brought), null)
  assert.equal(unpacked("unknown"), null)
})

test("weights that were changed stand in the place of their own; the first ones stay as they are", () => {
  const weights = Float32Array.of(1, 2, 3, 4, 5, 6)
  assert.equal(edited(weights, []), weights)
  const now = edited(weights, [[2, Float32Array.of(30, 40)], [5, [60]]])
  assert.deepEqual(now, Float32Array.of(1, 2, 30, 40, 5, 60))
  assert.deepEqual(weights, Float32Array.of(1, 2, 3, 4, 5, 6))
})
