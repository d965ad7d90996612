// A field for a number: fractions are understood, and a comma as well as a point.

import {element} from "../browser/dom.js"
import {parsed} from "../browser/numbers.js"
import {text} from "../browser/texts.js"

export class NumberField {
  // `change` is told each number that is entered.
  constructor(label, change) {
    this.change = change
    this.input = element("input", {type: "text", inputMode: "text", spellcheck: false, autocomplete: "off"})
    this.input.setAttribute("aria-label", label)
    this.written = ""
    this.input.addEventListener("change", () => this.enter())
  }

  enter() {
    const {value} = this
    this.input.setCustomValidity(value === null ? text("edit.no_number") : "")
    this.input.setAttribute("aria-invalid", value === null)
    if (value === null) this.input.reportValidity()
    else this.change(value)
  }

  // Have it ready to be written over.
  choose() {
    this.input.focus()
    this.input.select()
  }

  // What is entered; null if it is no number.
  get value() { return parsed(this.input.value) }

  // What is being written is not overwritten.
  show(value, digits = 4) {
    const written = String(Number(value.toFixed(digits))).replace("-", "−")
    const isUntouched = this.input.value === this.written
    this.written = written
    if (isUntouched || !this.input.matches(":focus")) this.input.value = written
  }
}
