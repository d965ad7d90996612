import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {oncePerFrame, whenIdle} = await load("browser/frames.js")

test("what is asked for in a frame is asked once, and anew in the next", () => {
  let frame
  let asked = 0
  const number = oncePerFrame(() => ++asked, task => { frame = task })
  assert.deepEqual([number(), number()], [1, 1])
  frame()
  assert.deepEqual([number(), number()], [2, 2])
})

test("what can wait is done once for all that ask for it, and again for who asks later", () => {
  const frames = []
  globalThis.requestAnimationFrame = task => frames.push(task)
  let done = 0
  const show = whenIdle(() => done++, task => task())
  show()
  show()
  assert.equal(done, 0)
  assert.equal(frames.length, 1)
  frames.shift()()
  assert.equal(done, 1)
  show()
  frames.shift()()
  assert.equal(done, 2)
})
