// Elements with their properties and children, in one line.

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
