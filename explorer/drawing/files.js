// Files to open. A drawing is read here, from JSON or from a picture; of everything else the server
// is told how it begins, and says what it is.

import {bytesOf, lettersOf} from "../browser/bytes.js"
import {textOf} from "./png.js"
import {drawingOf} from "./picture.js"

// What a picture that is saved here calls the drawing in it.
export const KEYWORD = "neuron-explorer drawing"

const LARGEST_PICTURE = 8_000_000
const LONGEST_TEXT = 600_000
const HEAD = 4096

// What no text has; it would be six times as long in a message.
const CONTROLS = /[\0-\x08\x0e-\x1f]/

// The text in these bytes; null if they are none, or too many to be a drawing.
export function textIn(bytes) {
  if (bytes.length > LONGEST_TEXT) return null
  try {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(bytes)
    return CONTROLS.test(text) ? null : text
  } catch {
    return null
  }
}

// What the server is told of a file.
export async function message(file) {
  const isRead = file.size <= LARGEST_PICTURE
  const bytes = new Uint8Array(await (isRead ? file : file.slice(0, HEAD)).arrayBuffer())
  const found = isRead ? await content(file, bytes) : NOTHING
  return {type: "open", file: file.name, size: file.size, head: btoa(lettersOf(bytes.subarray(0, HEAD))), ...found}
}

const NOTHING = {text: null, scaled: false}

// The text of what may be a drawing, and whether it was a picture of another size.
async function content(file, bytes) {
  const text = textIn(bytes) ?? savedIn(bytes)
  if (text !== null) return {text, scaled: false}
  const picture = await drawingOf(file)
  return picture === null ? NOTHING : {text: JSON.stringify(picture.drawing), scaled: picture.isScaled}
}

function savedIn(bytes) {
  const saved = textOf(bytes, KEYWORD)
  return saved === null ? null : textIn(bytesOf(saved))
}
