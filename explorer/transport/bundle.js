// Components whose script is loaded when they are first shown.

import {button, element} from "../browser/dom.js"
import {text} from "../browser/texts.js"

// What stands in the place of a component that could not be loaded. A browser does not ask twice for
// a module that failed; a page that is loaded anew has its drawing and its network again.
export function notLoaded(reload) {
  const box = element("div", {}, element("p", {textContent: text("part.not_loaded")}),
    button(text("part.reload"), reload))
  box.style.color = "var(--ink)"  // no style sheet has come
  box.setAttribute("role", "alert")
  return box
}

// A component of a bundle; `load` returns a promise of the bundle.
export async function componentOf(load, name, reload = () => location.reload()) {
  try {
    return (await load()).default[name]
  } catch (error) {
    console.error(error)
    return {render: () => notLoaded(reload)}
  }
}
