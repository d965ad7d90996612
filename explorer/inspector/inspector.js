// The place for one neuron: its name, its numbers and its details, or the wall while none is selected.

import {button, element, write} from "../browser/dom.js"
import {listen} from "../browser/scope.js"
import {text} from "../browser/texts.js"

const ROWS = [
  ["weighted-sum", text("inspector.sum")],
  ["bias", text("inspector.bias")],
  ["z", text("inspector.z")],
  ["activation", text("inspector.activation")],
]

export function title([layer, index]) {
  const [column, row] = [index % 28, Math.floor(index / 28)]
  if (layer === 0) return text("inspector.pixel", {pixel: index, column, row})
  return text("inspector.neuron", {neuron: `${layer}:${index}`})
}

// The numbers of a neuron: an element for each, by its name.
class Numbers {
  constructor() {
    this.values = ROWS.map(([id]) => [id, element("span")])
    this.rows = this.values.map(([id, value], i) => {
      value.dataset.testid = id
      return element("div", {}, element("dt", {textContent: ROWS[i][1]}), element("dd", {}, value))
    })
    this.list = element("dl", {}, ...this.rows)
  }

  show(numbers) {
    this.values.forEach(([id, value], i) => {
      write(value, numbers[id] ?? "")
      this.rows[i].hidden = !(id in numbers)
    })
  }
}

class Inspector {
  constructor(model) {
    this.model = model
    this.heading = element("h2")
    this.close = button("×", () => this.deselect())
    this.close.className = "close"
    this.close.setAttribute("aria-label", text("inspector.deselect"))
    this.news = element("span", {className: "news"})
    this.news.setAttribute("role", "status")
    this.numbers = new Numbers()
    this.box = this.arrange(name => model.get_child(name))
    this.box.dataset.testid = "inspector"
  }

  arrange(child) {
    this.chosen = element("div", {className: "chosen"}, this.numbers.list, child("details"))
    this.overview = element("div", {},
      element("p", {className: "hint", textContent: text("inspector.hint")}),
      child("wall"), child("contrast"))
    return element("div", {}, this.news,
      element("div", {className: "head"}, this.heading, this.close),
      this.chosen, this.overview, child("audit"))
  }

  deselect() { this.model.send_msg({type: "deselect"}) }

  escape(event) {
    if (event.defaultPrevented || this.model.neuron.length === 0) return
    event.preventDefault()
    this.deselect()
  }

  show() {
    const {neuron, numbers} = this.model
    const some = neuron.length > 0
    this.box.dataset.layer = neuron[0] ?? ""
    this.box.dataset.neuron = neuron[1] ?? ""
    this.news.textContent = some ? announcement(neuron, numbers) : ""
    this.heading.textContent = some ? title(neuron) : text("inspector.overview")
    this.close.hidden = !some
    this.chosen.classList.toggle("away", !some)
    this.overview.hidden = some
    this.showNumbers()
  }

  showNumbers() { this.numbers.show(this.model.numbers) }
}

const announcement = (neuron, {activation}) =>
  text("inspector.news", {title: title(neuron), activation})

export function render({model, el}) {
  const inspector = new Inspector(model)
  listen(model, el, {escape: event => inspector.escape(event)})
  model.on("neuron", () => inspector.show())
  model.on("numbers", () => inspector.showNumbers())
  inspector.show()
  return inspector.box
}
