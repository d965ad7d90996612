// A hypothesis on the selected neuron: the digits that it is said to look for, and what is found.

import {button, element, write} from "../browser/dom.js"
import {list, number, text} from "../browser/texts.js"

const percent = share => number(100 * share, 1)
const points = change => (change < 0 ? "−" : "+") + number(Math.abs(change))

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

function toggle(digit) {
  const made = button(String(digit), () => press(made, made.getAttribute("aria-pressed") !== "true"))
  press(made, false)
  return made
}

const press = (toggle, on) => toggle.setAttribute("aria-pressed", on)

class Hypothesis {
  constructor(model) {
    this.model = model
    this.toggles = Array.from({length: 10}, (_, digit) => toggle(digit))
    this.question = element("p", {id: "question"})
    const digits = element("div", {className: "digits"}, ...this.toggles)
    digits.setAttribute("role", "group")
    digits.setAttribute("aria-labelledby", "question")
    const silence = button(text("edit.silence_and_see"), () => this.silence())
    this.verdict = element("p", {className: "verdict"})
    this.verdict.setAttribute("role", "status")
    this.form = element("div", {}, this.question, digits, silence)
    this.hint = element("p", {textContent: text("edit.hypothesis_hint")})
    this.box = element("div", {},
      element("h3", {textContent: text("edit.hypothesis")}), this.hint, this.form, this.verdict)
  }

  silence() {
    const digits = this.toggles.flatMap((each, digit) =>
      each.getAttribute("aria-pressed") === "true" ? [digit] : [])
    this.model.send_msg({type: "silence", digits})
  }

  // What was said of one neuron is not said of another.
  showNeuron() {
    const {neuron} = this.model
    this.form.hidden = neuron === ""
    this.hint.hidden = neuron !== ""
    write(this.question, text("edit.looks_for", {neuron}))
    for (const each of this.toggles) press(each, false)
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
