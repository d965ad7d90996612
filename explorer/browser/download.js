// Files that a page hands over.

import {bytesOf} from "./bytes.js"
import {element} from "./dom.js"

export function download(name, blob) {
  const link = element("a", {download: name, href: URL.createObjectURL(blob)})
  link.click()
  URL.revokeObjectURL(link.href)
}

// Ask the server for a file, which comes with the answer or before it, as `content` in base64 with
// its name, `file`.
export function downloadAnswer(model, message) {
  model.send_msg(message, () => queueMicrotask(() => {
    if (model.content === "") return  // the server has said why
    download(model.file, new Blob([bytesOf(atob(model.content))]))
    model.send_msg({type: "saved"})
  }))
}
