import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {messages, messagesOfAll} = await load("browser/upload.js")

async function all(file) {
  const said = []
  for await (const message of messages(file)) said.push(message)
  return said
}

const named = (bytes, name = "net.npz") => new File([bytes], name)

test("a file goes out in pieces that are all of it, in its order", async () => {
  const bytes = Uint8Array.from({length: 700_001}, (_, i) => i % 251)
  const [begin, ...pieces] = await all(named(bytes))
  assert.deepEqual(begin, {type: "begin", file: "net.npz", size: 700_001})
  assert.equal(pieces.length, 3)
  const decoded = pieces.map(({content}) => Buffer.from(content, "base64"))
  assert.deepEqual(Buffer.concat(decoded), Buffer.from(bytes))
  let start = 0
  for (const [i, piece] of pieces.entries()) {
    assert.equal(piece.start, start)
    start += decoded[i].length
  }
})

test("of an empty file, and of one that is too large, no piece goes out", async () => {
  assert.equal((await all(named(new Uint8Array()))).length, 1)
  assert.equal((await all({name: "huge.npz", size: 10_000_001})).length, 1)
})

test("files that belong together go out one after the other, each by its number", async () => {
  const said = []
  for await (const message of messagesOfAll([named(new Uint8Array(400_000), "model.json"), named(new Uint8Array(9), "a.bin")]))
    said.push(message)
  assert.deepEqual(said.shift(), {type: "begin", files: [["model.json", 400_000], ["a.bin", 9]]})
  assert.deepEqual(said.map(({type, file, start}) => [type, file, start]),
    [["piece", 0, 0], ["piece", 0, 300_000], ["piece", 1, 0]])
})

test("of files that are too large together, no piece goes out", async () => {
  const said = []
  for await (const message of messagesOfAll([{name: "a", size: 6_000_000}, {name: "b", size: 6_000_000}])) said.push(message)
  assert.equal(said.length, 1)
})
