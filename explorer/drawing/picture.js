// A picture as a drawing: whatever the browser can decode, as 28 × 28 pixels of ink.

import {element} from "../browser/dom.js"
import {SIZE} from "./ink.js"

const FINENESS = 8  // of larger pictures, so many rows and columns become one

// How large a picture is when its longer side is `side` blocks of `fineness` pixels: whole blocks.
export function fitted(width, height, side = SIZE, fineness = FINENESS) {
  const blocks = length => Math.max(1, Math.round(side * length / Math.max(width, height)))
  return {columns: blocks(width), rows: blocks(height), fineness}
}

// Means of blocks of grey, 0-1, row by row, from the bytes of RGBA pixels.
export function greys(data, {columns, rows, fineness}) {
  const means = Array.from({length: rows}, () => Array(columns).fill(0))
  const width = columns * fineness
  for (let i = 0; i < width * rows * fineness; i++) {
    const grey = (data[4 * i] + data[4 * i + 1] + data[4 * i + 2]) / 765
    means[Math.floor(i / width / fineness)][Math.floor(i % width / fineness)] += grey / fineness ** 2
  }
  return means
}

// Ink on a pad, from rows of grey: light ink on a dark ground, or dark ink on light paper, as the
// rim tells.
export function inkOn(rows) {
  const rim = [...rows[0], ...rows.at(-1), ...rows.flatMap(row => [row[0], row.at(-1)])]
  const isPaper = rim.reduce((sum, grey) => sum + grey, 0) / rim.length > 0.5
  const [top, left] = [rows.length, rows[0].length].map(length => Math.floor((SIZE - length) / 2))
  const pad = Array.from({length: SIZE}, () => Array(SIZE).fill(0))
  rows.forEach((row, y) => row.forEach((grey, x) => {
    pad[top + y][left + x] = Math.round(1e4 * (isPaper ? 1 - grey : grey)) / 1e4
  }))
  return pad
}

// The drawing in a picture file and whether it had another size; null if it cannot be decoded.
export async function drawingOf(file) {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (bitmap === null) return null
  const isPad = bitmap.width === SIZE && bitmap.height === SIZE
  const size = fitted(bitmap.width, bitmap.height, SIZE, isPad ? 1 : FINENESS)
  const [width, height] = [size.columns, size.rows].map(blocks => blocks * size.fineness)
  const context = element("canvas", {width, height}).getContext("2d", {willReadFrequently: true})
  context.fillStyle = "#fff"  // what shines through is taken for paper
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = "high"
  context.drawImage(bitmap, 0, 0, width, height)
  const base = inkOn(greys(context.getImageData(0, 0, width, height).data, size))
  return {drawing: {base, strokes: []}, isScaled: !isPad}
}
