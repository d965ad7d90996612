import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {optionText} = await load("exchange/network_import.js")

test("a value stands behind the share of digits that are read with it, if that is known", () => {
  assert.equal(optionText(["rows", "row by row", "95.6 %"]), "95.6 %: row by row")
  assert.equal(optionText(["softmax", "softmax", ""]), "softmax")
})
