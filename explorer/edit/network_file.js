// A network as a file, opened piece by piece, for a message can be shorter than a file. The page
// knows how to save one.

import {button, element} from "../browser/dom.js"
import {tell} from "../browser/scope.js"
import {text} from "../browser/texts.js"
import {messages} from "../browser/upload.js"

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
