// What is it reacting to: the pictures, each with its scale and one sentence.

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
  const text = document.createElement("p")
  const box = document.createElement("figure")
  box.append(canvas, text)
  return {box, canvas, text}
}

function show({box, canvas, text}, image, colours, sentence) {
  box.hidden = image === null
  if (image === null) return
  const bytes = painted(image.pixels, colours)
  canvas.getContext("2d").putImageData(new ImageData(bytes, SIDE, SIDE), 0, 0)
  text.textContent = sentence(image)
}

export function render({model}) {
  const product = picture("Weights times input, pixel by pixel")
  const gradient = picture("The slope of z by every pixel")
  const update = () => {
    const {content, colours} = model
    if (content.product === undefined) return
    show(product, content.product, colours, ({sum, largest}) =>
      `weights × input: what it is reacting to now. All 784 products add up to ` +
      `${sum.toPrecision(7)}; brightest at ±${largest.toFixed(2)}, as in the weights.`)
    show(gradient, content.gradient, colours, ({largest}) =>
      `∂z/∂pixel: what a little more ink at each pixel would do to z, exact for this drawing ` +
      `and small changes of it; brightest at ±${largest.toPrecision(3)}.`)
  }
  model.on("content", () => afterFrame(update))
  update()
  const box = document.createElement("div")
  box.append(product.box, gradient.box)
  return box
}
