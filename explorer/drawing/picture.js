// A picture file as pixels: whatever the browser can decode, upright as its EXIF data says, made
// small, and in the one shade of grey that tells most. Everything else the server does.

import {element} from "../browser/dom.js"
import {lettersOf} from "../browser/bytes.js"
import {SIZE} from "./ink.js"

const LONGEST = 640  // as `core.pictures.LONGEST_SIDE`
const ROUNDS = 16
const WHITE = 255

// How large a picture is that is at most `longest` pixels wide and high.
export function sizeWithin(width, height, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height))
  const scaled = length => Math.max(1, Math.round(scale * length))
  return {width: scaled(width), height: scaled(height)}
}

// The sizes through which a picture becomes small. Some browsers leave out pixels, and with them thin
// lines, where it becomes less than half as wide at once.
export function sizesDownTo(width, height, target) {
  const sizes = []
  for (let [w, h] = [width / 2, height / 2]; w > target.width; [w, h] = [w / 2, h / 2])
    sizes.push({width: Math.ceil(w), height: Math.max(1, Math.ceil(h))})
  return [...sizes, target]
}

// The bytes of the RGBA pixels of a bitmap of another size.
function pixelsOf(bitmap, target) {
  let [image, context] = [bitmap, null]
  for (const size of sizesDownTo(bitmap.width, bitmap.height, target)) {
    context = element("canvas", size).getContext("2d", {willReadFrequently: true})
    context.imageSmoothingQuality = "high"
    context.drawImage(image, 0, 0, size.width, size.height)
    image = context.canvas
  }
  return context.getImageData(0, 0, target.width, target.height).data
}

// What shines through becomes paper, white under dark ink and black under light.
export function onPaper(data) {
  let [light, opaque] = [0, 0]
  for (let i = 0; i < data.length; i += 4) {
    light += (data[i] + data[i + 1] + data[i + 2]) / 3 * data[i + 3]
    opaque += data[i + 3]
  }
  const isWhole = opaque === WHITE * data.length / 4
  return isWhole ? data : over(data, light > opaque * WHITE / 2 ? 0 : WHITE)
}

function over(data, paper) {
  return data.map((value, i) => {
    const alpha = data[i - i % 4 + 3]
    return i % 4 === 3 ? WHITE : (value * alpha + paper * (WHITE - alpha)) / WHITE
  })
}

// The shares of red, green and blue in the grey that differs most from pixel to pixel: their first
// principal component. So red ink on green paper is seen as well.
export function shares(data) {
  const covariance = covarianceOf(data)
  let axis = [1, 1, 1]
  for (let round = 0; round < ROUNDS; round++) {
    const next = covariance.map(row => row.reduce((sum, each, i) => sum + each * axis[i], 0))
    const size = Math.hypot(...next)
    if (size < 1e-9) break
    axis = next.map(each => each / size)
  }
  const sum = axis.reduce((all, each) => all + each, 0)
  const whole = axis.reduce((all, each) => all + Math.abs(each), 0) * (sum < 0 ? -1 : 1)
  return axis.map(each => each / whole)
}

function covarianceOf(data) {
  const count = data.length / 4
  const mean = [0, 1, 2].map(channel => {
    let sum = 0
    for (let i = channel; i < data.length; i += 4) sum += data[i]
    return sum / count
  })
  return [0, 1, 2].map(one => [0, 1, 2].map(other => {
    let sum = 0
    for (let i = 0; i < data.length; i += 4)
      sum += (data[i + one] - mean[one]) * (data[i + other] - mean[other])
    return sum / count
  }))
}

// The grey bytes of RGBA pixels.
export function greyOf(data) {
  const opaque = onPaper(data)
  const [red, green, blue] = shares(opaque)
  const least = WHITE * [red, green, blue].reduce((sum, each) => sum + Math.min(each, 0), 0)
  return Uint8Array.from({length: data.length / 4}, (_, i) => Math.round(
    red * opaque[4 * i] + green * opaque[4 * i + 1] + blue * opaque[4 * i + 2] - least))
}

// Ink on a pad, 0-1, from grey bytes, as many as it has pixels: light ink on a dark ground, or dark
// ink on light paper, as the rim tells.
export function inkOn(bytes) {
  const rows = Array.from({length: SIZE}, (_, y) => [...bytes.subarray(SIZE * y, SIZE * (y + 1))])
  const rim = [...rows[0], ...rows.at(-1), ...rows.flatMap(row => [row[0], row.at(-1)])]
  const isPaper = rim.reduce((sum, grey) => sum + grey, 0) / rim.length > WHITE / 2
  return rows.map(row => row.map(grey =>
    Math.round(1e4 * (isPaper ? WHITE - grey : grey) / WHITE) / 1e4))
}

// What is in a picture file: its drawing if it is of the pad's size, else its grey pixels; null if it
// cannot be decoded.
export async function pictureIn(file) {
  const bitmap = await createImageBitmap(file, {imageOrientation: "from-image"}).catch(() => null)
  if (bitmap === null) return null
  const size = sizeWithin(bitmap.width, bitmap.height)
  const bytes = greyOf(pixelsOf(bitmap, size))
  if (size.width === SIZE && size.height === SIZE) return {drawing: {base: inkOn(bytes), strokes: []}}
  return {...size, grey: btoa(lettersOf(bytes))}
}
