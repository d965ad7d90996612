// What this is, where the lesson is that it belongs to, and under which licence.

import {element} from "../browser/dom.js"
import {makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

const LESSON = "https://www.3blue1brown.com/lessons/neural-networks"
const LICENCE = "https://opensource.org/license/bsd-3-clause"

const link = (label, href) =>
  element("a", {href, target: "_blank", rel: "noreferrer", textContent: label})

export function aboutSheet() {
  const sheet = makeSheet(text("about.title"),
    element("h2", {textContent: text("page.name")}),
    element("p", {textContent: text("about.what")}),
    element("p", {}, link(text("about.lesson"), LESSON)),
    element("p", {}, link(text("about.licence"), LICENCE)))
  sheet.classList.add("about")
  return sheet
}
