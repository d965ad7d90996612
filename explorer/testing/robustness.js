// How well changed digits are read: the curves, and in words where on them the drawing is.

import {element, write} from "../browser/dom.js"
import {number, percent, signedNumber, text} from "../browser/texts.js"
import {Fold} from "../browser/fold.js"

// Where the drawing is, by the kind of change.
export function places({shift, size, rotation, stroke, noise}) {
  const said = ([amount, share], write, digits) => ({value: write(amount, digits), share: percent(share, 0)})
  return [
    text("robustness.at_shift", said(shift, number, 1)),
    text("robustness.at_size", said(size, number, 2)),
    text("robustness.at_rotation", said(rotation, signedNumber, 0)),
    text("robustness.at_stroke", said(stroke, signedNumber, 1)),
    text("robustness.at_noise", said(noise, number, 2)),
  ]
}

class Robustness {
  constructor(model) {
    this.model = model
    this.bar = element("progress", {max: 1})
    this.bar.setAttribute("aria-label", text("robustness.measuring"))
    this.lines = element("p", {className: "note", textContent: text("robustness.lines")})
    this.list = element("ul")
    this.own = element("div", {}, element("p", {textContent: text("robustness.drawing")}), this.list)
    this.box = element("div", {},
      element("p", {className: "note", textContent: text("robustness.what", {count: model.count})}),
      this.bar, element("div", {className: "plots"}, model.get_child("pictures")), this.lines, this.own)
  }

  show() {
    const {progress, compares} = this.model
    this.bar.hidden = progress === null
    this.bar.value = progress ?? 0
    this.lines.hidden = !compares
  }

  showDrawing() {
    const {drawing} = this.model
    this.own.hidden = drawing.shift === undefined
    if (this.own.hidden) return
    const said = places(drawing)
    if (this.list.children.length === 0) this.list.append(...said.map(() => element("li")))
    said.forEach((words, i) => write(this.list.children[i], words))
  }
}

export function render({model}) {
  const robustness = new Robustness(model)
  model.on(["progress", "compares"], () => robustness.show())
  model.on("drawing", () => robustness.showDrawing())
  robustness.show()
  robustness.showDrawing()
  return new Fold(model, text("robustness.name"), robustness.box).details
}
