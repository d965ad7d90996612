// What does it prefer: ten bars, and the drawings that excite it most and least.

import {number, text} from "../browser/texts.js"

const SIDE = 28

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

function bars(means, scale) {
  return element("ol", {}, ...means.map((mean, digit) => {
    const fill = element("i")
    fill.style.width = `${100 * Math.min(1, Math.max(0, mean / scale))}%`
    return element("li", {}, element("b", {textContent: digit}),
      element("span", {}, fill), element("output", {value: number(mean, 2)}))
  }))
}

function thumbnail({digit, pixels}) {
  const canvas = element("canvas", {width: SIDE, height: SIDE})
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", text("preference.digit", {digit}))
  const image = new ImageData(SIDE, SIDE)
  pixels.forEach((grey, i) => image.data.set([grey, grey, grey, 255], 4 * i))
  canvas.getContext("2d").putImageData(image, 0, 0)
  return canvas
}

const row = (title, images) =>
  element("div", {}, element("h3", {textContent: title}),
    element("div", {className: "images"}, ...images.map(thumbnail)))

function answer({known, means, scale, most, least, means_of, images_of}) {
  if (!known) return [element("p", {textContent: text("preference.none")})]
  return [
    element("h3", {textContent: text("preference.means")}), bars(means, scale),
    element("p", {textContent: text("preference.means_of", {images: means_of})}),
    row(text("preference.most"), most), row(text("preference.least"), least),
    element("p", {textContent: text("preference.images_of", {images: images_of})}),
  ]
}

export function render({model}) {
  const box = element("div")
  const show = () => {
    if (model.content.known !== undefined) box.replaceChildren(...answer(model.content))
  }
  model.on("content", show)
  show()
  return box
}
