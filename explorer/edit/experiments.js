// Experiments on the whole network. Python makes them, and says what each did.

import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {Latest} from "../browser/latest.js"
import {number, percent, text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"
import {rangeSlider} from "../browser/range_slider.js"

const BITS = [8, 4, 2, 1]

// How a slider's value is written beside it.
export const times = size => text("experiments.times", {value: number(size, 2)})
export const wholePercent = share => percent(share, 0)

const row = (...children) => element("div", {className: "row"}, ...children)

// The sentence on what an experiment did.
function result() {
  const words = element("p")
  words.setAttribute("role", "status")
  return words
}

// What a slider does is told while it is moved (`goes_on`), and when it is let go.
function slider(label, {max, step, written}, told) {
  const input = rangeSlider({min: 0, max, step}, (value, goesOn) => {
    output.value = written(value)
    told(value, goesOn)
  })
  const output = element("output")
  const show = value => {
    input.value = value
    output.value = written(value)
  }
  return {input, show, box: element("label", {}, element("span", {textContent: label}), input, output)}
}

// Buttons of which the one that was chosen stays pressed: pairs of a value and a name.
function choice(label, options, choose) {
  const buttons = options.map(([value, name]) => {
    const made = button(value, () => choose(value))
    made.setAttribute("aria-label", name)
    return [value, made]
  })
  const box = row(element("span", {textContent: label}), ...buttons.map(([, made]) => made))
  box.setAttribute("role", "group")
  box.setAttribute("aria-label", label)
  const show = chosen => {
    for (const [value, made] of buttons) made.setAttribute("aria-pressed", value === chosen)
  }
  return {box, show}
}

function menu(label, options, choose) {
  const select = element("select", {}, ...options.map(([name, title]) => new Option(title, name)))
  select.addEventListener("change", () => choose(select.value))
  return {select, box: element("label", {}, element("span", {textContent: label}), select)}
}

class Experiments {
  constructor(model) {
    this.model = model
    this.showSoon = whenIdle(() => this.show())
    this.latest = new Latest(message => this.turns.send(message))
    this.turns = new Turns(model, () => this.answered())
    this.results = Object.fromEntries(
      ["zero", "noise", "prune", "round", "activation"].map(name => [name, result()]))
    this.functions = element("div")
    this.listed = ""
    this.box = this.arrange()
  }

  // Of a movement the latest counts, up to its end; everything else is said at once.
  say(message) {
    if (message.goes_on) this.latest.say(message)
    else {
      this.latest.waiting = undefined
      this.turns.send(message)
    }
  }

  // The answer comes before the values that it brings: what is shown waits for both.
  answered() {
    this.latest.answered()
    this.showSoon()
  }

  arrange() {
    this.noise = slider(text("experiments.noise"), {max: 2, step: 0.05, written: times},
      (size, goes_on) => this.addNoise(goes_on))
    this.seed = element("input", {type: "text", inputMode: "numeric", autocomplete: "off"})
    this.seed.addEventListener("change", () => this.addNoise(false))
    this.prune = slider(text("experiments.prune"), {max: 1, step: 0.01, written: wholePercent},
      (share, goes_on) => this.say({type: "prune", share, goes_on}))
    this.bits = choice(text("experiments.round"),
      BITS.map(count => [count, text("experiments.bits", {count})]),
      bits => this.say({type: "round", bits}))
    return this.group()
  }

  group() {
    const {zero, noise, prune, round, activation} = this.results
    const group = element("div", {},
      row(button(text("experiments.zero"), () => this.say({type: "zero"}))), zero,
      this.noise.box, this.seedBox(), noise, this.prune.box, prune, this.bits.box, round,
      this.functions, activation)
    group.setAttribute("role", "group")
    group.setAttribute("aria-label", text("experiments.name"))
    return group
  }

  seedBox() {
    return row(element("label", {className: "seed"},
      element("span", {textContent: text("experiments.seed")}), this.seed),
    element("small", {textContent: text("experiments.noise_what")}))
  }

  addNoise(goes_on) {
    const size = this.noise.input.valueAsNumber
    this.say({type: "noise", size, seed: this.seed.value.trim(), goes_on})
  }

  // One menu a hidden layer; another network may have more of them.
  listFunctions(count) {
    const wanted = JSON.stringify([count, this.model.functions])
    if (wanted === this.listed) return
    this.listed = wanted
    this.menus = Array.from({length: count}, (_, i) => menu(
      text("experiments.activation", {layer: i + 1}), this.model.functions,
      name => this.say({type: "activation", layer: i + 1, name})))
    this.functions.replaceChildren(...this.menus.map(each => each.box))
  }

  // What is being moved or typed is not overwritten before the server has heard of it.
  show() {
    const {values, done} = this.model
    if (!this.turns.heard()) return
    this.noise.show(values.size)
    this.seed.value = values.seed
    this.prune.show(values.share)
    this.bits.show(values.bits)
    this.listFunctions(values.activations.length)
    values.activations.forEach((name, i) => { this.menus[i].select.value = name })
    for (const [name, words] of Object.entries(this.results)) write(words, done[name] ?? "")
  }
}

export function render({model}) {
  const experiments = new Experiments(model)
  model.on(["values", "functions", "done"], experiments.showSoon)
  experiments.show()
  return experiments.box
}
