// The place for one neuron: its name, its numbers and its details, or the wall while none is selected.

import {listen} from "../browser/scope.js"
import {text} from "../browser/texts.js"

const ROWS = [
  ["weighted-sum", text("inspector.sum")],
  ["bias", text("inspector.bias")],
  ["z", text("inspector.z")],
  ["activation", text("inspector.activation")],
]

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export function title([layer, index]) {
  const [column, row] = [index % 28, Math.floor(index / 28)]
  if (layer === 0) return text("inspector.pixel", {pixel: index, column, row})
  return text("inspector.neuron", {neuron: `${layer}:${index}`})
}

function numbers() {
  const row = ([id, label]) => {
    const value = element("span")
    value.dataset.testid = id
    return element("div", {}, element("dt", {textContent: label}), element("dd", {}, value))
  }
  return element("dl", {}, ...ROWS.map(row))
}

export function render({model, el}) {
  const child = name => model.get_child(name)
  const heading = element("h2")
  const close = element("button", {type: "button", className: "close", textContent: "×"})
  close.setAttribute("aria-label", text("inspector.deselect"))
  const news = element("span", {className: "news"})
  news.setAttribute("role", "status")
  const list = numbers()
  const chosen = element("div", {className: "chosen"}, list, child("details"))
  const overview = element("div", {},
    element("p", {className: "hint", textContent: text("inspector.hint")}), child("wall"), child("contrast"))
  const box = element("div", {}, news,
    element("div", {className: "head"}, heading, close), chosen, overview, child("audit"))
  box.dataset.testid = "inspector"

  const deselect = () => model.send_msg({type: "deselect"})
  close.addEventListener("click", deselect)
  const escape = event => {
    if (event.defaultPrevented || model.neuron.length === 0) return
    event.preventDefault()
    deselect()
  }
  listen(model, el, {escape})

  const showNumbers = () => {
    for (const [id] of ROWS) {
      const value = list.querySelector(`[data-testid="${id}"]`)
      value.textContent = model.numbers[id] ?? ""
      value.closest("div").hidden = !(id in model.numbers)
    }
  }
  const show = () => {
    const some = model.neuron.length > 0
    box.dataset.layer = model.neuron[0] ?? ""
    box.dataset.neuron = model.neuron[1] ?? ""
    const {activation} = model.numbers
    news.textContent = some ? text("inspector.news", {title: title(model.neuron), activation}) : ""
    heading.textContent = some ? title(model.neuron) : text("inspector.overview")
    close.hidden = !some
    chosen.classList.toggle("away", !some)
    overview.hidden = some
    showNumbers()
  }
  model.on("neuron", show)
  model.on("numbers", showNumbers)
  show()
  return box
}
