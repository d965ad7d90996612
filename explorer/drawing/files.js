// Files to open. A drawing is read here, from JSON or from a picture that holds one; other pictures
// go to the server as grey pixels. Of everything else it is told how it begins, and says what it is.

import {bytesOf, lettersOf} from "../browser/bytes.js"
import {textOf} from "./png.js"
import {pictureIn} from "./picture.js"

// What a picture that is saved here calls the drawing in it.
export const KEYWORD = "neuron-explorer drawing"

const LARGEST_PICTURE = 20_000_000
const LONGEST_TEXT = 600_000
const HEAD = 4096

// What no text has; it would be six times as long in a message.
const CONTROLS = /[\0-\x08\x0e-\x1f]/

// Networks by the names of their files; JSON and text may be one as well.
const NETWORK = /\.(npz|npy|safetensors|onnx|keras|h5|hdf5|mat|csv|tsv|pt|pth|ckpt|pkl|pickle|joblib|pb|tflite)$/i
const TEXT = /\.(json|txt|dat)$/i
const NUMBERS = /^[-+.,;\deE\s]*\d[-+.,;\deE\s]*$/

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

// What the server is told of a file: the drawing in it, a picture to look for digits in, or how it
// begins.
export async function message(file) {
  const isRead = file.size <= LARGEST_PICTURE
  const bytes = new Uint8Array(await (isRead ? file : file.slice(0, HEAD)).arrayBuffer())
  const written = isRead ? textIn(bytes) ?? savedIn(bytes) : null
  const picture = isRead && written === null ? await pictureIn(file) : null
  if (picture?.grey) return {type: "picture", file: file.name, ...picture}
  const text = picture ? JSON.stringify(picture.drawing) : written
  return {type: "open", file: file.name, size: file.size, head: btoa(lettersOf(bytes.subarray(0, HEAD))), text}
}

// Whether these are the files of a network, which are opened elsewhere.
export async function areNetwork(files) {
  const found = await Promise.all(files.map(file =>
    NETWORK.test(file.name) || TEXT.test(file.name) && holdsNumbers(file)))
  return found.includes(true)
}

// Whether a file of JSON or text holds numbers and names, and no drawing.
async function holdsNumbers(file) {
  if (file.size > LONGEST_TEXT) return true
  const text = textIn(new Uint8Array(await file.arrayBuffer()))
  if (text === null) return false
  try {
    const value = JSON.parse(text)
    return isStructure(value) && !("strokes" in value) && (Array.isArray(value) || Object.values(value).some(isStructure))
  } catch {
    return NUMBERS.test(text.slice(0, HEAD))
  }
}

const isStructure = value => typeof value === "object" && value !== null

function savedIn(bytes) {
  const saved = textOf(bytes, KEYWORD)
  return saved === null ? null : textIn(bytesOf(saved))
}
