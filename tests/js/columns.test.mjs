import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {beside, render, said} = await load("diagram/columns.js")

const wide = {sizes: [784, 300, 64, 100, 10], rule: "examples", first: 0, shown: 64}

test("it is said how many neurons of the wide layers are shown, and by what they were chosen", () => {
  assert.equal(said(wide), "64 of 300 and 100 neurons shown: most active on examples")
  assert.match(said({...wide, rule: "drawing"}), /most active on one drawing$/)
  const order = {...wide, rule: "order", sizes: [784, 300, 300, 10]}
  assert.equal(said({...order, first: 64}), "64 of 300 neurons shown: 65 to 128")
  assert.equal(said({...order, first: 256}), "64 of 300 neurons shown: 237 to 300")
})

test("in their order there are neurons before and after, but at the ends", () => {
  const order = {...wide, rule: "order"}
  assert.deepEqual([-1, 1].map(step => beside(order, step)), [null, 64])
  assert.deepEqual([-1, 1].map(step => beside({...order, first: 256}, step)), [192, null])
  assert.deepEqual([-1, 1].map(step => beside(wide, step)), [null, 0])
})

function shown(values) {
  const [sent, listeners] = [[], {}]
  const model = {
    ...wide, edges: 50176, strongest: 16384, ...values, send_msg: message => sent.push(message),
    on: (names, heard) => [names].flat().forEach(name => { listeners[name] = heard }),
  }
  const box = render({model})
  const change = news => {
    Object.assign(model, news)
    for (const name of Object.keys(news)) listeners[name]()
  }
  return {box, change, sent, buttons: box.all("button")}
}

test("a press chooses others, and the rule that holds is marked", () => {
  const {buttons, sent, change} = shown()
  const named = label => buttons.find(each => each.textContent === label)
  named("Most active on this drawing").fire("click")
  named("Next 64").fire("click")
  assert.deepEqual(sent, [{type: "choose", rule: "drawing"}, {type: "order", first: 0}])
  assert.equal(named("Previous 64").disabled, true)
  change({rule: "drawing"})
  assert.equal(named("Most active on this drawing").attributes["aria-pressed"], "true")
  assert.equal(named("Most active on the examples").attributes["aria-pressed"], "false")
})

test("where all neurons are shown there is nothing to be said", () => {
  const {box, change} = shown({sizes: []})
  assert.equal(box.hidden, true)
  change({sizes: wide.sizes})
  assert.equal(box.hidden, false)
  assert.deepEqual(box.all("option").map(each => each.value), [1, 3])
})
