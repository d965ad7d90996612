// The keys of the page in a sheet.

import {element} from "../browser/dom.js"
import {makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

const KEYS = [
  [text("shortcuts.undo_keys"), text("control.undo")],
  [text("shortcuts.redo_keys"), text("control.redo")],
  ["P", text("page.projector")],
  ["L", text("page.light")],
  [text("shortcuts.escape_key"), text("shortcuts.escape")],
  ["← ↑ ↓ →", text("shortcuts.arrows")],
  [text("shortcuts.hidden_keys"), text("shortcuts.hidden")],
  ["␣", text("shortcuts.space")],
  ["G", text("shortcuts.to_card")],
  ["W", text("shortcuts.to_work")],
  ["N", text("shortcuts.next_card")],
  ["?", text("shortcuts.title")],
]

export function shortcutSheet() {
  const rows = KEYS.map(([keys, what]) => element("div", {},
    element("dt", {}, element("kbd", {textContent: keys})), element("dd", {textContent: what})))
  const sheet = makeSheet(text("shortcuts.title"),
    element("h2", {textContent: text("shortcuts.title")}), element("dl", {}, ...rows))
  sheet.classList.add("shortcuts")
  return sheet
}
