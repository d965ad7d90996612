// Buttons, one for each digit, or for each output by what it stands for.

import {button, element} from "./dom.js"

const TEN = Array.from({length: 10}, (_, digit) => String(digit))

// Whether outputs stand for the ten digits, which people call by this name.
export const areDigits = labels => labels.join() === TEN.join()

// `label` says what the choice is for; `choose` is called with the digit, or the place of what it is.
export function digitRow(label, choose, labels = TEN) {
  const buttons = labels.map((each, place) => button(each, () => choose(place)))
  const row = element("div", {className: "digits"}, ...buttons)
  row.setAttribute("role", "group")
  row.setAttribute("aria-label", label)
  return {row, buttons}
}

// Show which of the buttons are pressed.
export function pressDigits(buttons, isPressed) {
  buttons.forEach((each, digit) => each.setAttribute("aria-pressed", isPressed(digit)))
}
