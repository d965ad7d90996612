import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {oncePerFrame, Steps, whenIdle} = await load("browser/frames.js")

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

// Steps with a clock and a page of their own: what waits, and what happens next.
function makeSteps(task) {
  const page = {time: 0, later: [], frames: []}
  page.steps = new Steps(task, {
    now: () => page.time,
    inNextFrame: frame => page.frames.push(frame),
    later: (wake, wait) => page.later.push({wake, wait}),
  })
  page.paint = () => { for (let i = 0; i < 2; i++) page.frames.splice(0).forEach(frame => frame()) }
  return page
}

test("what follows in steps is done once for all who ask, and leaves the page twice its time", () => {
  let done = 0
  const page = makeSteps(() => { done++; page.time += 100 })
  page.steps.ask()
  page.steps.ask()
  page.later.shift().wake()
  assert.deepEqual([done, page.later.length], [1, 0])
  page.paint()
  page.steps.ask()
  const {wake, wait} = page.later.shift()
  assert.equal(wait, 200)
  page.time += 200
  wake()
  assert.equal(done, 2)
})

test("what is more urgent has it wait; who needs it now has it done", () => {
  let done = 0
  const page = makeSteps(() => done++)
  page.steps.ask()
  page.steps.postpone()
  page.later.shift().wake()
  assert.equal(done, 0)
  page.steps.finish()
  page.steps.finish()
  assert.equal(done, 1)
  page.time += 80
  page.later.shift().wake()
  assert.equal(done, 1)
})
