// Reads the frames in which the server tells what has changed; `frames.py` describes and writes them.

import {floatsIn} from "../browser/bytes.js"

const VERSION = 1
const HEADER = 16

const texts = new TextDecoder()

// An array of numbers as the server writes it: a list, or 32-bit numbers in base64.
export function numbers(_, value) {
  if (typeof value?.float32 !== "string") return value
  return floatsIn(value.float32)
}

// What a frame (an ArrayBuffer) tells: how many messages were answered, the activations (a view
// of the frame, or null if they are as before), and the values of components and data sources.
export function decode(frame) {
  const header = new DataView(frame)
  if (header.getUint8(0) !== VERSION) throw new RangeError("a frame of another version")
  const [answered, activations, bytes] = [4, 8, 12].map(at => header.getUint32(at, true))
  const text = texts.decode(new Uint8Array(frame, HEADER + 4 * activations, bytes))
  const {components = {}, sources = {}} = text ? JSON.parse(text, numbers) : {}
  return {
    answered,
    activations: activations ? new Float32Array(frame, HEADER, activations) : null,
    components,
    sources,
  }
}
