// The settings of a training, with starting points above them and the command that does the same
// below. Python says which fields there are, reads what is entered, and says what cannot be.

import {copy} from "../browser/clipboard.js"
import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

// What a value is chosen from, or typed into.
function control({options, keyboard}) {
  if (options) return element("select", {}, ...options.map(([value, title]) => new Option(title, value)))
  return element("input", {type: "text", inputMode: keyboard, spellcheck: false, autocomplete: "off"})
}

// A sentence beside a field or a button, which a screen reader is told when it changes.
function sentence(className) {
  const words = element("p", {className})
  words.setAttribute("role", "status")
  return words
}

export class Field {
  // `enter` is told what is entered.
  constructor({name, label, hint, ...kind}, enter) {
    this.control = Object.assign(control(kind), {id: name, title: hint})
    this.hint = element("span", {id: `${name}-hint`, textContent: hint, hidden: true})
    this.error = Object.assign(sentence("refusal"), {id: `${name}-error`})
    this.remark = Object.assign(sentence("remark"), {id: `${name}-remark`})
    const described = [this.hint, this.error, this.remark].map(each => each.id).join(" ")
    this.control.setAttribute("aria-describedby", described)
    this.shown = this.control.value
    this.control.addEventListener("change", () => {
      this.shown = this.control.value
      enter(this.control.value)
    })
    this.box = element("div", {className: "field"},
      element("label", {htmlFor: name, textContent: label, title: hint}), this.control,
      this.hint, this.error, this.remark)
  }

  // What cannot be stays as it was typed, and so does what is being typed.
  show(value, error = "", remark = "") {
    const isUntouched = this.control.value === this.shown
    if (!error && isUntouched) this.control.value = this.shown = value
    this.control.setAttribute("aria-invalid", error !== "")
    write(this.error, error)
    write(this.remark, remark)
  }
}

// Recipes to begin with, and a sentence on the one that is chosen.
export class StartingPoints {
  // `choose` is told the name of the one that is pressed.
  constructor(starts, choose) {
    this.hints = Object.fromEntries(starts.map(([name, , hint]) => [name, hint]))
    this.buttons = starts.map(([name, title, hint]) =>
      [name, Object.assign(button(title, () => choose(name)), {title: hint})])
    this.hint = sentence("hint")
    const buttons = element("div", {className: "starts"}, ...this.buttons.map(([, made]) => made))
    buttons.setAttribute("role", "group")
    buttons.setAttribute("aria-label", text("training_form.starts"))
    this.box = element("div", {}, buttons, this.hint)
  }

  show(start) {
    for (const [name, made] of this.buttons) made.setAttribute("aria-pressed", name === start)
    write(this.hint, this.hints[start] ?? text("training_form.own"))
  }
}

// How large the network is, and what to type for the same one.
export class Command {
  constructor() {
    this.size = element("span")
    this.copied = element("span")
    this.copied.setAttribute("role", "status")
    this.line = element("input", {type: "text", readOnly: true})
    this.line.setAttribute("aria-label", text("training_form.command"))
    this.button = button(text("training_form.copy"), () => this.copy())
    this.box = element("div", {className: "command"}, this.size, this.copied, this.line, this.button)
  }

  async copy() {
    await copy(this.line)
    write(this.copied, text("training_form.copied"))
  }

  show(parameters, command) {
    write(this.size, text("training_form.parameters", {count: parameters}))
    this.line.hidden = this.button.hidden = command === ""
    if (this.line.value === command) return
    this.line.value = command
    write(this.copied, "")
  }
}

class TrainingForm {
  constructor(model) {
    this.model = model
    this.showSoon = whenIdle(() => this.show())
    this.turns = new Turns(model, this.showSoon)
    this.starts = new StartingPoints(model.starts, name => this.turns.send({type: "start", name}))
    this.fields = model.fields.map(each => [each,
      new Field(each, value => this.turns.send({type: "set", name: each.name, value}))])
    this.command = new Command()
    this.box = this.arrange()
  }

  arrange() {
    const boxes = folded => this.fields.filter(([each]) => each.is_folded === folded)
      .map(([, field]) => field.box)
    const box = element("div", {}, this.starts.box,
      element("div", {className: "fields"}, ...boxes(false)),
      element("details", {}, element("summary", {textContent: text("training_form.more")}),
        element("div", {className: "fields"}, ...boxes(true))),
      this.command.box)
    box.setAttribute("role", "group")
    box.setAttribute("aria-label", text("training_form.settings"))
    return box
  }

  // An answer to something earlier must not undo what has been entered since.
  show() {
    if (!this.turns.heard()) return
    const {start, values, errors, remarks, parameters, command} = this.model
    this.starts.show(start)
    for (const [{name}, field] of this.fields) field.show(values[name], errors[name], remarks[name])
    this.command.show(parameters, command)
  }
}

export function render({model}) {
  const form = new TrainingForm(model)
  model.on(["start", "values", "errors", "remarks", "parameters", "command"], form.showSoon)
  form.show()
  return form.box
}
