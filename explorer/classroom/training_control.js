// The teacher's control of trainings: a button that says how things stand, and a sheet.

import {button, element, write} from "../browser/dom.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

// How things stand, in a word or two.
export function inscription({trains, run}) {
  if (!trains) return text("class_training.is_off")
  return run === "" ? text("class_training.title") : text("class_training.is_common")
}

class TrainingControl {
  constructor(model) {
    this.model = model
    const send = (type, more = {}) => model.send_msg({type, ...more})
    this.allow = button(text("class_training.allow"), () => send("allow", {on: true}))
    this.forbid = button(text("class_training.forbid"), () => send("allow", {on: false}))
    this.start = button(text("class_training.start"), () => send("start"))
    this.end = button(text("class_training.end"), () => send("end"))
    this.start.className = "start"
    this.run = element("p", {className: "run"})
    this.run.setAttribute("role", "status")
    this.said = element("p", {className: "refusal"})
    this.said.setAttribute("role", "alert")
    this.sheet = this.makeSheet()
    this.opener = makeOpener(button("", () => send("open")), this.sheet)
  }

  makeSheet() {
    const row = (...children) => element("div", {className: "row"}, ...children)
    const may = row(this.allow, this.forbid)
    may.setAttribute("role", "group")
    may.setAttribute("aria-label", text("class_training.may"))
    return makeSheet(text("class_training.title"),
      element("h2", {textContent: text("class_training.may")}), may,
      element("h2", {textContent: text("class_training.same")}),
      element("p", {textContent: text("class_training.what")}),
      this.model.get_child("form"), this.said, row(this.start, this.end), this.run)
  }

  show() {
    const {trains, run, said} = this.model
    write(this.opener, inscription(this.model))
    this.opener.setAttribute("aria-pressed", !trains || run !== "")
    this.allow.setAttribute("aria-pressed", trains)
    this.forbid.setAttribute("aria-pressed", !trains)
    this.end.hidden = run === ""
    write(this.run, run === "" ? "" : text("class_training.on", {run}))
    write(this.said, said)
  }
}

export function render({model}) {
  const control = new TrainingControl(model)
  model.on(["trains", "run", "said"], () => control.show())
  control.show()
  return element("div", {}, control.opener, control.sheet)
}
