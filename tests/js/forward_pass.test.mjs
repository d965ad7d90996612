import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {ForwardPass, scene} = await load("diagram/forward_pass.js")

const LAYERS = 3

function pass(...doings) {
  const made = new ForwardPass()
  for (const doing of doings)
    typeof doing === "number" ? made.advance(doing, LAYERS) : made[doing](LAYERS)
  return made
}

const at = ({layer, share, isMoving}) => [layer, share, isMoving]

test("it plays layer by layer and is over at the end", () => {
  assert.deepEqual(at(pass("play")), [1, 0, true])
  assert.deepEqual(at(pass("play", 0.5)), [1, 0.5, true])
  assert.deepEqual(at(pass("play", 0.5, 0.75)), [2, 0.25, true])
  assert.equal(pass("play", 0.5, 0.5, 0.5, 0.5, 0.5, 0.4).isOn, true)
  assert.equal(pass("play", 0.5, 0.5, 0.5, 0.5, 0.5, 0.5).isOn, false)
})

test("it can be paused, and goes on from there", () => {
  assert.deepEqual(at(pass("play", 0.5, "pause", 0.5)), [1, 0.5, false])
  assert.deepEqual(at(pass("play", 0.5, "pause", "play", 0.25)), [1, 0.75, true])
})

test("a step is one layer, then it stands", () => {
  assert.deepEqual(at(pass("step", 0.5)), [1, 0.5, true])
  assert.deepEqual(at(pass("step", 0.5, 0.6, 0.6)), [1, 1, false])
  assert.deepEqual(at(pass("step", "step")), [2, 0, true])
  assert.deepEqual(at(pass("step", "step", "step", "step")), [1, 0, true])
  assert.deepEqual(at(pass("play", 0.5, "step")), [2, 0, true])
})

test("there is a way back from the answer, step by step, to the input", () => {
  assert.deepEqual(at(pass("back")), [2, 1, false])
  assert.deepEqual(at(pass("back", "back")), [1, 1, false])
  assert.deepEqual(at(pass("back", "back", "back")), [1, 0, false])
  assert.deepEqual(at(pass("step", "step", 0.5, "back")), [1, 1, false])
  assert.deepEqual(at(pass("play", 0.5, 0.75, "back")), [1, 1, false])
  assert.deepEqual(at(pass("step", 0.5, "back", "back")), [1, 0, false])
})

test("only at the input is there nothing before", () => {
  assert.equal(pass("step", 1, "back").isAtStart, true)
  for (const doings of [["stop"], ["play"], ["step"], ["step", 1], ["back"]])
    assert.equal(pass(...doings).isAtStart, false, doings)
})

test("playing on from the end of a step takes the next layer, and from the very end the first", () => {
  assert.deepEqual(at(pass("step", 1, "play", 0.25)), [2, 0.25, true])
  assert.deepEqual(at(pass("step", "step", "step", 1, "play")), [1, 0, true])
})

test("a layer has its numbers once the signals have arrived", () => {
  assert.deepEqual(scene({layer: 2, share: 0}), {signals: 0, hidden: 2})
  assert.equal(scene({layer: 2, share: 0.5}).hidden, 2)
  assert.deepEqual(scene({layer: 2, share: 1}), {signals: null, hidden: 3})
})

test("it can stand anywhere on the way; at the end nothing more is told", () => {
  const made = new ForwardPass()
  made.seek(1.25, LAYERS)
  assert.deepEqual(at(made), [2, 0.25, false])
  assert.equal(made.place(LAYERS), 1.25)
  made.seek(0, LAYERS)
  assert.deepEqual(at(made), [1, 0, false])
  assert.deepEqual(scene(made).hidden, 1)
  made.seek(LAYERS, LAYERS)
  assert.equal(made.isOn, false)
  assert.equal(made.place(LAYERS), LAYERS)
})

test("a step tells the layer that the pass stands before, and the next one while one is told", () => {
  const pass = new ForwardPass()
  pass.seek(0, 3)
  pass.step(3)
  assert.equal(pass.layer, 1)
  pass.step(3)
  assert.equal(pass.layer, 2)
  pass.advance(1, 3)
  pass.step(3)
  assert.equal(pass.layer, 3)
  pass.seek(1.5, 3)
  pass.step(3)
  assert.equal(pass.layer, 2)
  pass.stop()
  pass.step(3)
  assert.equal(pass.layer, 1)
})
