// The time line of a training: its buttons, and a rail along the checkpoints.

import {element, write} from "../browser/dom.js"
import {inscribe} from "../browser/icons.js"
import {text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

class TimeLine {
  constructor(model) {
    this.model = model
    this.turns = new Turns(model, () => this.show())
    this.wanted = null  // the place that the rail was moved to while an answer was under way
    this.reset = this.control("first", text("train.reset"), () => ({type: "reset"}))
    this.play = this.control("play", text("train.start"), () => ({type: model.runs ? "pause" : "play"}))
    this.batch = this.control("step", text("train.one_batch"), () => ({type: "batch"}))
    this.epoch = this.control("epoch", text("train.one_epoch"), () => ({type: "epoch"}))
    this.film = this.control("film", text("train.film"), () => ({type: "film", on: !model.film}))
    this.rail = element("input", {type: "range", min: 0, step: 1})
    this.rail.setAttribute("aria-label", text("train.rail"))
    this.rail.addEventListener("input", () => this.look(this.rail.valueAsNumber))
    this.said = element("output")
    this.row = element("div", {className: "time"}, this.reset, this.play, this.batch, this.epoch,
      this.film, this.rail, this.said)
    this.row.setAttribute("role", "group")
    this.row.setAttribute("aria-label", text("train.time_line"))
    this.row.dataset.testid = "training-time"
  }

  control(icon, label, message) {
    const made = element("button", {type: "button", name: icon})
    made.addEventListener("click", () => this.turns.send(message()))
    name(made, icon, label)
    return made
  }

  playLabel() {
    const {runs, can_reset} = this.model
    return runs ? text("train.pause") : can_reset ? text("train.go_on") : text("train.start")
  }

  // One question at a time: of the places that are passed meanwhile the last one counts.
  look(place) {
    this.wanted = place
    if (!this.turns.heard()) return
    this.wanted = null
    this.turns.send({type: "look", place})
  }

  show() {
    const {runs, can_go_on, can_reset, is_common, film, places, place, said} = this.model
    if (this.wanted !== null && this.turns.heard()) return this.look(this.wanted)
    name(this.play, runs ? "pause" : "play", this.playLabel())
    this.play.disabled = !can_go_on
    this.batch.disabled = this.epoch.disabled = runs || !can_go_on || is_common
    this.reset.disabled = !can_reset || is_common
    this.film.disabled = places < 2
    this.film.setAttribute("aria-pressed", film)
    this.rail.disabled = places < 2
    this.rail.max = Math.max(places - 1, 0)
    if (this.wanted === null && this.turns.heard()) this.rail.value = place
    this.rail.setAttribute("aria-valuetext", said)
    write(this.said, said)
  }
}

// What a button is called is also said to a pointer. Only what changes is touched.
function name(button, icon, label) {
  if (button.title === label) return
  button.title = label
  inscribe(button, icon, label)
}

export function render({model}) {
  const line = new TimeLine(model)
  model.on(["runs", "can_go_on", "can_reset", "is_common", "film", "places", "place", "said"],
    () => line.show())
  line.show()
  return line.row
}
