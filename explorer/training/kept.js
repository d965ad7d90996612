// Keeps the network in training: a field for its title, and a button.

import {element, write} from "../browser/dom.js"
import {text} from "../browser/texts.js"

const LONGEST = 200  // characters of a title, as on a model card

export function render({model}) {
  const title = element("input", {type: "text", maxLength: LONGEST, placeholder: text("train.keep_title")})
  title.setAttribute("aria-label", text("train.keep_name"))
  const keep = element("button", {textContent: text("train.keep")})
  const said = element("p")
  said.setAttribute("role", "status")
  const show = () => {
    keep.disabled = !model.can_keep
    write(said, model.said)
  }
  const form = element("form", {className: "row"}, title, keep)
  form.addEventListener("submit", event => {
    event.preventDefault()
    model.send_msg({type: "keep", title: title.value})
  })
  model.on(["can_keep", "said"], show)
  show()
  return element("div", {}, form, said)
}
