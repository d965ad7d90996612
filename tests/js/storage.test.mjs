import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {browser, tab} = await load("browser/storage.js")

const put = (name, get) => Object.defineProperty(globalThis, name, {get, configurable: true})

test("what is kept can be recalled and forgotten", () => {
  const map = new Map()
  put("sessionStorage", () => ({
    getItem: key => map.get(key) ?? null,
    setItem: (key, text) => map.set(key, text),
    removeItem: key => map.delete(key),
  }))
  assert.ok(tab.works)
  assert.ok(tab.keep("drawing", "ink"))
  assert.equal(tab.recall("drawing"), "ink")
  tab.forget("drawing")
  assert.equal(tab.recall("drawing"), null)
  assert.equal(map.size, 0, "the probe is gone too")
})

test("where storage is forbidden nothing is kept and nothing throws", () => {
  put("localStorage", () => { throw new DOMException("denied", "SecurityError") })
  assert.equal(browser.works, false)
  assert.equal(browser.keep("theme", "light"), false)
  assert.equal(browser.recall("theme"), null)
  browser.forget("theme")
})

test("a storage that is full keeps no more", () => {
  const full = () => { throw new DOMException("full", "QuotaExceededError") }
  put("localStorage", () => ({getItem: () => null, setItem: full, removeItem: () => {}}))
  assert.equal(browser.works, false)
  assert.equal(browser.keep("theme", "light"), false)
})

test("of a page that the kernel keeps, a tab keeps nothing beyond the page", () => {
  const map = new Map([["drawing", "of before"]])
  put("sessionStorage", () => ({getItem: key => map.get(key) ?? null, setItem: () => assert.fail()}))
  put("document", () => ({documentElement: {dataset: {keeper: "kernel"}}}))
  assert.equal(tab.recall("drawing"), null)
  assert.ok(tab.works)
  assert.ok(tab.keep("drawing", "ink"))
  assert.equal(tab.recall("drawing"), "ink")
  put("document", () => undefined)
  assert.equal(tab.recall("drawing"), "of before")
})
