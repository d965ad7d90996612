import "./elements.mjs"
import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {componentOf} = await load("transport/bundle.js")

test("a component is taken from its bundle by its name", async () => {
  const [quiz, panel] = [{render: () => "quiz"}, {render: () => "panel"}]
  const bundle = {default: {Quiz: quiz, EditPanel: panel}}
  assert.equal(await componentOf(async () => bundle, "EditPanel"), panel)
})

test("a bundle that cannot be loaded is said in its place, with a way to load it", async t => {
  const logged = t.mock.method(console, "error", () => {})
  const reload = t.mock.fn()
  const error = new TypeError("Failed to fetch")
  const box = (await componentOf(() => Promise.reject(error), "EditPanel", reload)).render()
  assert.equal(box.attributes.role, "alert")
  assert.match(box.all("p")[0].textContent, /could not be loaded/)
  box.all("button")[0].fire("click")
  assert.equal(reload.mock.callCount(), 1)
  assert.deepEqual(logged.mock.calls[0].arguments, [error])
})
