// What is it reacting to: the pictures, each with its scale and one sentence.

import {number, significant, text} from "../browser/texts.js"

const SIDE = 28

// The circles are painted first: what explains them follows in the same breath, after the frame.
const afterFrame = task => requestAnimationFrame(() => setTimeout(task))

// RGBA bytes of a picture whose pixels are rows of the palette.
export function painted(pixels, colours) {
  const bytes = new Uint8ClampedArray(4 * pixels.length).fill(255)
  pixels.forEach((shade, i) => {
    for (let channel = 0; channel < 3; channel++) bytes[4 * i + channel] = colours[3 * shade + channel]
  })
  return bytes
}

function picture(name) {
  const canvas = Object.assign(document.createElement("canvas"), {width: SIDE, height: SIDE})
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", name)
  const words = document.createElement("p")
  const box = document.createElement("figure")
  box.append(canvas, words)
  return {box, canvas, words}
}

function show({box, canvas, words}, image, colours, sentence) {
  box.hidden = image === null
  if (image === null) return
  const bytes = painted(image.pixels, colours)
  canvas.getContext("2d").putImageData(new ImageData(bytes, SIDE, SIDE), 0, 0)
  words.textContent = sentence(image)
}

export function render({model}) {
  const product = picture(text("saliency.product"))
  const gradient = picture(text("saliency.gradient"))
  const update = () => {
    const {content, colours} = model
    if (content.product === undefined) return
    show(product, content.product, colours, ({sum, largest}) =>
      text("saliency.product_text", {sum: significant(sum, 7), largest: number(largest, 2)}))
    show(gradient, content.gradient, colours, ({largest}) =>
      text("saliency.gradient_text", {largest: significant(largest, 3)}))
  }
  model.on("content", () => afterFrame(update))
  update()
  const box = document.createElement("div")
  box.append(product.box, gradient.box)
  return box
}
