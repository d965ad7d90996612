// The selected neuron: its name, its numbers, the picture of its weights, and one question at a
// time. While none is selected, the wall of the first layer.

const ROWS = [
  ["weighted-sum", "weighted sum"],
  ["bias", "bias"],
  ["z", "z = sum + bias"],
  ["activation", "activation"],
]

const QUESTIONS = [
  ["why", "Why this number?"],
  ["reacts", "What is it reacting to?"],
  ["prefers", "What does it prefer?"],
]

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export function title([layer, index]) {
  if (layer === 0) return `Pixel ${index} (column ${index % 28}, row ${Math.floor(index / 28)})`
  return `Neuron ${layer}:${index}`
}

function numbers() {
  const row = ([id, label]) => {
    const value = element("dd")
    value.dataset.testid = id
    return element("div", {}, element("dt", {textContent: label}), value)
  }
  return element("dl", {}, ...ROWS.map(row))
}

// Tabs as the ARIA practices want them: arrows move, the chosen one is in the tab order.
function tabs(panels, ask) {
  const list = element("div", {className: "tabs"})
  list.setAttribute("role", "tablist")
  list.setAttribute("aria-label", "Questions about this neuron")
  const buttons = QUESTIONS.map(([name, label]) => {
    const tab = element("button", {type: "button", id: `tab-${name}`, textContent: label})
    tab.setAttribute("role", "tab")
    tab.setAttribute("aria-controls", `panel-${name}`)
    tab.addEventListener("click", () => ask(name))
    return tab
  })
  list.addEventListener("keydown", event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key]
    if (step === undefined) return
    const next = (buttons.indexOf(event.target) + step + buttons.length) % buttons.length
    buttons[next].focus()
    ask(QUESTIONS[next][0])
  })
  list.append(...buttons)
  const show = chosen => QUESTIONS.forEach(([name], i) => {
    buttons[i].setAttribute("aria-selected", name === chosen)
    buttons[i].tabIndex = name === chosen ? 0 : -1
    panels[name].hidden = name !== chosen
  })
  return {list, show}
}

function panel(name, child) {
  const made = element("div", {id: `panel-${name}`}, child)
  made.setAttribute("role", "tabpanel")
  made.setAttribute("aria-labelledby", `tab-${name}`)
  return made
}

export function render({model}) {
  const child = name => model.get_child(name)
  const heading = element("h2")
  const close = element("button", {type: "button", className: "close", textContent: "×"})
  close.setAttribute("aria-label", "Let go of the neuron")
  const list = numbers()
  const picture = element("div", {className: "picture"}, child("picture"))
  const panels = Object.fromEntries(QUESTIONS.map(([name]) => [name, panel(name, child(name))]))
  const {list: tabList, show: showTab} = tabs(panels, question => model.send_msg({type: "ask", question}))
  const chosen = element("div", {className: "chosen"}, picture, list, tabList, ...Object.values(panels))
  const overview = element("div", {className: "overview"},
    element("p", {className: "hint", textContent: "The weights of the first layer, each picture as " +
      "bright as its neuron is on. Click one, or any circle, to see the sum behind its number."}),
    child("wall"), child("contrast"))
  const box = element("div", {},
    element("div", {className: "head"}, heading, close), chosen, overview, child("audit"))
  box.dataset.testid = "inspector"
  const news = element("span", {className: "news"})
  news.setAttribute("role", "status")
  box.append(news)

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
    const some = model.neuron.length > 0
    box.classList.toggle("empty", !some)
    box.dataset.layer = model.neuron[0] ?? ""
    box.dataset.neuron = model.neuron[1] ?? ""
    news.textContent = some ? `${title(model.neuron)}, activation ${model.numbers.activation}` : ""
    heading.textContent = some ? title(model.neuron) : "What the first layer looks for"
    close.hidden = !some
    tabList.hidden = model.neuron[0] === 0
    for (const [name] of QUESTIONS)
      panels[name].classList.toggle("useless", model.neuron[0] === 0)
    showNumbers()
  }
  model.on("neuron", showNeuron)
  model.on("numbers", showNumbers)
  model.on("question", () => showTab(model.question))
  showTab(model.question)
  showNeuron()
  return box
}
