// The side panel of backpropagation: its parts, each of them there once it has something to say.

import {button, element} from "../browser/dom.js"
import {listen} from "../browser/scope.js"
import {text} from "../browser/texts.js"

class Panel {
  constructor(model) {
    this.model = model
    this.close = button("×", () => this.leave())
    this.close.className = "close"
    this.close.setAttribute("aria-label", text("backward.close"))
    const part = name => element("div", {}, model.get_child(name))
    this.terms = part("terms")
    this.others = ["layer", "wall", "descent", "neuron", "check", "landscape"].map(part)
    this.box = element("div", {}, element("div", {className: "head"},
      element("h2", {textContent: text("backward.title")}), this.close), this.terms, ...this.others)
    this.box.dataset.testid = "backpropagation"
  }

  leave() { this.model.send_msg({type: "close"}) }

  // One press of the key ends one thing: the panel goes when it is seen and nothing else has ended.
  escape(event) {
    if (event.defaultPrevented || this.box.offsetParent === null) return
    event.preventDefault()
    this.leave()
  }

  show() {
    for (const each of this.others) each.hidden = !this.model.ready
  }
}

export function render({model, el}) {
  const panel = new Panel(model)
  listen(model, el, {escape: event => panel.escape(event)})
  model.on("ready", () => panel.show())
  panel.show()
  return panel.box
}
