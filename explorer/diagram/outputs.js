// The ten outputs as bars with their numbers, and the answer in words.

import {element, write} from "../browser/dom.js"
import {clip} from "../browser/numbers.js"
import {number, text} from "../browser/texts.js"

// The sentence for an answer; `digit` is null on a blank pad, and `others` are the other digits
// whose outputs count.
export function sentence({digit, sure}, others = []) {
  if (digit === null) return text("outputs.blank")
  if (!sure) return text("outputs.unsure")
  return others.length > 0
    ? text("outputs.torn", {digit, other: others[0]})
    : text("outputs.sure", {digit})
}

// The digits whose outputs reach the threshold, but for the largest; the larger come first.
export function rivals(activations, {digit}, threshold) {
  return [...activations.keys()]
    .filter(other => other !== digit && activations[other] >= threshold)
    .sort((one, other) => activations[other] - activations[one])
}

// What an answer takes, and which is the closest when nothing reaches that.
export function doubt({digit, sure}, least) {
  const threshold = number(least, 2)
  return digit === null || sure
    ? text("outputs.threshold", {threshold})
    : text("outputs.below", {threshold, digit})
}

const short = ({digit, sure}) =>
  digit === null ? "–" : sure ? `${digit}` : text("outputs.maybe", {digit})

// What the lens makes of it: both answers side by side.
export function comparison({drawn, centred}) {
  if (drawn.digit === null) return ""
  return text("outputs.centring", {drawn: short(drawn), centred: short(centred)})
}

// One output: its digit, a bar with a tick for what is held, and the number.
class Bar {
  constructor(digit) {
    this.fill = element("i")
    this.tick = element("s")
    this.number = element("span", {className: "number"})
    this.row = element("li", {},
      element("b", {textContent: digit}),
      element("span", {className: "track"}, this.fill, this.tick),
      element("span", {}, this.number))
    this.row.dataset.digit = digit
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
    this.bars = model.activations.map((_, digit) => new Bar(digit))
    this.list = element("ol", {}, ...this.bars.map(bar => bar.row))
    this.list.dataset.testid = "outputs"
    this.list.setAttribute("aria-label", text("outputs.name"))
  }

  // How far an output fills its bar.
  share(output) { return clip(output / this.model.full, 0, 1) }

  show() {
    this.showAnswer()
    this.showActivations()
    const {lens} = this.model
    write(this.lens, comparison(lens))
    this.lens.classList.toggle("same", lens.drawn.digit === lens.centred.digit)
  }

  showAnswer() {
    const {activations, answer, threshold} = this.model
    this.answer.dataset.digit = answer.digit ?? ""
    this.answer.dataset.sure = answer.sure
    write(this.answer, sentence(answer, rivals(activations, answer, threshold)))
    write(this.least, doubt(answer, threshold))
  }

  showActivations() {
    const {activations, answer} = this.model
    activations.forEach((activation, digit) =>
      this.bars[digit].show(activation, this.share(activation), answer.sure && digit === answer.digit))
  }

  showThreshold() {
    this.list.style.setProperty("--least", this.share(this.model.threshold))
    this.showAnswer()
  }

  showHeld() {
    const {held} = this.model
    this.bars.forEach((bar, digit) => bar.hold(held.length === 0 ? null : this.share(held[digit])))
  }
}

export function render({model}) {
  const outputs = new Outputs(model)
  model.on(["activations", "answer", "lens"], () => outputs.show())
  model.on(["threshold", "full"], () => outputs.showThreshold())
  model.on("held", () => outputs.showHeld())
  outputs.show()
  outputs.showThreshold()
  outputs.showHeld()
  return element("div", {}, outputs.answer, outputs.lens, outputs.least, outputs.list)
}
