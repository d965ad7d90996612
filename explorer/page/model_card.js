// The card of a network, behind a button: its text is shown as text, whoever wrote it.

import {element} from "../browser/dom.js"
import {makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

export function render({model}) {
  const heading = element("h2")
  const summary = element("p")
  const list = element("dl")
  const close = element("button", {type: "button", textContent: text("card.close")})
  const sheet = makeSheet(text("card.title"), heading, summary, list, close)
  close.addEventListener("click", () => sheet.hidePopover())
  const opener = element("button", {type: "button", textContent: text("card.about")})
  opener.setAttribute("aria-haspopup", "dialog")
  opener.addEventListener("click", () => sheet.togglePopover())

  const show = () => {
    heading.textContent = model.heading
    summary.textContent = model.summary
    list.replaceChildren(...model.entries.map(([name, said]) => element("div", {},
      element("dt", {textContent: name}), element("dd", {textContent: said}))))
  }
  model.on(["heading", "summary", "entries"], show)
  show()
  return element("div", {}, opener, sheet)
}
