// Images of 28 × 28 pixels, row by row, that are painted pixel by pixel.

import {element} from "./dom.js"

export const SIDE = 28

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
