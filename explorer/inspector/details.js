// The selected neuron in detail: the picture of its weights, and one question at a time.

import {text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

const QUESTIONS = [
  ["why", text("details.why")],
  ["reacts", text("details.reacts")],
  ["prefers", text("details.prefers")],
]

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

// Tabs as the ARIA practices want them: arrows move, the chosen one is in the tab order.
function tabs(panels, ask) {
  const list = element("div", {className: "tabs"})
  list.setAttribute("role", "tablist")
  list.setAttribute("aria-label", text("details.questions"))
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
  const picture = element("div", {className: "picture"}, child("picture"))
  const panels = Object.fromEntries(QUESTIONS.map(([name]) => [name, panel(name, child(name))]))
  const turns = new Turns(model, () => follow())
  const ask = question => {
    showTab(question)
    turns.send({type: "ask", question})
  }
  const {list: tabList, show: showTab} = tabs(panels, ask)

  const magnifier = element("div", {}, child("magnifier"))

  // A pixel has no sum, so there is nothing to ask about one; but it has neighbours.
  const show = () => {
    magnifier.classList.toggle("useless", model.asks)
    for (const part of [tabList, ...Object.values(panels)])
      part.classList.toggle("useless", !model.asks)
  }
  model.on("asks", show)
  const follow = () => { if (turns.heard()) showTab(model.question) }
  model.on("question", follow)
  showTab(model.question)
  show()
  return element("div", {className: "chosen"}, magnifier, picture, tabList, ...Object.values(panels))
}
