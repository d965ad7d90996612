// Ten buttons, one for each digit.

import {button, element} from "./dom.js"

// `label` says what the choice is for; `choose` is called with the digit.
export function digitRow(label, choose) {
  const buttons = Array.from({length: 10}, (_, digit) => button(String(digit), () => choose(digit)))
  const row = element("div", {className: "digits"}, ...buttons)
  row.setAttribute("role", "group")
  row.setAttribute("aria-label", label)
  return {row, buttons}
}

// Show which of the buttons are pressed.
export function pressDigits(buttons, isPressed) {
  buttons.forEach((each, digit) => each.setAttribute("aria-pressed", isPressed(digit)))
}
