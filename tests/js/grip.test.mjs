import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {heightAt} = await load("page/grip.js")

test("a sheet is as high as it is drawn, leaves a little above, and goes away at the bottom", () => {
  assert.equal(heightAt(400, 800), 400)
  assert.equal(heightAt(0, 800), 736)
  assert.equal(heightAt(700, 800), null)
})
