// What this is, where the lesson is that it belongs to, and under which licence.

import {element} from "../browser/dom.js"
import {makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

const link = (label, href) =>
  element("a", {href, target: "_blank", rel: "noreferrer", textContent: label})

export function aboutSheet() {
  const sheet = makeSheet(text("about.title"),
    element("h2", {textContent: text("page.name")}),
    element("p", {textContent: text("about.what")}),
    element("p", {}, link(text("about.lesson"), text("about.lesson_address"))),
    element("p", {}, link(text("about.licence"), text("about.licence_address"))))
  sheet.classList.add("about")
  return sheet
}
