// Files that a page hands over.

import {element} from "./dom.js"

export function download(name, blob) {
  const link = element("a", {download: name, href: URL.createObjectURL(blob)})
  link.click()
  URL.revokeObjectURL(link.href)
}
