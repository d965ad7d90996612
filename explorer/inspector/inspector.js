// The place for one neuron: its name, its numbers and its details, or the wall while none is selected.

import {listen} from "../browser/scope.js"

const ROWS = [
  ["weighted-sum", "weighted sum"],
  ["bias", "bias"],
  ["z", "z = sum + bias"],
  ["activation", "activation"],
]

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export function title([layer, index]) {
  if (layer === 0) return `Pixel ${index} (${index % 28}, ${Math.floor(index / 28)})`
  return `Neuron ${layer}:${index}`
}

function numbers() {
  const row = ([id, label]) => {
    const value = element("span")
    value.dataset.testid = id
    return element("div", {}, element("dt", {textContent: label}), element("dd", {}, value))
  }
  return element("dl", {}, ...ROWS.map(row))
}

const HINT = "The weights of the first layer, each picture as bright as its neuron is on. Click " +
  "one, or any circle, to see the sum behind its number."

export function render({model, el}) {
  const child = name => model.get_child(name)
  const heading = element("h2")
  const close = element("button", {type: "button", className: "close", textContent: "×"})
  close.setAttribute("aria-label", "Let go of the neuron")
  const news = element("span", {className: "news"})
  news.setAttribute("role", "status")
  const list = numbers()
  const chosen = element("div", {className: "chosen"}, list, child("details"))
  const overview = element("div", {},
    element("p", {className: "hint", textContent: HINT}), child("wall"), child("contrast"))
  const box = element("div", {}, news,
    element("div", {className: "head"}, heading, close), chosen, overview, child("audit"))
  box.dataset.testid = "inspector"

  const letGo = () => model.send_msg({type: "let go"})
  close.addEventListener("click", letGo)
  const escape = event => {
    if (event.defaultPrevented || model.neuron.length === 0) return
    event.preventDefault()
    letGo()
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
    news.textContent = some ? `${title(model.neuron)}, activation ${model.numbers.activation}` : ""
    heading.textContent = some ? title(model.neuron) : "What the first layer looks for"
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
