// Elements with their properties and children, in one line; and where the keyboard is among them.

import {isInert} from "./scope.js"

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export function button(label, action = null) {
  const made = element("button", {type: "button", textContent: label})
  if (action) made.addEventListener("click", action)
  return made
}

// An element of a vector image.
export function shape(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

// Words of an element. Only what has changed is touched: a live region must not speak at every
// stroke, and the page need not be laid out again.
export function write(element, words) {
  if (element.textContent !== words) element.textContent = words
}

// The element that has the keyboard, in whichever shadow root.
export function focused() {
  let found = document.activeElement
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement
  return found
}

// Whether an element is shown. What is folded away still has a place, in some browsers.
const isShown = element => element.getClientRects().length > 0 &&
  getComputedStyle(element).visibility === "visible" && (element.checkVisibility?.() ?? true)

// Whether the keyboard can go to an element: it is shown, and neither disabled nor at rest.
export const isFocusable = element =>
  element.tabIndex >= 0 && isShown(element) && !element.matches(":disabled") && !isInert(element)

// All elements of a part to which the keyboard can go, in the order of the Tab key.
export function* focusable(part) {
  if (isFocusable(part)) yield part
  for (const child of [...part.shadowRoot?.children ?? [], ...part.children]) yield* focusable(child)
}

// Change a part. If that takes away or disables what has the keyboard, it goes on at the part's first
// element; browsers would lose it.
export function keepFocus(part, change, first = () => focusable(part).next().value) {
  const had = part.matches(":focus-within")
  change()
  if (had && !isFocusable(focused())) first()?.focus({preventScroll: true})
}
