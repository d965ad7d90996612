import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {OwnNetworks} = await load("page/own_networks.js")
const {isOffered} = await load("page/kept_network.js")

// What a tab keeps, in a storage with room for so many characters of a text.
function storage(room = 1000) {
  const map = new Map()
  const setItem = (key, text) => {
    if (text.length > room) throw new DOMException("full", "QuotaExceededError")
    map.set(key, text)
  }
  const value = {getItem: key => map.get(key) ?? null, setItem, removeItem: key => map.delete(key)}
  Object.defineProperty(globalThis, "sessionStorage", {value, configurable: true})
}

function made(shown = "default") {
  const sent = []
  const model = {kept: {}, send_msg: message => sent.push(message)}
  return {networks: new OwnNetworks(model, "/ 0", shown), model, sent}
}

function keep(made, kept) {
  made.model.kept = kept
  made.networks.keep()
}

test("what was kept is brought along by the next page, which says what it showed", () => {
  storage()
  const page = made()
  keep(page, {"own-1": "AAAA"})
  keep(page, {"own-2": "BBBB"})
  const next = made("own-2")
  next.networks.bring()
  assert.deepEqual(next.sent, [
    {type: "restore", name: "own-1", content: "AAAA", shown: false},
    {type: "restore", name: "own-2", content: "BBBB", shown: true},
  ])
})

test("what there is no room for, or cannot be restored, is kept no longer", () => {
  storage(50)
  const page = made()
  keep(page, {"own-1": "AAAA", "own-2": "B".repeat(60)})
  const next = made()
  next.networks.bring()
  assert.deepEqual(next.sent.map(({name}) => name), ["own-1"])
  keep(next, {"own-1": ""})
  const last = made()
  last.networks.bring()
  assert.deepEqual(last.sent, [])
})

test("a page asks for no network by its name that only the tab has", () => {
  assert.deepEqual(["default", "wide", "own-3", "training"].map(isOffered), [true, true, false, false])
})
