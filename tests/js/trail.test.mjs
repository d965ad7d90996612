import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"
import {openTab} from "./tab_storage.mjs"

const {begin, follow, useUp, whereInHistory} = await load("page/trail.js")
const {isLink, keepView, keptNetwork, keptView, saidOf, withPlace} = await load("page/kept_view.js")

const view = (place, network, neuron = "none") => `view=1&network=${network}&place=${place}&neuron=${neuron}`

// A browser's history at this address, and what it says.
function openAt(hash, refuses = false) {
  const entries = [{state: null, hash}]
  let at = 0
  const show = () => { globalThis.location = {href: `http://here/${entries[at].hash}`, hash: entries[at].hash} }
  const write = (state, address) => {
    if (refuses) throw new DOMException("too often", "SecurityError")
    entries[at] = {state, hash: address.replace("http://here/", "")}
    show()
  }
  globalThis.history = {
    get state() { return entries[at].state },
    replaceState: (state, _, address) => write(state, address),
    pushState: (state, _, address) => {
      entries.length = ++at
      write(state, address)
    },
  }
  show()
  return {
    entries: () => entries.map(({state, hash}) => [hash, state?.where ?? null]),
    back: () => { at--; show() },
    type: hash => { entries.length = ++at; entries.push({state: null, hash}); show() },
  }
}

test("another place and another network are entries of their own, a neuron is none", () => {
  const browser = openAt("")
  begin([view("explore", "default")])
  follow([view("explore", "default", "1:5"), true])
  follow([view("edit", "default", "1:5"), true])
  follow([view("edit", "wide"), true])
  assert.deepEqual(browser.entries(), [
    ["", view("explore", "default", "1:5")],
    ["#edit", view("edit", "default", "1:5")],
    ["#edit", view("edit", "wide")],
  ])
})

test("who goes back is not taken for who goes there", () => {
  const browser = openAt("")
  begin([view("explore", "default")])
  follow([view("edit", "wide"), true])
  browser.back()
  assert.equal(whereInHistory(), view("explore", "default"))
  follow([whereInHistory(), false])
  assert.equal(browser.entries().length, 2)
  follow([view("train", "default"), true])
  assert.deepEqual(browser.entries().map(([hash]) => hash), ["", "#train"])
})

test("a page that opens in a place begins there", () => {
  const browser = openAt("#edit")
  begin([view("explore", "default")])
  assert.deepEqual(browser.entries(), [["#edit", view("edit", "default")]])
  follow([view("edit", "default"), true])
  assert.equal(browser.entries().length, 1)
})

test("a place that is typed into the address is the browser's entry", () => {
  const browser = openAt("")
  begin([view("explore", "default")])
  browser.type("#train")
  follow([view("train", "default"), true])
  assert.deepEqual(browser.entries().map(([hash]) => hash), ["", "#train"])
})

test("a link that was followed is used up, and the address says the place that it leads to", () => {
  const browser = openAt("")
  begin([view("explore", "default")])
  browser.type("#view=1&place=test")
  useUp([view("explore", "default")])
  assert.deepEqual(browser.entries().map(([hash]) => hash), ["", ""])
  follow([view("test", "wide"), false])
  assert.deepEqual(browser.entries().at(-1), ["#test", view("test", "wide")])
  assert.equal(browser.entries().length, 2)
})

test("what somebody else's address ends in stays there, until one goes elsewhere", () => {
  const browser = openAt("#chapter-2")
  begin([view("explore", "default")])
  follow([view("explore", "default", "1:5"), true])
  assert.deepEqual(browser.entries().map(([hash]) => hash), ["#chapter-2"])
  follow([view("edit", "default", "1:5"), true])
  assert.deepEqual(browser.entries().map(([hash]) => hash), ["#chapter-2", "#edit"])
})

test("a browser that refuses to note so much loses no page", () => {
  const browser = openAt("", true)
  begin([view("explore", "default")])
  follow([view("edit", "default"), true])
  assert.deepEqual(browser.entries()[0], ["", null])
})

test("a tab keeps a view for each page in it, and tells the network in it", () => {
  openTab()
  const [page, other] = [{dataset: {neuronExplorer: "0"}}, {dataset: {neuronExplorer: "1"}}]
  globalThis.location = {pathname: "/", hash: ""}
  assert.equal(keptNetwork(page), null)
  keepView(page, view("edit", "own-3"))
  assert.deepEqual([keptView(page), keptView(other)], [view("edit", "own-3"), null])
  assert.equal(keptNetwork(page), "own-3")
  assert.equal(saidOf(keptView(page), "lens"), null)
})

test("the place that an address says goes before the one that was kept", () => {
  assert.equal(withPlace(view("edit", "wide", "1:5"), "explore"), view("explore", "wide", "1:5"))
  assert.equal(withPlace(view("edit", "wide"), null), view("edit", "wide"))
})

test("a link is known, also by an address that was escaped once more", () => {
  const hashes = ["#view=1&lens=on", "#view%3D1%26lens%3Don", "#VIEW%3d2", "#edit", "", "#review=1", "#viewer"]
  assert.deepEqual(hashes.map(isLink), [true, true, true, false, false, false, false])
})
