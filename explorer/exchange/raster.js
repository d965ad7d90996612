// Vectors as pixels, and canvases as files.

import {element} from "../browser/dom.js"

// The most pixels that a canvas has on every machine.
const MOST = 16_000_000

// How many times as large as on the page a picture is, if not as large as asked for.
export const scaleWithin = (wanted, width, height, most = MOST) =>
  Math.min(wanted, Math.sqrt(most / (width * height)))

export const svgBlob = markup => new Blob([markup], {type: "image/svg+xml"})

// A picture as PNG; null if the browser cannot make one.
export async function rasterised({markup, width, height}) {
  const address = URL.createObjectURL(svgBlob(markup))
  try {
    const image = element("img", {src: address})
    await image.decode()
    const canvas = element("canvas", {width, height})
    canvas.getContext("2d").drawImage(image, 0, 0, width, height)
    return await png(canvas)
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(address)
  }
}

export const png = canvas => new Promise(done => canvas.toBlob(done, "image/png"))
