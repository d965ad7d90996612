// The worksheet: its choices, a preview of both sheets, and the buttons that print or keep them.

import {button, element} from "../browser/dom.js"
import {download} from "../browser/download.js"
import {nextFrame} from "../browser/frames.js"
import {paperOf, printPaper} from "../browser/paper.js"
import {makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

// Pixels of a sheet with some white beside it, as worksheet.css has it.
const WIDTH = 760

const labelled = (label, control) =>
  element("label", {}, element("span", {textContent: label}), control)

const options = names => names.map((name, i) => new Option(name, i))

class Worksheet {
  constructor(model) {
    this.model = model
    this.seen = 0  // the server may tell everything once more: that is no reason to open it again
    this.layer = element("select")
    this.number = element("select")
    this.count = element("select")
    this.preview = element("div", {className: "preview", tabIndex: 0})
    this.preview.setAttribute("role", "img")
    this.preview.setAttribute("aria-label", text("worksheet.preview"))
    this.layer.addEventListener("change", () => this.askLayer())
    for (const each of [this.number, this.count]) each.addEventListener("change", () => this.ask())
    this.sheet = this.makeSheet()
    new ResizeObserver(() => this.fit()).observe(this.preview)
  }

  makeSheet() {
    const print = button(text("worksheet.print"), () => printPaper(this.model.html))
    print.className = "first"
    const sheet = makeSheet(text("worksheet.settings"),
      element("h2", {textContent: text("worksheet.settings")}),
      element("p", {textContent: text("worksheet.what")}),
      element("div", {className: "choices"},
        labelled(text("worksheet.layer"), this.layer),
        labelled(text("worksheet.neuron"), this.number),
        labelled(text("worksheet.terms"), this.count)),
      this.preview,
      element("div", {className: "row"}, print,
        button(text("worksheet.save"), () => this.save())))
    sheet.dataset.testid = "worksheet"
    return sheet
  }

  // Of another layer, its first neuron; what is chosen next goes with it, whatever is still shown.
  askLayer() {
    this.number.value = 0
    this.ask()
  }

  // What is chosen.
  ask() {
    const neuron = [Number(this.layer.value) + 1, Number(this.number.value)]
    this.model.send_msg({type: "make", neuron, count: Number(this.count.value)})
  }

  save() {
    const {html, neuron} = this.model
    download(`worksheet-${neuron.join("-")}.html`, new Blob([html], {type: "text/html"}))
  }

  show() {
    const {layers, neuron: [layer, number], bounds: [fewest, most], count, html} = this.model
    if (html === "") return
    this.layer.replaceChildren(...options(layers.map(([title]) => title)))
    this.layer.value = layer - 1
    this.number.replaceChildren(...options(layers[layer - 1][1]))
    this.number.value = number
    this.count.replaceChildren(...Array.from({length: most - fewest + 1}, (_, i) =>
      new Option(fewest + i, fewest + i)))
    this.count.value = count
    this.preview.replaceChildren(paperOf(html))
    this.open()
  }

  // The sheets are as wide as there is room.
  fit() { this.preview.style.setProperty("--scale", this.preview.clientWidth / WIDTH) }

  open() {
    if (this.seen === this.model.opened) return
    this.seen = this.model.opened
    nextFrame(() => {
      this.sheet.showPopover()
      this.sheet.focus()
    })
  }
}

export function render({model}) {
  const worksheet = new Worksheet(model)
  model.on(["html", "opened"], () => worksheet.show())
  worksheet.show()
  return worksheet.sheet
}
