// A slider that tells what it is moved to (`goesOn`), and where it is let go.

import {element} from "./dom.js"

export function rangeSlider(properties, told) {
  const input = element("input", {type: "range", ...properties})
  input.addEventListener("input", () => told(input.valueAsNumber, true))
  input.addEventListener("change", () => told(input.valueAsNumber, false))
  return input
}
