// Which neurons of wide layers are shown: a button that says it, and a sheet to choose others.

import {button, element, write} from "../browser/dom.js"
import {checkedNumber} from "../browser/number_field.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {list, number, text} from "../browser/texts.js"

// The layers of which not all neurons are shown, as [layer, size].
export const wideLayers = ({sizes, shown}) =>
  [...sizes.entries()].slice(1, -1).filter(([, size]) => size > shown)

// What is shown, in a sentence.
export function said({sizes, rule, first, shown}) {
  const wide = [...new Set(wideLayers({sizes, shown}).map(([, size]) => size))]
  const start = Math.min(first, Math.max(...wide) - shown)
  const values = {shown, sizes: list(wide.map(size => number(size)))}
  if (rule === "examples") return text("columns.said_examples", values)
  if (rule === "drawing") return text("columns.said_drawing", values)
  return text("columns.said_order", {...values, first: number(start + 1), last: number(start + shown)})
}

// Where those begin that come before or after; null where there are none.
export function beside({sizes, shown, first, rule}, step) {
  const next = rule === "order" ? first + step * shown : step > 0 ? 0 : -1
  return next >= 0 && wideLayers({sizes, shown}).some(([, size]) => size > next) ? next : null
}

class Columns {
  constructor(model) {
    this.model = model
    this.layer = element("select")
    this.number = element("input", {type: "text", inputMode: "numeric", autocomplete: "off"})
    this.about = element("p", {className: "about-columns"})
    this.rules = {
      examples: this.chooser("examples", text("columns.examples")),
      drawing: this.chooser("drawing", text("columns.drawing")),
      order: button(text("columns.order"), () => this.showFrom(0)),
    }
    this.turns = [-1, 1].map(step => button("", () => this.showFrom(beside(model, step))))
    this.opener = button("")
    this.sheet = makeSheet(text("columns.title"), ...this.parts())
    this.box = element("div", {}, makeOpener(this.opener, this.sheet), this.sheet)
  }

  chooser(rule, label) {
    return button(label, () => this.model.send_msg({type: "choose", rule}))
  }

  showFrom(first) { this.model.send_msg({type: "order", first}) }

  parts() {
    return [
      element("h2", {textContent: text("columns.title")}), this.about,
      element("div", {className: "rules"}, this.rules.examples, this.rules.drawing,
        element("div", {className: "turns"}, this.turns[0], this.rules.order, this.turns[1])),
      this.finder(),
    ]
  }

  // A neuron by its number, as people count them.
  finder() {
    const form = element("form", {}, element("h3", {textContent: text("columns.find")}),
      element("label", {}, text("columns.layer"), this.layer),
      element("label", {}, text("columns.number"), this.number),
      element("button", {type: "submit", textContent: text("columns.select")}))
    form.addEventListener("submit", event => {
      event.preventDefault()
      this.find()
    })
    this.number.addEventListener("input", () => this.number.setCustomValidity(""))
    return form
  }

  find() {
    const entered = checkedNumber(this.number)
    if (entered === null) return
    const layer = Number(this.layer.value)
    const size = this.model.sizes[layer]
    if (Number.isInteger(entered) && entered >= 1 && entered <= size) {
      this.model.send_msg({type: "find", neuron: [layer, entered - 1]})
      this.sheet.hidePopover()
    } else {
      this.number.setCustomValidity(text("columns.none", {size: number(size)}))
      this.number.reportValidity()
    }
  }

  show() {
    const {model, model: {sizes, rule, shown, edges, strongest}} = this
    this.box.hidden = sizes.length === 0
    if (this.box.hidden) return
    write(this.opener, said(model))
    write(this.about, text("columns.what", {shown, edges: number(edges), strongest: number(strongest)}))
    for (const [name, each] of Object.entries(this.rules)) each.setAttribute("aria-pressed", name === rule)
    write(this.turns[0], text("columns.before", {shown}))
    write(this.turns[1], text("columns.after", {shown}))
    this.turns.forEach((turn, i) => { turn.disabled = beside(model, 2 * i - 1) === null })
  }

  // The layers of another network.
  list() {
    this.layer.replaceChildren(...wideLayers(this.model).map(([layer]) =>
      element("option", {value: layer, textContent: layer})))
    this.show()
  }
}

export function render({model}) {
  const columns = new Columns(model)
  model.on("sizes", () => columns.list())
  model.on(["rule", "first"], () => columns.show())
  columns.list()
  return columns.box
}
