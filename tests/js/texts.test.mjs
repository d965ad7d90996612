import assert from "node:assert/strict"
import {readFile} from "node:fs/promises"
import test from "node:test"
import {load} from "./modules.mjs"

const {number, scientific, significant, text} = await load("browser/texts.js")

test("a text has its values in their places", () => {
  assert.equal(text("pupil.voted", {vote: 4, digit: 7}), "You voted 4, the network says 7.")
})

test("a number chooses the plural form, and thousands are set apart", () => {
  assert.equal(text("stage.weights", {count: 1}), "1 weight")
  assert.equal(text("stage.weights", {count: 12544}), "12,544 weights")
})

test("an unknown text and a missing value are errors, not blanks", () => {
  assert.throws(() => text("page.nothing"), /page\.nothing/)
  assert.throws(() => text("pupil.voted", {vote: 4}), /digit/)
})

test("numbers have the digits that are asked for", () => {
  assert.equal(number(0.5, 2), "0.50")
  assert.equal(significant(0.012345, 3), "0.0123")
  assert.equal(significant(0, 3), "0.00")
  assert.equal(significant(1.5e-9, 3), "1.50E-9")
})

test("browser and server write numbers alike", async () => {
  const file = new URL("../../explorer/texts/en.json", import.meta.url)
  const catalogue = JSON.parse(await readFile(file, "utf8"))
  const [thousands, point] = [catalogue["number.thousands"], catalogue["number.point"]]
  assert.equal(number(1234567.5, 2), `1${thousands}234${thousands}567${point}50`)
})

test("a very small number is written as a power of ten", () => {
  assert.equal(scientific(0.000012, 1), "1.2e-5")
})
