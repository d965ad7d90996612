import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {Patience, PATIENCE} = await load("browser/patience.js")

// A clock that a test moves on.
function clock() {
  let now = 0
  let timers = []
  return {
    later: (call, ms) => { timers.push({call, due: now + ms}); return timers.at(-1) },
    never: timer => { timers = timers.filter(each => each !== timer) },
    pass: ms => {
      now += ms
      const due = timers.filter(each => each.due <= now)
      timers = timers.filter(each => each.due > now)
      for (const {call} of due) call()
    },
  }
}

function patience() {
  const said = []
  const time = clock()
  return {said, time, patience: new Patience(waits => said.push(waits), time)}
}

test("an answer in time is no matter", () => {
  const {said, time, patience: it} = patience()
  it.ask()
  time.pass(PATIENCE - 1)
  it.answer(true)
  time.pass(10 * PATIENCE)
  assert.deepEqual(said, [])
})

test("what is overdue is said once, and taken back when an answer comes", () => {
  const {said, time, patience: it} = patience()
  it.ask()
  time.pass(PATIENCE)
  it.ask()
  time.pass(10 * PATIENCE)
  assert.deepEqual(said, [true])
  it.answer(true)
  assert.deepEqual(said, [true, false])
})

test("whoever still waits has two seconds from the last sign of life", () => {
  const {said, time, patience: it} = patience()
  it.ask()
  time.pass(PATIENCE - 1)
  it.answer(false)
  time.pass(PATIENCE - 1)
  assert.deepEqual(said, [])
  time.pass(1)
  assert.deepEqual(said, [true])
})

test("asking again and again does not put it off", () => {
  const {said, time, patience: it} = patience()
  for (let i = 0; i < 4; i++) {
    it.ask()
    time.pass(PATIENCE / 4)
  }
  assert.deepEqual(said, [true])
})
