// What does it prefer: ten bars, and the drawings that activate it most and least.

import {element} from "../browser/dom.js"
import {grey, imageCanvas, paint} from "../browser/images.js"
import {clip} from "../browser/numbers.js"
import {number, text} from "../browser/texts.js"

function bars(means, scale) {
  return element("ol", {}, ...means.map((mean, digit) => {
    const fill = element("i")
    fill.style.width = `${100 * clip(mean / scale, 0, 1)}%`
    return element("li", {}, element("b", {textContent: digit}),
      element("span", {}, fill), element("output", {value: number(mean, 2)}))
  }))
}

const thumbnail = ({digit, pixels}) =>
  paint(imageCanvas(text("preference.digit", {digit})), grey(pixels))

const row = (title, images) =>
  element("div", {}, element("h3", {textContent: title}),
    element("div", {className: "images"}, ...images.map(thumbnail)))

function answer({known, means, scale, maximizing, minimizing, means_of, images_of}) {
  if (!known) return [element("p", {textContent: text("preference.none")})]
  return [
    element("h3", {textContent: text("preference.means")}), bars(means, scale),
    element("p", {textContent: text("preference.means_of", {images: means_of})}),
    row(text("preference.most"), maximizing), row(text("preference.least"), minimizing),
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
