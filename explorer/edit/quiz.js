// The quiz of the edge detector: an image's weighted sum is shown when the image was tried.

import {button, element, write} from "../browser/dom.js"
import {grey, imageCanvas, paint} from "../browser/images.js"
import {number, signedNumber, text} from "../browser/texts.js"

const LABELS = {
  bar: text("quiz.bar"),
  blob: text("quiz.blob"),
  blank: text("quiz.blank"),
  inverse: text("quiz.inverse"),
}

// A sum of whole weights is whole.
const written = value =>
  signedNumber(value, Number.isInteger(value) ? 0 : 2)

// What is known of an image, in two lines.
export function known(sums) {
  if (!sums) return [text("quiz.unknown"), ""]
  const [sum, z] = sums
  const values = {z: written(z)}
  return [text("quiz.sum", {sum: written(sum)}),
    z > 0 ? text("quiz.active", values) : text("quiz.inactive", values)]
}

class Choice {
  constructor(name, choose) {
    this.canvas = imageCanvas()
    this.canvas.setAttribute("aria-hidden", "true")
    this.sum = element("b")
    this.z = element("span")
    this.button = button("", choose)
    this.button.append(this.canvas, element("span", {textContent: LABELS[name]}), this.sum, this.z)
  }

  show(sums) {
    const [sum, z] = known(sums)
    write(this.sum, sum)
    write(this.z, z)
  }
}

class Quiz {
  constructor(model) {
    this.model = model
    const say = message => () => model.send_msg(message)
    this.choices = new Map(Object.keys(LABELS).map(name =>
      [name, new Choice(name, say({type: "try", name}))]))
    const presets = element("div", {className: "presets"},
      button(text("quiz.use_bar"), say({type: "bar"})), button(text("quiz.use_bias"), say({type: "bias"})))
    this.box = element("div", {className: "quiz"},
      element("h2", {textContent: text("quiz.title")}), element("p", {textContent: text("quiz.what")}),
      presets,
      element("div", {className: "images"}, ...[...this.choices.values()].map(each => each.button)))
  }

  show() {
    const {shown, images, sums} = this.model
    this.box.hidden = !shown
    for (const [name, choice] of this.choices) {
      if (name in images) paint(choice.canvas, grey(images[name]))
      choice.show(sums[name])
    }
  }
}

export function render({model}) {
  const quiz = new Quiz(model)
  model.on(["shown", "images", "sums"], () => quiz.show())
  quiz.show()
  return quiz.box
}
