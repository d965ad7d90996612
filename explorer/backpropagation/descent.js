// Steps against the gradient of the drawing or of a mini-batch, and what the two have in common.

import {button, element, write} from "../browser/dom.js"
import {nextFrame} from "../browser/frames.js"
import {checkedNumber} from "../browser/number_field.js"
import {number, text} from "../browser/texts.js"

// What one learns from: the drawing, or so many digits.
export const sizeName = size => size === 0 ? text("backward.drawing") : text("backward.digits", {count: size})

class Descent {
  constructor(model) {
    this.model = model
    this.sizes = []
    this.row = element("div", {className: "row"})
    this.none = element("p", {className: "quiet", textContent: text("backward.no_batch")})
    this.seed = this.field(text("experiments.seed"), () => this.choose(model.size))
    this.rate = this.field(text("backward.rate"), () => checkedNumber(this.rate.input))
    this.comparison = element("p")
    this.comparison.dataset.testid = "angle"
    this.one = button(text("backward.one_step"), () => this.descend(1))
    this.ten = button(text("backward.ten_steps"), () => this.descend(10))
    this.undo = button(text("edit.undo"), () => model.send_msg({type: "undo"}))
    this.said = element("p")
    this.said.setAttribute("role", "status")
    this.box = this.arrange()
  }

  arrange() {
    this.row.setAttribute("role", "group")
    this.row.setAttribute("aria-label", text("backward.examples"))
    this.seeds = element("div", {className: "row"}, this.seed.label,
      element("small", {textContent: text("backward.seed_what")}))
    return element("div", {}, element("h3", {textContent: text("backward.step")}), this.row, this.none, this.seeds,
      this.comparison, this.rate.label,
      element("div", {className: "row"}, this.one, this.ten), this.said,
      element("div", {className: "row"}, this.undo))
  }

  // What there is to learn from.
  offer() {
    this.sizes = this.model.sizes.map(size => this.sizeButton(size))
    this.row.replaceChildren(...this.sizes)
    this.row.hidden = this.sizes.length < 2
    this.none.hidden = this.model.has_digits
    this.show()
  }

  sizeButton(size) {
    const made = button(size === 0 ? text("backward.drawing") : number(size), () => this.choose(size))
    made.setAttribute("aria-label", sizeName(size))
    return made
  }

  field(label, change) {
    const input = element("input", {type: "text", inputMode: "decimal", autocomplete: "off"})
    input.addEventListener("change", change)
    return {input, label: element("label", {}, element("span", {textContent: label}), input)}
  }

  choose(size) { this.model.send_msg({type: "batch", size, seed: this.seed.input.value.trim()}) }

  descend(steps) {
    const rate = checkedNumber(this.rate.input)
    if (rate !== null) this.model.send_msg({type: "descend", steps, rate})
  }

  show() {
    const {ready, can_undo, size, sizes, seed, comparison, said} = this.model
    this.one.disabled = this.ten.disabled = !ready
    this.undo.disabled = !can_undo
    this.sizes.forEach((made, i) => made.setAttribute("aria-pressed", sizes[i] === size))
    this.seeds.hidden = size === 0
    if (!this.seed.input.matches(":focus")) this.seed.input.value = seed
    write(this.comparison, comparison)
    write(this.said, said)
    this.stayInSight()
  }

  // What is said stands above the buttons, and the one that is pressed again and again moves down.
  stayInSight() {
    const pressed = this.box.querySelector(":focus")
    if (pressed) nextFrame(() => pressed.scrollIntoView({block: "nearest"}))
  }
}

export function render({model}) {
  const descent = new Descent(model)
  descent.rate.input.value = model.rate
  model.on("sizes", () => descent.offer())
  model.on(["ready", "can_undo", "size", "seed", "comparison", "said"], () => descent.show())
  descent.offer()
  return descent.box
}
