// Files that are sent piece by piece, for a message can be shorter than a file.

import {lettersOf} from "./bytes.js"

const LARGEST = 10_000_000  // bytes; the server says so of what is larger
const PIECE = 300_000

// The pieces of a file, one after the other.
async function* piecesOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  for (let start = 0; start < bytes.length; start += PIECE)
    yield {type: "piece", start, content: btoa(lettersOf(bytes.subarray(start, start + PIECE)))}
}

// What the server is told of a file, one message after the other.
export async function* messages(file) {
  yield {type: "begin", file: file.name, size: file.size}
  if (file.size <= LARGEST) yield* piecesOf(file)
}

// The same for files that belong together.
export async function* messagesOfAll(files) {
  yield {type: "begin", files: files.map(({name, size}) => [name, size])}
  if (files.reduce((sum, {size}) => sum + size, 0) > LARGEST) return
  for (const [number, file] of files.entries())
    for await (const piece of piecesOf(file)) yield {...piece, file: number}
}
