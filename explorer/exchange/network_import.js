// The sheet that comes up when the file of a network was read: what was found, to be confirmed.

import {button, element, write} from "../browser/dom.js"
import {nextFrame} from "../browser/frames.js"
import {makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

// A value to choose, with the share of digits that are read then.
export const optionText = ([, words, share]) =>
  share === "" ? words : text("import.option", {share, value: words})

function select({label, value, options}, choose) {
  const made = element("select", {}, ...options.map(option =>
    element("option", {value: option[0], textContent: optionText(option), selected: option[0] === value})))
  made.setAttribute("aria-label", label)
  made.addEventListener("change", () => choose(made.value))
  return made
}

// What was found of an aspect: a choice where it may be something else.
const found = (aspect, choose) => aspect.options.length > 1
  ? select(aspect, choose)
  : element("span", {textContent: aspect.options[0][1]})

function row(aspect, choose) {
  const made = element("div", {className: "aspect"},
    element("dt", {textContent: aspect.label}),
    element("dd", {}, found(aspect, value => choose(aspect.name, value)),
      element("small", {textContent: aspect.basis})))
  made.dataset.aspect = aspect.name
  made.classList.toggle("assumed", !aspect.is_sure)
  return made
}

function field(label, properties = {}) {
  const input = element("input", {type: "text", autocomplete: "off", spellcheck: false, translate: false, ...properties})
  return [input, element("label", {className: "field"}, element("span", {textContent: label}), input)]
}

class NetworkImport {
  constructor(model) {
    this.model = model
    this.file = element("h2", {translate: false})
    this.what = element("p", {className: "what"})
    this.accuracy = element("strong")
    this.verdict = element("span")
    this.rows = element("dl")
    this.notes = element("ul")
    this.said = element("p", {className: "said"})
    this.said.setAttribute("role", "alert")
    const [title, titleField] = field(text("import.title"), {maxLength: 200})
    const [labels, labelsField] = field(text("import.labels"))
    Object.assign(this, {title, labels})
    const result = element("p", {className: "result"}, this.accuracy, this.verdict)
    result.setAttribute("role", "status")
    this.sheet = makeSheet(text("import.sheet"), this.file, this.what, result, this.rows, this.notes,
      element("div", {className: "fields"}, titleField, labelsField), this.bar())
    this.sheet.dataset.testid = "import"
    this.sheet.addEventListener("beforetoggle", ({newState}) => {
      if (newState === "closed" && model.is_open) model.send_msg({type: "cancel"})
    })
  }

  bar() {
    const use = button(text("import.use"), () => this.use())
    use.className = "use"
    return element("div", {className: "bar"}, this.said, button(text("import.cancel"), () => this.sheet.hidePopover()), use)
  }

  use() { this.model.send_msg({type: "use", title: this.title.value, labels: this.labels.value}) }

  choose(aspect, value) {
    this.sheet.setAttribute("aria-busy", true)
    this.model.send_msg({type: "choose", aspect, value})
  }

  // Another file.
  show() {
    const {model} = this
    if (model.revision === 0) return
    write(this.file, model.file)
    this.title.value = model.title
    this.notes.replaceChildren(...model.notes.map(note => element("li", {textContent: note})))
    this.showFound()
    if (model.is_open) nextFrame(() => this.sheet.showPopover())
  }

  // What was found, or comes of a choice; the keyboard stays where it is.
  showFound() {
    const {model} = this
    const at = this.sheet.querySelector(".aspect:focus-within")?.dataset.aspect
    write(this.what, model.what)
    write(this.accuracy, model.accuracy)
    write(this.verdict, model.verdict)
    this.labels.value = model.labels
    this.rows.replaceChildren(...model.aspects.map(aspect => row(aspect, (name, value) => this.choose(name, value))))
    this.rows.querySelector(`[data-aspect="${at}"] select`)?.focus()
    this.sheet.removeAttribute("aria-busy")
  }

  say() {
    write(this.said, this.model.said)
    this.sheet.removeAttribute("aria-busy")
  }

  // It closes when the network was taken.
  close() { if (!this.model.is_open) this.sheet.hidePopover() }
}

export function render({model}) {
  const sheet = new NetworkImport(model)
  model.on("revision", () => sheet.show())
  model.on(["aspects", "what", "accuracy", "verdict", "labels"], () => sheet.showFound())
  model.on("said", () => sheet.say())
  model.on("is_open", () => sheet.close())
  sheet.show()
  return sheet.sheet
}
