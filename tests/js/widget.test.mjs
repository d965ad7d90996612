import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {baseOf, firstOpen, waysTo} = await load("widget.js")

const DIRECT = "http://127.0.0.1:4000/secret"
const at = href => new URL(href)

test("a notebook on the same machine tries the straight way first", () => {
  const ways = [DIRECT, "/user/ada/proxy/4000/secret"]
  assert.deepEqual(waysTo(DIRECT, at("http://localhost:8888/lab"), "/user/ada/"), ways)
  assert.deepEqual(waysTo(DIRECT, at("http://127.0.0.1:8888/lab"), null), [DIRECT])
})

test("a notebook from elsewhere never leads to the reader's own machine", () => {
  assert.deepEqual(waysTo(DIRECT, at("https://hub.example.org/lab"), "/"), ["/proxy/4000/secret"])
  assert.deepEqual(waysTo(DIRECT, at("https://hub.example.org/lab"), null), [])
})

test("an editor finds its kernel's ports by itself", () => {
  const editor = {protocol: "vscode-webview:", hostname: "1a2b3c"}
  assert.deepEqual(waysTo(DIRECT, editor, null), [DIRECT])
})

test("Jupyter says where its own server is", () => {
  const lab = {getElementById: id => id === "jupyter-config-data" && {textContent: '{"baseUrl":"/x/"}'}}
  assert.equal(baseOf(lab), "/x/")
  const older = {getElementById: () => null, body: {dataset: {baseUrl: "/y/"}}}
  assert.equal(baseOf(older), "/y/")
  assert.equal(baseOf({getElementById: () => null, body: {dataset: {}}}), null)
})

test("the first way with an answer is taken, whatever may be read of it", async () => {
  const answers = {
    gone: () => Promise.reject(new TypeError("failed")),
    missing: () => Promise.resolve({ok: false, type: "basic"}),
    other: () => Promise.resolve({ok: false, type: "opaque"}),
    own: () => Promise.resolve({ok: true, type: "basic"}),
  }
  const ask = way => answers[way]()
  assert.equal(await firstOpen(["gone", "missing", "other", "own"], ask), "other")
  assert.equal(await firstOpen(["missing", "own"], ask), "own")
  assert.equal(await firstOpen(["gone", "missing"], ask), undefined)
})
