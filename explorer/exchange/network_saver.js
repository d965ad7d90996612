// The sheet that comes up when a network shall be saved: its formats, and how each file is loaded.

import {copy} from "../browser/clipboard.js"
import {button, element, write} from "../browser/dom.js"
import {downloadAnswer} from "../browser/download.js"
import {nextFrame} from "../browser/frames.js"
import {makeSheet, openOver} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

// A format to choose: its suffix, what it is and what it is for.
function choice({suffix, name, purpose}, isChosen, choose) {
  const input = element("input", {type: "radio", name: "format", checked: isChosen})
  input.addEventListener("change", () => choose(suffix))
  return element("label", {}, input,
    element("span", {},
      element("b", {textContent: name}), " ",
      element("code", {textContent: suffix}), element("span", {className: "purpose", textContent: purpose})))
}

class NetworkSaver {
  constructor(model) {
    this.model = model
    this.chosen = model.formats[0]?.suffix
    this.what = element("p", {className: "what"})
    this.choices = element("div", {className: "choices"})
    this.choices.setAttribute("role", "radiogroup")
    this.choices.setAttribute("aria-label", text("save_network.formats"))
    this.lines = element("textarea", {readOnly: true, spellcheck: false, translate: false, wrap: "off"})
    this.lines.setAttribute("aria-label", text("save_network.lines"))
    this.copied = element("span", {className: "copied"})
    this.copied.setAttribute("role", "status")
    this.save = button("", () => this.hand())
    this.save.className = "use"
    this.said = element("p", {className: "said"})
    this.said.setAttribute("role", "status")
    this.sheet = makeSheet(text("save_network.title"), this.head(), this.what,
      element("div", {className: "sides"}, this.choices, this.example()), this.bar())
    this.sheet.dataset.testid = "save-network"
  }

  head() {
    return element("div", {className: "head"},
      element("h2", {textContent: text("save_network.title")}),
      button(text("networks.close"), () => this.sheet.hidePopover()))
  }

  example() {
    const copying = button(text("save_network.copy"), () => this.copy())
    return element("div", {className: "example"},
      element("div", {className: "row"},
        element("h3", {textContent: text("save_network.lines")}), this.copied, copying), this.lines)
  }

  bar() { return element("div", {className: "bar"}, this.said, this.save) }

  hand() {
    write(this.said, "")
    downloadAnswer(this.model, {type: "save", format: this.chosen})
  }

  async copy() {
    await copy(this.lines)
    write(this.copied, text("save_network.copied"))
  }

  choose(suffix) {
    this.chosen = suffix
    write(this.said, "")
    this.showChosen()
  }

  // Another network, or the same one once more.
  show() {
    const {model} = this
    if (model.revision === 0) return
    write(this.what, model.title)
    this.choices.replaceChildren(...model.formats.map(format =>
      choice(format, format.suffix === this.chosen, suffix => this.choose(suffix))))
    this.showChosen()
    nextFrame(() => openOver(this.sheet))
  }

  showChosen() {
    const {file, lines} = this.model.formats.find(({suffix}) => suffix === this.chosen)
    this.lines.value = lines.trimEnd()
    this.lines.rows = this.lines.value.split("\n").length
    write(this.copied, "")
    write(this.save, text("save_network.save", {file}))
  }

  say() { write(this.said, this.model.said) }
}

export function render({model}) {
  const saver = new NetworkSaver(model)
  model.on("revision", () => saver.show())
  model.on("said", () => saver.say())
  saver.show()
  return saver.sheet
}
