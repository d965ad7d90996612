// Square images, row by row, that are painted pixel by pixel: of 28 × 28 pixels if nothing else is said.

import {element} from "./dom.js"
import {clip} from "./numbers.js"

export const SIDE = 28
const GAP = 0.02  // of the width of all tiles

// The side of a square image with so many pixels.
export const sideOf = count => Math.round(Math.sqrt(count))

// One array for each image, of the pixels of several in a row, so many of each.
export const imagesIn = (pixels, each = SIDE * SIDE) => Array.from({length: pixels.length / each}, (_, i) =>
  pixels.subarray(each * i, each * (i + 1)))

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

// Put these bytes on such a canvas, which takes their size and is returned.
export function paint(canvas, bytes) {
  const side = sideOf(bytes.length / 4)
  if (canvas.width !== side) canvas.width = canvas.height = side
  canvas.getContext("2d").putImageData(new ImageData(bytes, side, side), 0, 0)
  return canvas
}

// A canvas with an image in shades of grey, 0-255, that is part of another element.
export const imageOf = pixels => paint(imageCanvas(), grey(pixels))
