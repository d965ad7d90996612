// Images of 28 × 28 pixels, row by row, that are painted pixel by pixel.

import {element} from "./dom.js"
import {clip} from "./numbers.js"

export const SIDE = 28
const PIXELS = SIDE * SIDE
const GAP = 0.02  // of the width of all tiles

// One array for each image, of the pixels of several in a row.
export const imagesIn = pixels => Array.from({length: pixels.length / PIXELS}, (_, i) =>
  pixels.subarray(PIXELS * i, PIXELS * (i + 1)))

// Rows of the palette of 255 colours for values from -full to full, and for those beyond.
export const signedShades = (values, full) =>
  Array.from(values, value => Math.round(127 * (1 + clip(value / full, -1, 1))))

// Where tiles stand in a square of this many pixels: the columns, their side, their pitch.
export function tiling(count, size) {
  const columns = Math.ceil(Math.sqrt(count))
  const gap = GAP * size
  const side = (size - gap) / columns - gap
  return {columns, side, place: at => gap + at * (side + gap)}
}

// RGBA bytes of an image in shades of grey, 0-255.
export function grey(pixels) {
  const bytes = new Uint8ClampedArray(4 * pixels.length).fill(255)
  pixels.forEach((shade, i) => bytes.fill(shade, 4 * i, 4 * i + 3))
  return bytes
}

// RGBA bytes of an image whose pixels are rows of a table of colours: three numbers each.
export function coloured(shades, colours) {
  const bytes = new Uint8ClampedArray(4 * shades.length).fill(255)
  shades.forEach((shade, i) => {
    for (let channel = 0; channel < 3; channel++)
      bytes[4 * i + channel] = colours[3 * shade + channel]
  })
  return bytes
}

// A canvas for an image, which a screen reader calls `label`; without one, it is part of another.
export function imageCanvas(label = null) {
  const canvas = element("canvas", {width: SIDE, height: SIDE})
  if (label !== null) {
    canvas.setAttribute("role", "img")
    canvas.setAttribute("aria-label", label)
  }
  return canvas
}

// Put these bytes on such a canvas, which is returned.
export function paint(canvas, bytes) {
  canvas.getContext("2d").putImageData(new ImageData(bytes, SIDE, SIDE), 0, 0)
  return canvas
}

// A canvas with an image of 784 shades of grey, 0-255, that is part of another element.
export const imageOf = pixels => paint(imageCanvas(), grey(pixels))
