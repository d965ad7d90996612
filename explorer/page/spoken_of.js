// Where the parts are that the lesson can speak of, and the keyboard's way to them.

import {focusable} from "../browser/dom.js"

export const SPOKEN_OF = {
  pad: ".pad", answer: ".draw > :last-child", stage: ".frame", panel: ".inspector", time: ".line",
  places: ".places", controls: ".tools", network: ".choice",
}

// An answer is only read: another one is got on the pad.
const WORKED_AT = {...SPOKEN_OF, answer: ".pad"}

// To the beginning of the part that is spoken of.
export function goToWork(page, name) {
  const part = name && page.querySelector(WORKED_AT[name])
  if (part) focusable(part).next().value?.focus()
}
