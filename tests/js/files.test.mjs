import assert from "node:assert/strict"
import test from "node:test"
import {deflateSync} from "node:zlib"
import {load} from "./modules.mjs"

const {KEYWORD, message, textIn} = await load("drawing/files.js")
const {crc32, textOf, withText} = await load("drawing/png.js")
const {fitted, greys, inkOn} = await load("drawing/picture.js")

const bytesOf = text => new TextEncoder().encode(text)
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function chunk(type, data) {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

// A picture of one grey pixel.
const png = new Uint8Array(Buffer.concat([
  Buffer.from(SIGNATURE), chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
  chunk("IDAT", deflateSync(Buffer.from([0, 128]))), chunk("IEND", Buffer.alloc(0)),
]))
const drawing = JSON.stringify({base: null, strokes: [{points: [[1.25, 2]], width: 2.4, erases: false}]})

test("the checksum is that of the specification", () => {
  assert.equal(crc32(bytesOf("123456789")), 0xcbf43926)
  assert.equal(crc32(new Uint8Array()), 0)
})

test("a text goes into a picture before its end, and comes back", () => {
  const made = withText(png, "a word", drawing)
  assert.equal(textOf(made, "a word"), drawing)
  assert.deepEqual(made.subarray(0, png.length - 12), png.subarray(0, png.length - 12))
  assert.deepEqual(made.subarray(-12), png.subarray(-12))
  assert.deepEqual(made.subarray(png.length - 12, -12), new Uint8Array(chunk("tEXt", Buffer.from(`a word\0${drawing}`))))
})

test("what has no such text, is cut off or is no picture has none", () => {
  const made = withText(png, "a word", drawing)
  assert.equal(textOf(made, "another"), null)
  assert.equal(textOf(png, "a word"), null)
  assert.equal(textOf(bytesOf(drawing), "a word"), null)
  for (let length = 0; length < png.length; length++)
    assert.equal(textOf(made.subarray(0, length), "a word"), null)
})

test("only what is text is sent as text", () => {
  assert.equal(textIn(bytesOf("Größe\n")), "Größe\n")
  assert.equal(textIn(png), null)
  assert.equal(textIn(Uint8Array.of(0xff, 0xfe)), null)
  assert.equal(textIn(bytesOf("a\u0001")), null)
  assert.equal(textIn(new Uint8Array(600_001).fill(32)), null)
})

test("of a file the server is told name, size, how it begins, and the drawing in it", async () => {
  const said = await message(new File([drawing], "one.json"))
  assert.deepEqual(said, {
    type: "open", file: "one.json", size: drawing.length, head: btoa(drawing), text: drawing, scaled: false,
  })
  const saved = await message(new File([withText(png, KEYWORD, drawing)], "one.png"))
  assert.equal(saved.text, drawing)
})

test("a picture that cannot be decoded is told by its beginning alone", async () => {
  globalThis.createImageBitmap = () => Promise.reject(new Error("not decoded"))
  const said = await message(new File([Uint8Array.from({length: 9000}, (_, i) => i)], "noise.bin"))
  assert.deepEqual([said.text, said.size, atob(said.head).length], [null, 9000, 4096])
  const large = await message(new File([new Uint8Array(8_000_001)], "zeros.png"))
  assert.deepEqual([large.text, large.size, atob(large.head).length], [null, 8_000_001, 4096])
  assert.equal((await message(new File([], "nothing.json"))).head, "")
})

test("a picture keeps its shape, in whole blocks", () => {
  assert.deepEqual(fitted(28, 28, 28, 1), {columns: 28, rows: 28, fineness: 1})
  assert.deepEqual(fitted(400, 200), {columns: 28, rows: 14, fineness: 8})
  assert.deepEqual(fitted(1, 5000), {columns: 1, rows: 28, fineness: 8})
})

test("a block is as grey as its pixels are on average", () => {
  const rgba = values => values.flatMap(value => [value, value, value, 255])
  const data = rgba([0, 255, 255, 255, 0, 0, 255, 255])
  assert.deepEqual(greys(data, {columns: 2, rows: 1, fineness: 2}), [[0.25, 1]])
  assert.deepEqual(greys(data, {columns: 4, rows: 2, fineness: 1})[0], [0, 1, 1, 1])
})

test("light ink stays, dark ink on paper is turned over, and both stand in the middle", () => {
  const light = inkOn([[0, 0, 0], [0, 0.75, 0], [0, 0, 0]])
  const dark = inkOn([[1, 1, 1], [1, 0.25, 1], [1, 1, 1]])
  assert.deepEqual(light, dark)
  assert.equal(light[13][13], 0.75)
  assert.equal(light.flat().filter(ink => ink > 0).length, 1)
  assert.deepEqual([light.length, light[0].length], [28, 28])
})
