// An image in shades of grey as a small button, with a caption below it.

import {button, element} from "./dom.js"
import {imageOf} from "./images.js"

// A screen reader calls it `label`; pixels are shades, 0-255, row by row.
export function thumbnail(label, pixels, caption, press) {
  const made = button("", press)
  made.setAttribute("aria-label", label)
  made.append(imageOf(pixels), element("span", {textContent: caption}))
  made.className = "thumbnail"
  return made
}
