import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {caption, styleOf, summary} = await load("drawing/picture_sheet.js")

test("a digit says what the network makes of it, and whether that counts", () => {
  assert.equal(caption({digit: 3, output: 0.981, sure: true}), "3 · 0.98")
  assert.equal(caption({digit: 8, output: 0.2, sure: false}), "no digit? 8 · 0.20")
})

test("it is said how many digits there are, and that there are more", () => {
  assert.equal(summary({digits: [{}], left_out: 0}), "1 digit found; it is on the pad.")
  assert.equal(summary({digits: [{}, {}], left_out: 0}), "2 digits found; the chosen one is on the pad.")
  assert.equal(summary({digits: [{}, {}], left_out: 3}), "The first 2 of 5 digits; the chosen one is on the pad.")
})

test("a box stands where its digit is in the picture", () => {
  assert.deepEqual(styleOf([0.25, 0.5, 0.5, 0.25]), {left: "50%", top: "62.5%", width: "50%", height: "25%"})
})
