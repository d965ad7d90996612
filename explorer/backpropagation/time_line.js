// The time line of a backward pass: its buttons, and a rail from the loss back to the first layer.

import {element, write} from "../browser/dom.js"
import {inscribe} from "../browser/icons.js"
import {clip} from "../browser/numbers.js"
import {text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

class TimeLine {
  constructor(model) {
    this.model = model
    this.place = model.place
    this.turns = new Turns(model, () => this.show())
    this.first = this.control("first", text("backward.to_loss"), () => 0)
    this.back = this.control("back", text("backward.before"), () => this.place - 1)
    this.next = this.control("step", text("backward.next"), () => this.place + 1)
    this.rail = element("input", {type: "range", min: 0, step: 1})
    this.rail.setAttribute("aria-label", text("backward.rail"))
    this.rail.addEventListener("input", () => this.go(this.rail.valueAsNumber))
    this.said = element("output")
    this.row = element("div", {className: "time"}, this.first, this.back, this.next, this.rail, this.said)
    this.row.setAttribute("role", "group")
    this.row.setAttribute("aria-label", text("backward.title"))
    this.row.dataset.testid = "backward-time"
  }

  control(icon, label, place) {
    const made = element("button", {type: "button", name: icon, title: label})
    inscribe(made, icon, label)
    made.addEventListener("click", () => this.go(place()))
    return made
  }

  // It stands there at once; what is seen of it follows.
  go(place) {
    this.place = clip(place, 0, this.model.last)
    this.turns.send({type: "go", place: this.place})
    this.showPlace()
  }

  show() {
    if (this.turns.heard()) this.place = this.model.place
    this.showPlace()
    this.rail.setAttribute("aria-valuetext", this.model.said)
    write(this.said, this.model.said)
  }

  showPlace() {
    const {model: {last, ready}, place} = this
    this.first.disabled = this.back.disabled = !ready || place === 0
    this.next.disabled = !ready || place === last
    this.rail.disabled = !ready
    this.rail.max = last
    this.rail.value = place
  }
}

export function render({model}) {
  const line = new TimeLine(model)
  model.on(["place", "last", "ready", "said"], () => line.show())
  line.show()
  return line.row
}
