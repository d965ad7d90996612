// A hypothesis on the selected neuron: the digits that it is said to look for, and what is found.

import {digitRow, pressDigits} from "../browser/digits.js"
import {button, element, write} from "../browser/dom.js"
import {MINUS, PLUS, list, number, text} from "../browser/texts.js"

const percent = share => number(100 * share, 1)
const points = change => (change < 0 ? MINUS : PLUS) + number(Math.abs(change))

// What silencing does to the accuracy.
export const effect = ({before, now}) =>
  text("edit.silenced", {before: percent(before), now: percent(now)})

// Which digits lose most, and which were said to.
export function finding({worst, said}) {
  const found = loss(worst)
  return said.length === 0 ? text("edit.finding", {found})
    : text("edit.finding_said", {found, digits: list(said)})
}

function loss(worst) {
  const [digits, changes] = [0, 1].map(i => worst.map(each => each[i]))
  const values = {digits: list(digits), points: list(changes.map(points))}
  if (worst.length === 0) return text("edit.nobody_loses")
  return worst.length === 1 ? text("edit.digit_loses", values) : text("edit.digits_lose", values)
}

class Hypothesis {
  constructor(model) {
    this.model = model
    this.said = []
    this.digits = digitRow("", digit => this.toggle(digit))
    this.question = element("p")
    const silence = button(text("edit.silence_and_see"), () => this.silence())
    this.verdict = element("p", {className: "verdict"})
    this.verdict.setAttribute("role", "status")
    this.form = element("div", {}, this.question, this.digits.row, silence)
    this.hint = element("p", {textContent: text("edit.hypothesis_hint")})
    this.box = element("div", {},
      element("h3", {textContent: text("edit.hypothesis")}), this.hint, this.form, this.verdict)
  }

  toggle(digit) {
    const others = this.said.filter(each => each !== digit)
    this.say(others.length < this.said.length ? others : [...others, digit])
  }

  // These are the digits that the neuron is said to look for.
  say(digits) {
    this.said = digits
    pressDigits(this.digits.buttons, digit => digits.includes(digit))
  }

  silence() { this.model.send_msg({type: "silence", digits: this.said}) }

  // What was said of one neuron is not said of another.
  showNeuron() {
    const {neuron} = this.model
    this.form.hidden = neuron === ""
    this.hint.hidden = neuron !== ""
    write(this.question, text("edit.looks_for", {neuron}))
    this.digits.row.setAttribute("aria-label", text("edit.looks_for", {neuron}))
    this.say([])
  }

  showVerdict() {
    const {verdict} = this.model
    const known = verdict.worst !== undefined
    write(this.verdict, known ? `${effect(verdict)} ${finding(verdict)}` : "")
    if (known) this.verdict.scrollIntoView({block: "nearest"})
  }
}

export function render({model}) {
  const hypothesis = new Hypothesis(model)
  model.on("neuron", () => hypothesis.showNeuron())
  model.on("verdict", () => hypothesis.showVerdict())
  hypothesis.showNeuron()
  hypothesis.showVerdict()
  return hypothesis.box
}
