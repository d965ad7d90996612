// Keeps the network in training: a field for its title, and buttons for the page and for a file.

import {button, element, write} from "../browser/dom.js"
import {downloadAnswer} from "../browser/download.js"
import {text} from "../browser/texts.js"

const LONGEST = 200  // characters of a title, as on a model card

export function render({model}) {
  const title = element("input", {type: "text", maxLength: LONGEST, placeholder: text("train.keep_title")})
  title.setAttribute("aria-label", text("train.keep_name"))
  const keep = element("button", {textContent: text("train.keep")})
  const save = button(text("train.save"), () => downloadAnswer(model, {type: "save", title: title.value}))
  const said = element("p")
  said.setAttribute("role", "status")
  const show = () => {
    keep.disabled = save.disabled = !model.can_keep
    write(said, model.said)
  }
  const form = element("form", {className: "row"}, title, keep, save)
  form.addEventListener("submit", event => {
    event.preventDefault()
    model.send_msg({type: "keep", title: title.value})
  })
  model.on(["can_keep", "said"], show)
  show()
  return element("div", {}, form, said)
}
