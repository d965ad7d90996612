// The landscape of the loss around the network, and a slider that moves the network through it.

import {element, write} from "../browser/dom.js"
import {Fold} from "../browser/fold.js"
import {Latest} from "../browser/latest.js"
import {rangeSlider} from "../browser/range_slider.js"
import {signedNumber, text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

const STEPS = 100  // of the slider

// How far the network was moved.
export const distanceText = distance => text("backward.moved", {distance: signedNumber(distance, 2)})

class Landscape {
  constructor(model) {
    this.model = model
    this.latest = new Latest(message => this.turns.send(message))
    this.turns = new Turns(model, () => {
      this.latest.answered()
      this.show()
    })
    this.slider = rangeSlider({min: -STEPS, max: STEPS, step: 1, value: 0},
      (value, goesOn) => this.move(value, goesOn))
    this.slider.setAttribute("aria-label", text("backward.slider"))
    this.said = element("output")
    this.seed = element("input", {type: "text", inputMode: "numeric", autocomplete: "off"})
    this.seed.addEventListener("change", () =>
      model.send_msg({type: "seed", seed: this.seed.value.trim()}, () => { this.seed.value = model.seed }))
    this.wait = element("p", {className: "quiet", textContent: text("backward.measuring")})
    this.found = this.arrange()
    this.box = new Fold(model, text("backward.landscape"), this.wait, this.found).details
    this.box.dataset.testid = "landscape"
  }

  arrange() {
    this.what = element("p", {className: "quiet"})
    return element("div", {}, this.what,
      element("div", {className: "plot"}, this.model.get_child("plot")),
      element("div", {className: "row"}, this.slider, this.said),
      element("label", {}, element("span", {textContent: text("backward.direction")}), this.seed))
  }

  showWhat() {
    const {count} = this.model
    write(this.what, count > 0 ? text("backward.landscape_what", {count}) : text("backward.landscape_drawing"))
  }

  // Of a movement the latest counts, up to its end.
  move(value, goes_on) {
    const distance = value / STEPS * this.model.ends[0]
    write(this.said, distanceText(distance))
    const message = {type: "move", distance, goes_on}
    if (goes_on) return this.latest.say(message)
    this.latest.waiting = undefined
    this.turns.send(message)
  }

  // What is being moved is not overwritten before the server has heard of it.
  show() {
    const {ready, distance, ends} = this.model
    this.wait.hidden = ready
    this.found.classList.toggle("waiting", !ready)
    this.slider.disabled = !ready
    if (!this.turns.heard()) return
    this.slider.value = Math.round(STEPS * distance / ends[0])
    write(this.said, distanceText(distance))
  }

  // The curves fill their frame.
  fit() {
    const {ends: [far, high], distances, losses} = this.model
    distances.setv({start: -far, end: far}, {sync: false})
    losses.setv({end: high}, {sync: false})
  }
}

export function render({model}) {
  const landscape = new Landscape(model)
  landscape.seed.value = model.seed
  model.on(["ready", "distance"], () => landscape.show())
  model.on("ends", () => landscape.fit())
  model.on("count", () => landscape.showWhat())
  landscape.showWhat()
  landscape.show()
  landscape.fit()
  return landscape.box
}
