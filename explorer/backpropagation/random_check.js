// The numerical check of weights and biases that are chosen at random.

import {button, element, write} from "../browser/dom.js"
import {compact, text} from "../browser/texts.js"

// What the check has found.
export function verdict({count, seed, largest, agrees}) {
  if (count === undefined) return ""
  const said = text("backward.checked", {count, seed, largest: compact(largest, 2)})
  return `${said} ${agrees ? text("backward.agrees") : text("backward.disagrees")}`
}

export function render({model}) {
  const said = element("p")
  said.setAttribute("role", "status")
  said.dataset.testid = "gradient-check"
  const check = button(text("backward.check"), () => model.send_msg({type: "check"}))
  const show = () => write(said, verdict(model.content))
  model.on("content", show)
  show()
  return element("div", {}, element("h3", {textContent: text("backward.check_title")}),
    element("p", {className: "quiet", textContent: text("backward.check_what")}),
    element("div", {className: "row"}, check), said)
}
