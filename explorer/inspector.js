// The selected neuron: its name, its numbers, and the picture of its weights.

const ROWS = [
  ["weighted-sum", "weighted sum"],
  ["bias", "bias"],
  ["z", "z = sum + bias"],
  ["activation", "activation"],
]

const element = (tag, properties = {}) => Object.assign(document.createElement(tag), properties)

export function title([layer, index]) {
  if (layer === 0) return `Pixel ${index}: column ${index % 28}, row ${Math.floor(index / 28)}`
  return `Neuron ${layer}:${index}`
}

function numbers() {
  const list = element("dl")
  for (const [id, label] of ROWS) {
    const value = element("dd")
    value.dataset.testid = id
    const row = element("div")
    row.append(element("dt", {textContent: label}), value)
    list.append(row)
  }
  return list
}

export function render({model}) {
  const box = element("div")
  box.dataset.testid = "inspector"
  const heading = element("h2")
  const close = element("button", {type: "button", textContent: "×"})
  close.setAttribute("aria-label", "Let go of the neuron")
  const head = element("div", {className: "head"})
  head.append(heading, close)
  const hint = element("p", {
    className: "hint",
    textContent: "Click a circle to see its incoming weights and the sum behind its number.",
  })
  const list = numbers()
  const picture = element("div", {className: "picture"})
  picture.append(model.get_child("picture"))

  const letGo = () => model.send_msg({type: "let go"})
  close.addEventListener("click", letGo)
  const escape = event => { if (event.key === "Escape" && model.neuron.length) letGo() }
  document.addEventListener("keydown", escape)
  model.on("remove", () => document.removeEventListener("keydown", escape))

  const showNumbers = () => {
    for (const [id] of ROWS) {
      const value = list.querySelector(`[data-testid="${id}"]`)
      value.textContent = model.numbers[id] ?? ""
      value.parentElement.hidden = !(id in model.numbers)
    }
  }
  const showNeuron = () => {
    const chosen = model.neuron.length > 0
    box.classList.toggle("empty", !chosen)
    box.dataset.layer = model.neuron[0] ?? ""
    box.dataset.neuron = model.neuron[1] ?? ""
    heading.textContent = chosen ? title(model.neuron) : "A neuron"
    close.hidden = !chosen
    hint.hidden = chosen
    list.hidden = !chosen
    showNumbers()
  }
  model.on("neuron", showNeuron)
  model.on("numbers", showNumbers)
  showNeuron()
  box.append(head, hint, picture, list)
  return box
}
