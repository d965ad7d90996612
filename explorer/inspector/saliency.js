// What is it reacting to: the pictures, each with its scale and one sentence.

import {element} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {coloured, imageCanvas, paint} from "../browser/images.js"
import {number, significant, text} from "../browser/texts.js"

// A picture with its words below; hidden where there is none.
class Picture {
  // `sentence` makes the words of what the server says of the picture.
  constructor(label, sentence) {
    this.sentence = sentence
    this.canvas = imageCanvas(label)
    this.words = element("p")
    this.box = element("figure", {}, this.canvas, this.words)
  }

  show(image, colours) {
    this.box.hidden = image === null
    if (image === null) return
    paint(this.canvas, coloured(image.pixels, colours))
    this.words.textContent = this.sentence(image)
  }
}

const ofProduct = ({pixels, sum, largest}) => text("saliency.product_text",
  {all: number(pixels.length), sum: significant(sum, 7), largest: number(largest, 2)})

const ofGradient = ({largest}) =>
  text("saliency.gradient_text", {largest: significant(largest, 3)})

export function render({model}) {
  const product = new Picture(text("saliency.product"), ofProduct)
  const gradient = new Picture(text("saliency.gradient"), ofGradient)
  const show = () => {
    const {content, colours} = model
    if (content.product === undefined) return
    product.show(content.product, colours)
    gradient.show(content.gradient, colours)
  }
  model.on("content", whenIdle(show))
  show()
  return element("div", {}, product.box, gradient.box)
}
