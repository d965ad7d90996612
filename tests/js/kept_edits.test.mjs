import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {KeptEdits} = await load("edit/kept_edits.js")

const PLACE = "neuron-explorer edits / 0 default"

// What a tab keeps, in a storage with room for so many characters of a text.
function storage(room = 1000) {
  const map = new Map()
  const setItem = (key, text) => {
    if (text.length > room) throw new DOMException("full", "QuotaExceededError")
    map.set(key, text)
  }
  const getItem = key => map.get(key) ?? null
  const value = {getItem, setItem, removeItem: key => map.delete(key)}
  Object.defineProperty(globalThis, "sessionStorage", {value, configurable: true})
  return map
}

// The part of a page with its model, and what was sent: messages and who waits for their answers.
function made() {
  const sent = []
  const send_msg = (message, answered) => sent.push([message, answered])
  const model = {names: ["default", "wide"], steps: 0, kept: {}, send_msg}
  return {edits: new KeptEdits(model, "/ 0"), model, sent}
}

test("a page of which nothing was kept says nothing", () => {
  storage()
  const {edits, sent} = made()
  edits.bring()
  edits.ask()
  assert.deepEqual(sent, [])
})

test("what is kept is brought along by the next page, and forgotten when there is no more", () => {
  const map = storage()
  const {edits, model} = made()
  model.kept = {default: "changes"}
  edits.keep()
  const next = made()
  next.edits.bring()
  assert.deepEqual(next.sent.map(([message]) => message),
    [{type: "restore", name: "default", edits: "changes"}])
  model.kept = {default: null}
  edits.keep()
  assert.equal(map.size, 0)
})

test("another page in the document has changes of its own", () => {
  storage().set(PLACE.replace("0", "1"), "changes")
  const {edits, sent} = made()
  edits.bring()
  assert.deepEqual(sent, [])
})

test("many steps are asked for once, while a question is under way", () => {
  storage()
  const {edits, model, sent} = made()
  for (const steps of [1, 2, 3]) {
    model.steps = steps
    edits.ask()
  }
  assert.equal(sent.length, 1)
  sent[0][1]()
  assert.equal(sent.length, 2)
  sent[1][1]()
  assert.equal(sent.length, 2)
})

test("where there is no room for the latest, what was kept before goes as well", () => {
  const map = storage(10)
  map.set(PLACE, "before")
  const {edits, model} = made()
  model.kept = {default: "too long to be kept"}
  edits.keep()
  assert.equal(map.has(PLACE), false)
})
