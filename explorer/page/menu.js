// The menu of the page: what is done once a lesson, and not once a drawing.

import {button, element} from "../browser/dom.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

// A line of the menu: what it does, and the key that does the same.
export function menuItem(label, key, act) {
  const item = button("", act)
  item.setAttribute("aria-label", label)
  item.append(element("span", {textContent: label}))
  if (key) {
    item.setAttribute("aria-keyshortcuts", key)
    item.append(element("kbd", {textContent: key}))
  }
  return item
}

// The button that opens the menu of these lines, and the menu. It closes when a line is chosen.
export function makeMenu(items) {
  const menu = makeSheet(text("page.more"), ...items)
  menu.classList.add("menu")
  for (const item of items) item.addEventListener("click", () => menu.hidePopover())
  const opener = makeOpener(button("⋯"), menu)
  opener.setAttribute("aria-label", text("page.more"))
  opener.className = "more"
  return [opener, menu]
}
