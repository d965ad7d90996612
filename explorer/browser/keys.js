// What a key stands for, in every layout of the keyboard and with Caps Lock as well; and which
// page it is meant for.

import {isInert, isPage, listenOn} from "./scope.js"
import {isSheetOpen} from "./sheet.js"

const COMMANDS = {p: "projector", l: "theme", n: "next-card", g: "to-card", w: "to-work"}
const NOT_FOR_TEXT = ["range", "checkbox", "radio", "button", "submit", "reset", "file", "color"]

// The Latin letter of a key: as the layout has it, or, where that has none, as its place has it.
export function letter({key, code}) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  return /^Key([A-Z])$/.exec(code ?? "")?.[1].toLowerCase() ?? null
}

// The command that a key stands for: "escape", "undo", "redo", "projector", "theme", "shortcuts",
// "next-card", "to-card", "to-work", "digit-0" to "digit-9", or null.
export function commandOf(event) {
  if (event.altKey || event.isComposing) return null
  if (event.key === "Escape") return "escape"
  if (event.key === "?") return "shortcuts"
  const pressed = letter(event)
  if (!event.ctrlKey && !event.metaKey)
    return event.repeat ? null : /^\d$/.test(event.key) ? `digit-${event.key}` : COMMANDS[pressed] ?? null
  if (pressed === "z") return event.shiftKey ? "redo" : "undo"
  return pressed === "y" && event.ctrlKey ? "redo" : null
}

// Whether an element takes letters for itself.
export function takesText(element) {
  if (element?.isContentEditable) return true
  const name = element?.localName
  return name === "textarea" || name === "select" ||
    name === "input" && !NOT_FOR_TEXT.includes(element.type)
}

// The page that was used last, to which keys go while nothing has the focus.
let latest = null

function remember(event) { latest = event.composedPath().find(isPage) ?? latest }

// Keys, and what is pasted, go to the page with the focus. While it is nowhere, or on another part of
// a document that is all ours (a pupil's bar), they go to the page that was used last.
export function isMeantFor(page, event) {
  const path = event.composedPath()
  if (path.some(isPage)) return path.includes(page)
  if (!latest?.isConnected) latest = page
  const nowhere = path[0] === document.body || path[0] === document.documentElement
  const ours = path.some(each => each.dataset?.rootId !== undefined)
  return latest === page && (nowhere || ours)
}

// Call `act(command)` for each key that is a command to this page; it returns whether it did
// anything, and then the browser does nothing with the key.
export function listenToKeys(model, page, act) {
  const press = event => {
    const [target] = event.composedPath()
    if (event.defaultPrevented || takesText(target) || isInert(page)) return
    const command = commandOf(event)
    if (command === "escape" && isSheetOpen()) return
    if (command !== null && isMeantFor(page, event) && act(command)) event.preventDefault()
  }
  listenOn(model, document, {keydown: press})
  listenOn(model, document, {pointerdown: remember, focusin: remember}, {capture: true})
}
