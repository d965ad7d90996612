// The side panel of the place Edit: its parts, and the way back below them.

import {button, element, keepFocus} from "../browser/dom.js"
import {letter, takesText} from "../browser/keys.js"
import {isInert, listenOn} from "../browser/scope.js"
import {text} from "../browser/texts.js"

// A part that is out of the way until it is opened.
const folded = (title, part) =>
  element("details", {}, element("summary", {textContent: title}), part)

class Panel {
  constructor(model) {
    this.model = model
    const plain = (type, label) => button(label, () => model.send_msg({type}))
    this.undo = plain("undo", text("edit.undo"))
    this.redo = plain("redo", text("edit.redo"))
    this.reset = plain("reset", text("edit.reset_all"))
    this.original = button(text("edit.original"), () => this.compare(!model.compares))
    this.original.setAttribute("aria-keyshortcuts", "O")
    this.original.title = text("edit.original_hint")
    this.bar = element("div", {className: "bar"}, this.undo, this.redo, this.reset, this.original)
    const parts = ["quiz", "neuron", "reading", "network_file"].map(name => model.get_child(name))
    this.box = element("div", {}, ...parts,
      folded(text("experiments.name"), model.get_child("experiments")),
      folded(text("searches.name"), model.get_child("searches")), this.bar)
    this.box.dataset.testid = "edit"
  }

  compare(on) {
    if (on !== this.model.compares) this.model.send_msg({type: "original", on})
  }

  // While the key is held, the network is shown as it was.
  hearKey() {
    const isMeant = event => letter(event) === "o" && !event.ctrlKey && !event.metaKey && !event.altKey
    let holds = false
    const press = event => {
      const [target] = event.composedPath()
      const isSeen = this.box.offsetParent !== null && this.model.edited
      if (!isMeant(event) || event.repeat || !isSeen || takesText(target) || isInert(this.box)) return
      holds = true
      this.compare(true)
    }
    const release = () => {
      if (holds) this.compare(false)
      holds = false
    }
    listenOn(this.model, document, {keydown: press, keyup: event => isMeant(event) && release()})
    listenOn(this.model, window, {blur: release})
  }

  show() {
    const {edited, can_undo, can_redo, compares} = this.model
    this.undo.disabled = !can_undo
    this.redo.disabled = !can_redo
    this.reset.disabled = !edited
    this.original.disabled = !edited
    this.original.setAttribute("aria-pressed", compares)
  }
}

export function render({model}) {
  const panel = new Panel(model)
  panel.hearKey()
  model.on(["edited", "can_undo", "can_redo", "compares"], () => keepFocus(panel.bar, () => panel.show()))
  panel.show()
  return panel.box
}
