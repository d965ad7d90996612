// A sheet over the page, which Escape or a click beside it closes: a popover, or in browsers that
// have none (Safari before 17) an element that does the same.

import {element, focused} from "./dom.js"

const openSheets = new Set()

// Whether any sheet is open: then Escape is meant for it.
export const isSheetOpen = () => [...openSheets].some(sheet => sheet.isConnected)

export function makeSheet(label, ...children) {
  const made = element("div", {className: "sheet", tabIndex: 0}, ...children)
  made.setAttribute("role", "dialog")
  made.setAttribute("aria-label", label)
  if ("popover" in made) {
    made.popover = "auto"
    made.addEventListener("beforetoggle", ({newState}) => note(made, newState === "open"))
  } else behaveAsPopover(made)
  return made
}

function note(sheet, isOpen) {
  if (isOpen) openSheets.add(sheet)
  else openSheets.delete(sheet)
}

// Let a button open a sheet, and close it again. The browser must know that they belong together: a
// press of the button is beside the sheet, which closes it, and the click would open it anew.
export function makeOpener(button, sheet) {
  button.setAttribute("aria-haspopup", "dialog")
  if ("popover" in sheet) button.popoverTargetElement = sheet
  else button.addEventListener("click", () => sheet.togglePopover())
  takeFocusBack(button, sheet)
  return button
}

// The keyboard goes on at the button when a sheet is closed that had it. Browsers see to that for
// popovers, but lose it where they lie in a shadow root.
function takeFocusBack(button, sheet) {
  sheet.addEventListener("beforetoggle", ({newState}) => {
    if (newState === "closed" && sheet.matches(":focus-within")) button.focus({preventScroll: true})
  })
}

// Open a sheet that no button belongs to. When it is closed, the keyboard goes on where it was.
export function openOver(sheet) {
  const before = focused()
  sheet.showPopover()
  sheet.addEventListener("beforetoggle", ({newState}) => {
    if (newState === "closed" && sheet.matches(":focus-within")) before?.focus({preventScroll: true})
  }, {once: true})
}

function behaveAsPopover(sheet) {
  const leave = event => {
    const inside = event.composedPath().includes(sheet)
    if (event.key === "Escape") event.preventDefault()
    if (event.key === "Escape" || event.type === "pointerdown" && !inside) show(false)
  }
  const show = open => {
    sheet.hidden = !open
    note(sheet, open)
    for (const name of ["keydown", "pointerdown"])
      if (open) document.addEventListener(name, leave)
      else document.removeEventListener(name, leave)
  }
  sheet.showPopover = () => show(true)
  sheet.hidePopover = () => show(false)
  sheet.togglePopover = () => show(sheet.hidden)
  show(false)
}
