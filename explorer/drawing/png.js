// Texts in PNG files: a drawing that is saved as a picture keeps its strokes in one.

import {bytesOf, lettersOf} from "../browser/bytes.js"

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const FRAME = 12  // bytes of a chunk beside its data: length, type and checksum

// The checksum of a chunk.
export function crc32(bytes) {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

function chunk(type, data) {
  const made = new Uint8Array(FRAME + data.length)
  const view = new DataView(made.buffer)
  view.setUint32(0, data.length)
  made.set(bytesOf(type), 4)
  made.set(data, 8)
  view.setUint32(8 + data.length, crc32(made.subarray(4, 8 + data.length)))
  return made
}

// The chunks of a file, as far as it goes: type, data, and where each begins.
function* chunks(bytes) {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let start = SIGNATURE.length; start + FRAME <= bytes.length;) {
    const end = start + 8 + view.getUint32(start)
    yield {type: lettersOf(bytes.subarray(start + 4, start + 8)), data: bytes.subarray(start + 8, end), start}
    start = end + 4
  }
}

// The file with one more text, in letters of one byte, under a keyword.
export function withText(bytes, keyword, text) {
  const {start} = [...chunks(bytes)].find(({type}) => type === "IEND")
  const added = chunk("tEXt", bytesOf(`${keyword}\0${text}`))
  const made = new Uint8Array(bytes.length + added.length)
  made.set(bytes.subarray(0, start))
  made.set(added, start)
  made.set(bytes.subarray(start), start + added.length)
  return made
}

// The text under a keyword; null in a file without it, and in one of another kind.
export function textOf(bytes, keyword) {
  for (const {type, data} of chunks(bytes)) {
    const at = data.indexOf(0)
    if (type === "tEXt" && lettersOf(data.subarray(0, at)) === keyword) return lettersOf(data.subarray(at + 1))
  }
  return null
}
