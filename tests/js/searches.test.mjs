import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

globalThis.requestAnimationFrame = task => task()

const {numbers, progress, render} = await load("edit/searches.js")

function searches(shown) {
  const told = []
  const model = {neuron: "", running: false, found: {}, colours: [], on: () => {},
    send_msg: message => told.push(message), ...shown}
  const box = render({model})
  const named = words => box.all("button").find(button => button.textContent === words)
  return {box, told, named}
}

test("one is told whether it climbs, has come to the top, or was stopped", () => {
  assert.equal(progress({step: 3, top: false}, true), "Step 3…")
  assert.equal(progress({step: 40, top: true}, true), "Step 40: z does not grow any more.")
  assert.equal(progress({step: 7, top: false}, false), "Stopped at step 7.")
  assert.equal(numbers({z: 12.345, a: 0.99999}), "z = 12.35 · activation 1.00")
})

test("without a neuron that has a sum there is nothing to climb", () => {
  const {named} = searches({})
  assert.ok(named("From drawing").disabled && named("From noise").disabled)
  assert.ok(!named("Few pixels").disabled)
})

test("each button says what it is for", () => {
  const {named, told} = searches({neuron: "Output 7"})
  for (const words of ["From drawing", "From noise", "All pixels a little", "Few pixels"])
    named(words).fire("click")
  assert.deepEqual(told, [
    {type: "ascend", start: "drawing"}, {type: "ascend", start: "noise"},
    {type: "change", measure: "distance"}, {type: "change", measure: "pixels"},
  ])
})

test("where no change was found, there is a sentence and no image", () => {
  const found = {of: "change", said: "No change was found.", pixels: null}
  const {box} = searches({found})
  assert.ok(box.all("p").some(words => words.textContent === found.said))
  assert.ok(box.all("figure").every(figure => figure.hidden))
  const put = box.all("div").filter(each => each.hidden).flatMap(each => each.all("button"))
  assert.deepEqual(put.map(button => button.textContent), ["Put it on the pad"])
})
