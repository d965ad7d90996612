import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {unpacked} = await load("diagram/stage.js")

test("weights come as numbers, or by the name of what the document has brought", () => {
  const brought = {known: Buffer.from(Float32Array.of(0.5, -2).buffer).toString("base64")}
  assert.deepEqual(unpacked("known", brought), Float32Array.of(0.5, -2))
  assert.deepEqual(unpacked([1, 2], brought), [1, 2])
  assert.equal(unpacked("unknown", brought), null)
  assert.equal(unpacked("unknown"), null)
})
