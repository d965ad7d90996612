// The selected neuron with every number in reach.

import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {sideOf} from "../browser/images.js"
import {Latest} from "../browser/latest.js"
import {tell} from "../browser/scope.js"
import {signedNumber, text} from "../browser/texts.js"
import {Curve} from "../diagram/curve.js"
import {NumberField} from "../browser/number_field.js"
import {rangeSlider} from "../browser/range_slider.js"
import {WeightCanvas} from "./weight_canvas.js"
import {WeightList} from "./weight_list.js"

// Changes on their way: with one alone, each would wait for the answer to the one before.
const UNDER_WAY = 3

const row = (...children) => element("div", {className: "row"}, ...children)

// A bias: a slider, a number, and what it means.
class Bias {
  constructor(change) {
    this.slider = rangeSlider({step: "any"}, change)
    this.slider.setAttribute("aria-label", text("edit.bias"))
    this.field = new NumberField(text("edit.bias"), value => change(value, false))
    this.meaning = element("p", {className: "meaning"})
    this.curve = new Curve()
    this.box = element("div", {className: "bias"},
      row(element("b", {textContent: text("edit.bias")}), this.slider, this.field.input),
      this.meaning, this.curve.svg)
  }

  show({bias, reach}) {
    Object.assign(this.slider, {min: -reach, max: reach})
    this.slider.value = bias
    this.field.show(bias)
    write(this.meaning, text("edit.meaning", {value: signedNumber(-bias, 2)}))
  }
}

// What else a neuron could be: one press each, and one step to undo.
class Actions {
  constructor(say) {
    const clamp = value => say({type: "clamp", value})
    this.value = new NumberField(text("edit.clamp_to"), clamp)
    this.value.show(1)
    this.peers = element("select")
    this.peers.setAttribute("aria-label", text("edit.swap_with"))
    const plain = (label, type) => button(label, () => say({type}))
    this.reset = plain(text("edit.reset"), "reset")
    this.share = plain(text("edit.whole_map"), "share")
    this.box = element("div", {className: "actions"},
      row(plain(text("edit.silence"), "silence"), plain(text("edit.invert"), "invert"), this.reset), this.share,
      row(button(text("edit.clamp"), () => this.value.enter()), this.value.input),
      row(button(text("edit.swap"), () => say({type: "swap", other: this.peers.selectedIndex})), this.peers))
  }

  name(peers, inMap) {
    this.peers.replaceChildren(...peers.map(peer => new Option(peer)))
    this.share.hidden = !inMap
  }
}

class NeuronEditor {
  constructor(model, el) {
    Object.assign(this, {model, el})
    this.latest = new Latest(message => model.send_msg(message, () => {
      this.latest.answered()
      this.show()
    }), UNDER_WAY)
    this.heading = element("h2")
    this.mark = element("span", {className: "mark", textContent: text("edit.changed")})
    this.canvas = new WeightCanvas({
      say: (message, answered) => model.send_msg(message, answered),
      point: pixel => this.showPixel(pixel),
    })
    this.cell = new NumberField("", value => this.latest.say(this.weight(this.canvas.pixel, value, false)))
    this.cellName = element("span")
    this.list = new WeightList({
      change: (source, value, goesOn) => this.latest.say(this.weight(source, value, goesOn)),
      list: source => model.send_msg({type: "list", source}),
      pointAt: source =>
        tell(el, "point-at", source === null ? null : [model.neuron[0] - 1, source]),
    })
    this.bias = new Bias((value, goes_on) => this.latest.say({type: "bias", value, goes_on}))
    this.actions = new Actions(message => model.send_msg(message))
    this.invitation = element("div", {},
      element("div", {className: "head"}, element("h2", {textContent: text("edit.title")})),
      element("p", {className: "invitation", textContent: text("edit.choose")}))
    this.box = this.arrange()
  }

  arrange() {
    this.pixels = element("div", {}, this.canvas.box, row(this.cellName, this.cell.input))
    this.neuron = element("div", {}, element("div", {className: "head"}, this.heading, this.mark),
      this.pixels, this.list.box,
      element("p", {className: "hint", textContent: text("edit.pick")}), this.bias.box, this.actions.box)
    return element("div", {}, this.invitation, this.neuron)
  }

  weight(source, value, goes_on) { return {type: "weight", source, value, goes_on} }

  // Which weight the arrows or the pointer have come to.
  showPixel(pixel) {
    const {weights, neuron} = this.model
    if (neuron[0] !== 1 || pixel >= weights.length) return
    const side = sideOf(weights.length)
    const place = {row: Math.floor(pixel / side) + 1, column: pixel % side + 1}
    write(this.cellName, text("edit.weight_at", place))
    this.cell.input.setAttribute("aria-label", text("edit.weight_at", place))
    this.cell.show(weights[pixel])
  }

  // A weight was picked by its line in the network: it can be typed at once.
  bringUp() {
    const {picked, picks, neuron} = this.model
    if (picks === 0) return
    if (neuron[0] === 1) this.canvas.goTo(picked)
    const field = neuron[0] === 1 ? this.cell : this.list.fieldOf(picked)
    field?.choose()
  }

  name() {
    const {title, sources, peers, limit, count, in_map} = this.model
    this.heading.textContent = title
    this.actions.name(peers, in_map)
    this.list.name(sources, limit, count)
    if (!this.list.box.hidden) this.list.show(this.model.weights)
  }

  show() {
    const {model} = this
    const some = model.neuron.length > 0
    this.invitation.hidden = some
    this.neuron.hidden = !some
    if (!some) return
    const looksAtPixels = model.neuron[0] === 1
    this.pixels.hidden = !looksAtPixels
    this.list.box.hidden = looksAtPixels
    this.mark.hidden = !model.changed
    this.actions.reset.disabled = !model.changed
    if (looksAtPixels) this.canvas.show(model.weights, model.limit, model.colours)
    // An answer to something earlier must not move a slider back under the finger.
    if (!this.latest.isQuiet) return
    if (!looksAtPixels) this.list.show(model.weights)
    this.bias.show(model)
  }

  showCurve() {
    const {curve, function: name} = this.model
    this.bias.curve.draw(curve, text("equation.curve", {function: name}))
    this.showSpot()
  }

  showSpot() { this.bias.curve.put(...this.model.spot) }
}

export function render({model, el}) {
  const editor = new NeuronEditor(model, el)
  model.on(["title", "sources", "peers", "limit", "count", "in_map"], () => editor.name())
  model.on(["neuron", "changed", "bias", "weights", "limit", "reach"], whenIdle(() => editor.show()))
  model.on("picks", () => editor.bringUp())
  model.on("curve", () => editor.showCurve())
  model.on("spot", whenIdle(() => editor.showSpot()))
  editor.name()
  editor.showCurve()
  editor.show()
  return editor.box
}
