// The teacher's button for the results of the class, and its sheet. Names stay out of them unless the
// teacher says otherwise, each time the sheet is opened.

import {button, element} from "../browser/dom.js"
import {downloadAnswer} from "../browser/download.js"
import {printPaper} from "../browser/paper.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

class ClassResults {
  constructor(model) {
    this.model = model
    this.names = element("input", {type: "checkbox"})
    this.sheet = this.makeSheet()
    this.opener = makeOpener(button(text("results.open"), () => { this.names.checked = false }), this.sheet)
  }

  makeSheet() {
    const save = (label, message) => button(label, () => downloadAnswer(this.model, message()))
    const withNames = type => ({type, names: this.names.checked})
    const print = button(text("results.print"), () => this.print(withNames("print")))
    print.className = "first"
    return makeSheet(text("results.title"),
      element("h2", {textContent: text("results.title")}),
      element("p", {textContent: text("results.what")}),
      element("label", {}, this.names, element("span", {textContent: text("results.names")})),
      element("div", {className: "row"}, print,
        save(text("results.save_drawings"), () => withNames("drawings")),
        save(text("results.save_matrix"), () => ({type: "matrix"}))))
  }

  print(message) {
    this.model.send_msg(message, () => queueMicrotask(() => {
      if (this.model.html === "") return  // the class votes by now
      printPaper(this.model.html)
      this.model.send_msg({type: "saved"})
    }))
  }

  show() {
    this.opener.disabled = !this.model.offered
    if (!this.model.offered) this.sheet.hidePopover()
  }
}

export function render({model}) {
  const results = new ClassResults(model)
  model.on("offered", () => results.show())
  results.opener.disabled = !model.offered
  return element("div", {}, results.opener, results.sheet)
}
