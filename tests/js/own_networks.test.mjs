import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"
import {openTab} from "./tab_storage.mjs"

const {OwnNetworks} = await load("page/own_networks.js")

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
  openTab()
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
  openTab(50)
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
