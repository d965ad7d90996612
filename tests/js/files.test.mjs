import assert from "node:assert/strict"
import test from "node:test"
import {deflateSync} from "node:zlib"
import {load} from "./modules.mjs"

const {KEYWORD, areNetwork, message, textIn} = await load("drawing/files.js")
const {crc32, textOf, withText} = await load("drawing/png.js")
const {greyOf, inkOn, onPaper, sizesDownTo, sizeWithin} = await load("drawing/picture.js")

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
    type: "open", file: "one.json", size: drawing.length, head: btoa(drawing), text: drawing,
  })
  const saved = await message(new File([withText(png, KEYWORD, drawing)], "one.png"))
  assert.equal(saved.text, drawing)
})

test("a picture that cannot be decoded is told by its beginning alone", async () => {
  globalThis.createImageBitmap = () => Promise.reject(new Error("not decoded"))
  const said = await message(new File([Uint8Array.from({length: 9000}, (_, i) => i)], "noise.bin"))
  assert.deepEqual([said.text, said.size, atob(said.head).length], [null, 9000, 4096])
  const large = await message(new File([new Uint8Array(20_000_001)], "zeros.png"))
  assert.deepEqual([large.text, large.size, atob(large.head).length], [null, 20_000_001, 4096])
  assert.equal((await message(new File([], "nothing.json"))).head, "")
})

test("a picture keeps its shape, and becomes small in steps of a half", () => {
  assert.deepEqual(sizeWithin(400, 200), {width: 400, height: 200})
  assert.deepEqual(sizeWithin(4000, 3000), {width: 640, height: 480})
  assert.deepEqual(sizeWithin(1, 5000), {width: 1, height: 640})
  const small = {width: 640, height: 480}
  assert.deepEqual(sizesDownTo(4000, 3000, small), [{width: 2000, height: 1500}, {width: 1000, height: 750}, small])
  assert.deepEqual(sizesDownTo(640, 480, small), [small])
})

const rgba = (...pixels) => Uint8ClampedArray.from(pixels.flatMap(([r, g, b, a = 255]) => [r, g, b, a]))

test("grey stays grey, and colours of one brightness are told apart", () => {
  assert.deepEqual([...greyOf(rgba([0, 0, 0], [100, 100, 100], [255, 255, 255]))], [0, 100, 255])
  assert.deepEqual([...greyOf(rgba([7, 7, 7], [7, 7, 7]))], [7, 7])
  const [red, green] = greyOf(rgba([200, 0, 0], [0, 120, 0], [0, 120, 0], [0, 120, 0]))
  assert.ok(Math.abs(red - green) > 150)
})

test("what shines through is white under dark ink, and black under light", () => {
  assert.deepEqual([...onPaper(rgba([0, 0, 0, 0], [0, 0, 0, 255]))], [...rgba([255, 255, 255], [0, 0, 0])])
  assert.deepEqual([...onPaper(rgba([0, 0, 0, 0], [255, 255, 255, 255]))], [...rgba([0, 0, 0], [255, 255, 255])])
  assert.deepEqual([...onPaper(rgba([10, 20, 30]))], [10, 20, 30, 255])
})

test("light ink stays, and dark ink on paper is turned over", () => {
  const light = new Uint8Array(28 * 28)
  light[28 * 13 + 13] = 51
  const pad = inkOn(light)
  assert.deepEqual(inkOn(light.map(grey => 255 - grey)), pad)
  assert.equal(pad[13][13], 0.2)
  assert.equal(pad.flat().filter(ink => ink > 0).length, 1)
})

// As much of a canvas as a picture needs to be decoded: every pixel of a bitmap is its `shade`.
function drawBitmapsOf(size, shade) {
  globalThis.createImageBitmap = (_, how) => Promise.resolve({...size, how})
  const getImageData = (x, y, width, height) => ({data: new Uint8ClampedArray(4 * width * height).fill(shade)})
  const getContext = () => ({drawImage() {}, getImageData, canvas: {}})
  globalThis.document = {createElement: () => ({getContext, append() {}})}
}

test("a picture goes to the server as grey pixels, unless it is of the pad's size", async () => {
  drawBitmapsOf({width: 1280, height: 960}, 255)
  const said = await message(new File([png], "photo.png"))
  assert.deepEqual([said.type, said.file, said.width, said.height], ["picture", "photo.png", 640, 480])
  assert.equal(atob(said.grey).length, 640 * 480)
  drawBitmapsOf({width: 28, height: 28}, 255)
  const opened = await message(new File([png], "digit.png"))
  assert.deepEqual([opened.type, JSON.parse(opened.text).base.flat().every(ink => ink === 0)], ["open", true])
})

const isNetwork = (name, content = "") => areNetwork([new File([content], name)])

test("networks are told from drawings and pictures by their names", async () => {
  for (const name of ["net.npz", "NET.NPZ", "a.safetensors", "m.onnx", "m.keras", "m.h5", "Theta.mat", "w.csv", "net.pt"])
    assert.equal(await isNetwork(name), true, name)
  for (const name of ["seven.png", "photo.jpg", "a.pdf", "npz", "notes.docx"])
    assert.equal(await isNetwork(name), false, name)
})

test("of JSON and text, what holds numbers and no drawing is a network", async () => {
  for (const content of ["[[0.5, 1]]", '{"sizes": [784, 10], "weights": []}', '{"layers": [{}]}', `[${"0,".repeat(400_000)}0]`])
    assert.equal(await isNetwork("net.json", content), true, content.slice(0, 30))
  for (const content of [drawing, drawing.slice(0, 30), "{}", '{"title": "x"}', "7", "null", "words", ""])
    assert.equal(await isNetwork("net.json", content), false, content)
  assert.equal(await isNetwork("flat.txt", "0.5 -1e-3\n2,5;7"), true)
  assert.equal(await isNetwork("letter.txt", "Dear Anna"), false)
})

test("a network in several files is one, whichever comes first", async () => {
  assert.equal(await areNetwork([new File(["[1]"], "model.json"), new File(["\0"], "group1.bin")]), true)
  assert.equal(await areNetwork([new File(["\0"], "group1.bin"), new File(['{"modelTopology": {}}'], "model.json")]), true)
})
