import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {coloured, grey, imagesIn, signedShades, tiling} = await load("browser/images.js")
const {digitRow, pressDigits} = await load("browser/digits.js")

test("a shade of grey is the same in all three channels, and opaque", () => {
  assert.deepEqual([...grey([0, 128, 255])], [0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255])
})

test("a pixel has the colour of its row in the table", () => {
  const colours = [1, 2, 3, 4, 5, 6]
  assert.deepEqual([...coloured([1, 0], colours)], [4, 5, 6, 255, 1, 2, 3, 255])
})

test("values from -full to full have the colours of the palette, and those beyond its ends", () => {
  assert.deepEqual(signedShades([-2, -1, 0, 1, 2, 9], 2), [0, 64, 127, 191, 254, 254])
  assert.deepEqual(signedShades([-2, 9], -2), [254, 0])
})

test("images come one after the other", () => {
  const pixels = Uint8Array.from({length: 2 * 784}, (_, i) => i < 784 ? 1 : 254)
  assert.deepEqual(imagesIn(pixels).map(each => [each.length, each[0], each.at(-1)]), [[784, 1, 1], [784, 254, 254]])
})

test("every tile has its place in the square, and none lies over another", () => {
  for (const count of [10, 16, 64]) {
    const {columns, side, place} = tiling(count, 300)
    assert.ok(columns * columns >= count)
    assert.ok(place(0) > 0 && place(columns - 1) + side < 300)
    assert.ok(place(1) > place(0) + side)
  }
})

test("each of ten buttons chooses its digit, and shows whether it is pressed", () => {
  const chosen = []
  const {row, buttons} = digitRow("The digit", digit => chosen.push(digit))
  assert.deepEqual(row.attributes, {role: "group", "aria-label": "The digit"})
  row.children.forEach(each => each.fire("click"))
  assert.deepEqual(chosen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  pressDigits(buttons, digit => digit > 7)
  assert.deepEqual(buttons.map(each => each.attributes["aria-pressed"]).slice(6), ["false", "false", "true", "true"])
})
