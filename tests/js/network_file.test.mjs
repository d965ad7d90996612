import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {messages} = await load("edit/network_file.js")

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
