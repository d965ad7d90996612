import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

globalThis.requestAnimationFrame = task => task()
globalThis.Option = function (title, name) { return Object.assign(document.createElement("option"), {title, value: name}) }

const {render, times, wholePercent} = await load("edit/experiments.js")

const SHOWN = {size: 0, share: 0, bits: 0, seed: "1", activations: ["sigmoid", "sigmoid"]}

// The component with a server that notes what it is told, and answers when it is asked to.
function experiments(values = SHOWN) {
  const told = [], answers = [], changed = []
  const model = {
    values, functions: [["sigmoid", "sigmoid"], ["relu", "ReLU"]], done: {},
    on: (_, show) => changed.push(show),
    send_msg: (message, answered) => { told.push(message); answers.push(answered) },
  }
  const box = render({model})
  const change = news => { Object.assign(model, news); for (const show of changed) show() }
  const answer = () => { for (const each of answers.splice(0)) each() }
  return {box, told, change, answer}
}

const settled = () => new Promise(resolve => { setTimeout(resolve, 5) })
const sliders = box => box.all("input").filter(input => input.type === "range")
const named = (box, words) => box.all("button").find(button => button.textContent === words)

function move(slider, value) {
  slider.value = slider.valueAsNumber = value
  slider.fire("input")
}

function drag(slider, ...values) {
  for (const value of values) move(slider, value)
  slider.fire("change")
}

test("sliders say how large they are", () => {
  assert.deepEqual([times(0.5), wholePercent(0.3)], ["0.50 ×", "30 %"])
})

test("a hidden layer more is a menu more", async () => {
  const {box, change} = experiments()
  change({values: {...SHOWN, activations: ["sigmoid", "relu", "sigmoid"]}})
  await settled()
  assert.deepEqual(box.all("select").map(menu => menu.value), ["sigmoid", "relu", "sigmoid"])
})

test("of a drag the latest is said when the one before was heard, and its end at once", () => {
  const {box, told, answer} = experiments()
  const [noise, prune] = sliders(box)
  drag(noise, 0.1, 0.2, 0.25)
  answer()
  const noises = {type: "noise", seed: "1"}
  assert.deepEqual(told.splice(0), [
    {...noises, size: 0.1, goes_on: true}, {...noises, size: 0.25, goes_on: false}])
  move(prune, 0.3)
  move(prune, 0.4)
  move(prune, 0.5)
  answer()
  assert.deepEqual(told, [0.3, 0.5].map(share => ({type: "prune", share, goes_on: true})))
})

test("every other experiment is one message", () => {
  const {box, told} = experiments()
  named(box, "Zero all biases").fire("click")
  named(box, 1).fire("click")
  const second = box.all("select")[1]
  second.value = "relu"
  second.fire("change")
  assert.deepEqual(told, [
    {type: "zero"}, {type: "round", bits: 1}, {type: "activation", layer: 2, name: "relu"},
  ])
})

test("a slider under the finger stays where it is until the server has heard of it", async () => {
  const {box, change, answer} = experiments()
  const [, prune] = sliders(box)
  move(prune, 0.4)
  change({values: {...SHOWN, share: 0.1}})
  await settled()
  assert.equal(prune.value, 0.4)
  change({values: {...SHOWN, share: 0.4}, done: {prune: "5 of 10 weights are 0 now."}})
  answer()
  await settled()
  assert.equal(prune.value, 0.4)
  assert.ok(box.all("p").some(words => words.textContent === "5 of 10 weights are 0 now."))
})

test("an answer that comes before its values does not bring the old ones back", async () => {
  const {box, change, answer} = experiments()
  const [, prune] = sliders(box)
  move(prune, 0.4)
  answer()
  assert.equal(prune.value, 0.4)
  change({values: {...SHOWN, share: 0.4}})
  await settled()
  assert.equal(prune.value, 0.4)
})

test("the chosen number of bits stays pressed", async () => {
  const {box, change} = experiments()
  change({values: {...SHOWN, bits: 4}})
  await settled()
  const pressed = box.all("button").filter(button => button.attributes["aria-pressed"] === "true")
  assert.deepEqual(pressed.map(button => button.textContent), [4])
})
