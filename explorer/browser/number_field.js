// A field for a number, which is written as the language does: fractions are understood, and a comma
// as well as a point.

import {element} from "./dom.js"
import {parsed} from "./numbers.js"
import {text} from "./texts.js"

// The number in a field, null if there is none, which is then said there.
export function checkedNumber(input) {
  const number = parsed(input.value)
  input.setCustomValidity(number === null ? text("edit.no_number") : "")
  input.setAttribute("aria-invalid", number === null)
  if (number === null) input.reportValidity()
  return number
}

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
    const value = checkedNumber(this.input)
    if (value !== null) this.change(value)
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
    const written = String(Number(value.toFixed(digits))).replace("-", "−").replace(".", text("number.point"))
    const isUntouched = this.input.value === this.written
    this.written = written
    if (isUntouched || !this.input.matches(":focus")) this.input.value = written
  }
}
