// What a network has learned from one's own drawings, and what it has forgotten by it: a table of
// numbers before and now, and how each digit fares among the others.

import {element} from "../browser/dom.js"
import {text} from "../browser/texts.js"

const cell = textContent => element("td", {textContent})
const head = (textContent, scope) => element("th", {textContent, scope})

function table(rows) {
  const first = element("tr", {}, element("td"),
    head(text("forgetting.before"), "col"), head(text("forgetting.now"), "col"))
  return element("table", {}, first, ...rows.map(([name, before, now]) =>
    element("tr", {}, head(name, "row"), cell(before), cell(now))))
}

function digitsTable(changes, worst) {
  const names = changes.map((_, digit) => head(String(digit), "col"))
  const values = changes.map((change, digit) =>
    Object.assign(cell(change), {className: digit === worst ? "worst" : ""}))
  return element("table", {className: "digits"},
    element("caption", {textContent: text("forgetting.digits")}),
    element("tr", {}, ...names), element("tr", {}, ...values))
}

export function render({model}) {
  const box = element("div")
  box.dataset.testid = "forgetting"
  const show = () => {
    const {rows, digits, worst} = model
    const parts = rows.length === 0 ? [] : [table(rows),
      element("p", {textContent: text("forgetting.honest")}), digitsTable(digits, worst)]
    box.replaceChildren(...parts)
  }
  model.on(["rows", "digits", "worst"], show)
  show()
  return box
}
