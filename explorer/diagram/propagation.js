// When a stroke is answered, one pulse runs through the edges that carry signal, layer by layer,
// and the winner is boxed at its end. Played slowly, with words, the same tells what a forward pass
// does; it can be paused, told step by step, and back. Whatever changes the picture ends it.

import {element} from "../browser/dom.js"
import {Animation, nextFrame} from "../browser/frames.js"
import {isSame} from "../browser/numbers.js"
import {ForwardPass, scene} from "./forward_pass.js"
import {PropagationCanvas} from "./propagation_canvas.js"
import {listen, tell, watch} from "../browser/scope.js"
import {text} from "../browser/texts.js"

export const STEP = 190          // milliseconds from one layer to the next
const LONGEST = 3 * STEP         // from the first to the last
const FLASH = 110
const SLOW = 1600                // the same, when the propagation is played at speed 1

// How long each of so many steps takes.
export const stepOf = layers => Math.min(STEP, LONGEST / layers)

// How far a pulse is: the layer it runs to, and 0-1 of the way there; null at its end.
export function progress(elapsed, layers, step = STEP) {
  const layer = Math.floor(elapsed / step) + 1
  return layer > layers ? null : {layer, share: elapsed % step / step}
}

class Propagation {
  constructor(model, el, canvas, words) {
    Object.assign(this, {model, el, words})
    this.canvas = new PropagationCanvas(canvas, model)
    this.pass = new ForwardPass()
    this.animation = new Animation()
    this.calm = matchMedia("(prefers-reduced-motion: reduce)")
  }

  // Nothing is told any more, and no pulse runs.
  stop() {
    this.animation.stop()
    this.canvas.putAway()
    if (this.pass.isOn) this.change(() => this.pass.stop())
  }

  // What was told is not so any more; a pulse may end as it has begun. A picture of another shape
  // brings the same numbers to other places, after a moment without any.
  outdate() {
    if (this.pass.isOn)
      queueMicrotask(() => isSame(this.told, this.canvas.activations) ? this.fit() : this.stop())
  }

  pulse() {
    if (!this.model.enabled || this.calm.matches) return
    this.stop()
    this.canvas.prepare()
    let elapsed = 0
    this.animation.run(passed => {
      elapsed += passed
      return this.drawPulse(elapsed)
    })
  }

  drawPulse(elapsed) {
    const {layers} = this.canvas
    const pace = stepOf(layers)
    const step = progress(elapsed, layers, pace)
    const flash = (elapsed - layers * pace) / FLASH
    this.canvas.clear()
    if (step !== null) this.canvas.pulse(step.layer, step.share)
    else if (flash < 1) this.canvas.flash(flash)
    else this.stop()
    return flash < 1
  }

  play() {
    if (this.pass.isPlaying) this.change(() => this.pass.pause())
    else this.begin(() => this.pass.play(this.canvas.layers))
  }

  step() { this.begin(() => this.pass.step(this.canvas.layers)) }

  back() { this.begin(() => this.pass.back(this.canvas.layers)) }

  seek(at) { this.begin(() => this.pass.seek(at, this.canvas.layers)) }

  begin(doing) {
    if (!this.pass.isOn) {
      this.canvas.prepare()
      this.told = this.canvas.activations
    }
    this.change(doing)
    if (this.pass.isOn) this.animation.run(passed => this.go(passed))
    else this.stop()
  }

  go(passed) {
    const {layer, isMoving} = this.pass
    this.pass.advance(passed * this.model.pace / SLOW, this.canvas.layers)
    if (!this.pass.isOn) this.stop()
    if (this.pass.layer !== layer || this.pass.isMoving !== isMoving) this.announce()
    if (this.pass.isOn) this.drawStep()
    this.tellPlace()
    return this.pass.isMoving
  }

  drawStep() {
    const {signals, hidden} = scene(this.pass)
    this.canvas.clear()
    this.canvas.hideFrom(hidden)
    if (signals !== null && !this.calm.matches) this.canvas.pulse(this.pass.layer, signals)
    this.tellUnfinished(hidden <= this.canvas.layers)
  }

  // The window has another size: what stands there is painted anew.
  fit() {
    if (!this.pass.isOn) return
    this.canvas.prepare()
    this.drawStep()
  }

  change(doing) {
    doing()
    this.announce()
    this.tellPlace()
  }

  // Say which step is told, and let the buttons follow.
  announce() {
    const {isOn, isAtStart, isPlaying, layer} = this.pass
    const step = {step: layer, steps: this.canvas.layers, words: this.model.words[layer - 1]}
    const said = isOn ? text("propagation.step", step) : ""
    this.words.hidden = !isOn
    if (this.words.textContent !== said) this.words.textContent = said
    const label = isPlaying ? text("control.pause") : text("control.play")
    tell(this.el, "control", {name: "play", label, icon: isPlaying ? "pause" : "play"})
    for (const name of ["first", "back"]) tell(this.el, "control", {name, disabled: isAtStart})
    if (!isOn) this.tellUnfinished(false)
  }

  // A picture of the stage holds what is painted over it.
  describePicture({layers}) {
    const {canvas} = this.canvas
    if (!canvas.hidden && canvas.width > 0) layers.push(canvas.toDataURL())
  }

  // The rail below the picture follows.
  tellPlace() {
    const {layers} = this.canvas
    const said = this.words.textContent || text("propagation.answer")
    tell(this.el, "control", {name: "rail", place: this.pass.place(layers), end: layers, said})
  }

  // Whether the answer is still to come: then the page does not show it elsewhere as if it were.
  tellUnfinished(unfinished) {
    if (unfinished === this.unfinished) return
    this.unfinished = unfinished
    tell(this.el, "unfinished", unfinished)
  }
}

function hearPage(propagation) {
  const {model, el} = propagation
  listen(model, el, {
    "stroke-answered": () => propagation.pulse(),
    "pen-down": () => propagation.stop(),
    play: () => propagation.play(),
    step: () => propagation.step(),
    back: () => propagation.back(),
    first: () => propagation.seek(0),
    rail: ({detail}) => propagation.seek(detail),
    "stage-picture": ({detail}) => propagation.describePicture(detail),
  })
  // Before the selected neuron: one press of the key ends one thing.
  listen(model, el, {escape: event => {
    if (event.defaultPrevented || !propagation.pass.isOn) return
    event.preventDefault()
    propagation.stop()
  }}, {capture: true})
}

function hearModels(propagation) {
  const {model} = propagation
  for (const source of [model.inputs, model.neurons])
    watch(model, source, "data", () => propagation.outdate())
  model.on("signal", () => propagation.stop())
  model.on("words", () => propagation.tellPlace())
}

export function render({model, el}) {
  const canvas = element("canvas")
  canvas.setAttribute("aria-hidden", "true")
  const words = element("p", {className: "words", hidden: true})
  words.setAttribute("role", "status")
  const propagation = new Propagation(model, el, canvas, words)
  propagation.stop()
  hearPage(propagation)
  nextFrame(() => propagation.tellPlace())  // the rail is there by then
  hearModels(propagation)
  new ResizeObserver(() => propagation.fit()).observe(canvas)
  return element("div", {}, canvas, words)
}
