// The selected neuron in detail: the pixels around it, or one question about it at a time.

import {button, element} from "../browser/dom.js"
import {text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

const QUESTIONS = [
  ["why", text("details.why")],
  ["reacts", text("details.reacts")],
  ["prefers", text("details.prefers")],
]

// Tabs as the ARIA practices want them: arrows move, the chosen one is in the tab order.
class Tabs {
  // `ask` is told the name of the question whose tab is chosen.
  constructor(panels, ask) {
    Object.assign(this, {panels, ask})
    this.buttons = QUESTIONS.map(([name, label]) => this.tab(name, label))
    this.list = element("div", {className: "tabs"}, ...this.buttons)
    this.list.setAttribute("role", "tablist")
    this.list.setAttribute("aria-label", text("details.questions"))
    this.list.addEventListener("keydown", event => this.press(event))
  }

  tab(name, label) {
    const tab = button(label, () => this.ask(name))
    tab.id = `tab-${name}`
    tab.setAttribute("role", "tab")
    tab.setAttribute("aria-controls", `panel-${name}`)
    return tab
  }

  press(event) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key]
    if (step === undefined) return
    const {buttons} = this
    const next = (buttons.indexOf(event.target) + step + buttons.length) % buttons.length
    buttons[next].focus()
    this.ask(QUESTIONS[next][0])
  }

  show(chosen) {
    QUESTIONS.forEach(([name], i) => {
      this.buttons[i].setAttribute("aria-selected", name === chosen)
      this.buttons[i].tabIndex = name === chosen ? 0 : -1
      this.panels[name].hidden = name !== chosen
    })
  }
}

function panel(name, child) {
  const made = element("div", {id: `panel-${name}`}, child)
  made.setAttribute("role", "tabpanel")
  made.setAttribute("aria-labelledby", `tab-${name}`)
  return made
}

class Details {
  constructor(model) {
    const child = name => model.get_child(name)
    this.model = model
    this.turns = new Turns(model, () => this.follow())
    this.panels = Object.fromEntries(QUESTIONS.map(([name]) => [name, panel(name, child(name))]))
    this.tabs = new Tabs(this.panels, question => this.ask(question))
    this.magnifier = element("div", {}, child("magnifier"))
    this.questions = [this.tabs.list, ...Object.values(this.panels)]
    this.box = element("div", {className: "chosen"}, this.magnifier, ...this.questions)
  }

  ask(question) {
    this.tabs.show(question)
    this.turns.send({type: "ask", question})
  }

  follow() { if (this.turns.heard()) this.tabs.show(this.model.question) }

  // A pixel has no sum, so there is nothing to ask about one; but it has neighbours.
  show() {
    const {asks} = this.model
    this.magnifier.classList.toggle("useless", asks)
    for (const part of this.questions) part.classList.toggle("useless", !asks)
  }
}

export function render({model}) {
  const details = new Details(model)
  model.on("asks", () => details.show())
  model.on("question", () => details.follow())
  details.follow()
  details.show()
  return details.box
}
