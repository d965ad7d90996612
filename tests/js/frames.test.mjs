import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {oncePerFrame} = await load("browser/frames.js")

test("what is asked for in a frame is asked once, and anew in the next", () => {
  let frame
  let asked = 0
  const number = oncePerFrame(() => ++asked, task => { frame = task })
  assert.deepEqual([number(), number()], [1, 1])
  frame()
  assert.deepEqual([number(), number()], [2, 2])
})
