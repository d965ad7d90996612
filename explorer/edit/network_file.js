// A network as a file, opened piece by piece, for a message can be shorter than a file. The page
// knows how to save one.

import {lettersOf} from "../browser/bytes.js"
import {button, element} from "../browser/dom.js"
import {tell} from "../browser/scope.js"
import {text} from "../browser/texts.js"

const LARGEST = 10_000_000  // bytes; the server says so of a larger file
const PIECE = 300_000

// What the server is told of a file, one message after the other.
export async function* messages(file) {
  yield {type: "begin", file: file.name, size: file.size}
  if (file.size > LARGEST) return
  const bytes = new Uint8Array(await file.arrayBuffer())
  for (let start = 0; start < bytes.length; start += PIECE)
    yield {type: "piece", start, content: btoa(lettersOf(bytes.subarray(start, start + PIECE)))}
}

async function open(model, file) {
  for await (const message of messages(file)) model.send_msg(message)
}

function fileInput(model) {
  const input = element("input", {type: "file", hidden: true, accept: ".npz"})
  input.setAttribute("aria-label", text("network_file.file"))
  input.addEventListener("change", () => {
    open(model, input.files[0])
    input.value = ""
  })
  return input
}

export function render({model}) {
  const input = fileInput(model)
  return element("div", {className: "row"},
    button(text("network_file.save"), ({target}) => tell(target, "save-network")),
    button(text("network_file.open"), () => input.click()), input)
}
