// The outputs as bars with their numbers, and the answer in words.

import {element, write} from "../browser/dom.js"
import {clip} from "../browser/numbers.js"
import {number, text} from "../browser/texts.js"
import {comparison, doubt, rivals, sentence} from "./answer_words.js"

const MANY = 10  // more outputs stand in two columns, and smaller
const SHORT = 3  // letters of a label that has room there

// One output: what it stands for, a bar with a tick for what is held, and the number.
class Bar {
  constructor(label, digit) {
    this.fill = element("i")
    this.tick = element("s")
    this.number = element("span", {className: "number"})
    this.row = element("li", {},
      element("b", {textContent: label, title: label}),
      element("span", {className: "track"}, this.fill, this.tick),
      element("span", {}, this.number))
    this.row.dataset.digit = digit
    this.row.dataset.label = label
  }

  // `share`, 0-1, is how far the output fills its bar.
  show(activation, share, wins) {
    this.row.dataset.activation = activation
    this.row.classList.toggle("winner", wins)
    this.fill.style.scale = `${share} 1`
    write(this.number, number(activation, 2))
  }

  hold(share) {
    this.tick.hidden = share === null
    this.tick.style.left = `${100 * share}%`
  }
}

class Outputs {
  constructor(model) {
    this.model = model
    this.answer = element("p")
    this.answer.dataset.testid = "prediction"
    this.answer.setAttribute("role", "status")
    this.lens = element("p", {className: "lens"})
    this.least = element("p", {className: "least"})
    this.list = element("ol")
    this.list.dataset.testid = "outputs"
    this.name()
  }

  // There are outputs of other names.
  name() {
    const {labels} = this.model
    const longest = Math.max(...labels.map(label => label.length))
    this.bars = labels.map((label, digit) => new Bar(label, digit))
    this.list.replaceChildren(...this.bars.map(bar => bar.row))
    this.list.setAttribute("aria-label", text("outputs.name", {count: labels.length}))
    this.list.classList.toggle("many", labels.length > MANY)
    this.list.classList.toggle("words", longest > SHORT)
    this.list.classList.toggle("abreast", labels.length > MANY && longest <= SHORT)
    this.list.tabIndex = labels.length > MANY && longest > SHORT ? 0 : -1  // it may have to be scrolled
    this.list.style.setProperty("--rows", Math.ceil(labels.length / 2))
    this.list.style.setProperty("--letters", longest)
  }

  // Whether all is told that belongs together: values may come one after the other.
  get isWhole() { return this.model.activations.length === this.bars.length }

  // How far an output fills its bar.
  share(output) { return clip(output / this.model.full, 0, 1) }

  show() {
    if (!this.isWhole) return
    this.showAnswer()
    this.showActivations()
    const {lens} = this.model
    write(this.lens, comparison(lens, this.model))
    this.lens.classList.toggle("same", lens.drawn.digit === lens.centred.digit)
  }

  showAnswer() {
    const {model, model: {activations, answer, labels, threshold, by_softmax: bySoftmax}} = this
    const rule = {threshold, bySoftmax}
    this.answer.dataset.digit = answer.digit ?? ""
    this.answer.dataset.label = labels[answer.digit] ?? ""
    this.answer.dataset.sure = answer.sure
    write(this.answer, sentence(answer, rivals(activations, answer, rule), model))
    write(this.least, doubt(answer, rule, activations, model))
  }

  showActivations() {
    const {activations, answer} = this.model
    activations.forEach((activation, digit) =>
      this.bars[digit].show(activation, this.share(activation), answer.sure && digit === answer.digit))
  }

  showThreshold() {
    const {threshold, by_softmax, full} = this.model
    this.list.style.setProperty("--least", this.share(threshold))
    this.list.classList.toggle("without-threshold", by_softmax)
    this.list.classList.toggle("open", full !== 1)
    if (this.isWhole) this.showAnswer()
  }

  showHeld() {
    const {held} = this.model
    this.bars.forEach((bar, digit) => bar.hold(held.length === 0 ? null : this.share(held[digit])))
  }

  rename() {
    this.name()
    this.show()
    this.showHeld()
  }
}

export function render({model}) {
  const outputs = new Outputs(model)
  model.on(["activations", "answer", "lens"], () => outputs.show())
  model.on("labels", () => outputs.rename())
  model.on(["threshold", "by_softmax", "full", "digits"], () => outputs.showThreshold())
  model.on("held", () => outputs.showHeld())
  outputs.show()
  outputs.showThreshold()
  outputs.showHeld()
  return element("div", {}, outputs.answer, outputs.lens, outputs.least, outputs.list)
}
