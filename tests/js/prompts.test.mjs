import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {Prompts} = await load("page/prompts.js")

test("prompts come one after the other, and each is gone once it is done", () => {
  const prompts = new Prompts([])
  assert.equal(prompts.next(), "Draw a digit")
  assert.equal(prompts.hear("selected", true), true)
  assert.equal(prompts.next(), "Draw a digit")
  assert.equal(prompts.hear("stroke-answered", null), true)
  assert.equal(prompts.next(), "Press play")
  assert.equal(prompts.hear("stroke-answered", null), false)
  prompts.hear("play", null)
  assert.equal(prompts.next(), null)
})

test("to deselect is not to select, and what was done before does not come back", () => {
  const prompts = new Prompts(["stroke-answered"])
  assert.equal(prompts.next(), "Click a circle")
  assert.equal(prompts.hear("selected", false), false)
  assert.equal(prompts.next(), "Click a circle")
})

test("who draws for a network that does not read digits is not asked for one", () => {
  assert.equal(new Prompts([]).next(false), "Draw something")
})
