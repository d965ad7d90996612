// The gradient of the selected neuron: the terms of its sum, its picture or list of weights, and
// beside two slopes the numerical ones.

import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {coloured, imageCanvas, paint, SIDE, sideOf} from "../browser/images.js"
import {clip} from "../browser/numbers.js"
import {SELECTED} from "../browser/palette.js"
import {compact, text} from "../browser/texts.js"
import {deltaText} from "./layer_slopes.js"

const DIGITS = 6

// A slope, the numerical one, and how far apart they are.
export function checkRows({source, gradient, numerical, difference}) {
  const name = source === "" ? text("backward.of_bias") : text("backward.of_weight", {source})
  return [[name, compact(gradient, DIGITS)],
    [text("backward.numerical"), compact(numerical, DIGITS)],
    [text("backward.difference"), compact(difference, 2)]]
}

// The pixel at a place of a picture, both from 0 to 1.
export function pixelAt(x, y, side = SIDE) {
  const [column, row] = [x, y].map(share => clip(Math.floor(side * share), 0, side - 1))
  return row * side + column
}

const MOVES = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}

// The pixel that a key leads to from the one that is picked (-1 for none); null for other keys.
export function pixelBeside(picked, key, side = SIDE) {
  if (!(key in MOVES)) return null
  const [down, right] = MOVES[key]
  const middle = side * Math.floor(side / 2) + Math.floor(side / 2)
  return picked < 0 ? middle : clip(picked + down * side + right, 0, side * side - 1)
}

const row = ([name, value]) => element("div", {},
  element("dt", {textContent: name}), element("dd", {textContent: value}))

class NeuronSlopes {
  constructor(model) {
    this.model = model
    this.hint = element("p", {className: "quiet", textContent: text("backward.select")})
    this.title = element("h3")
    this.what = element("p", {className: "quiet", textContent: text("backward.sum")})
    this.terms = element("ol")
    this.sum = element("p", {className: "sum"})
    this.canvas = this.picture()
    this.scale = element("p", {className: "quiet"})
    this.weights = element("ol", {className: "weights"})
    this.checks = element("div")
    this.checks.dataset.testid = "slopes"
    this.found = element("div", {}, this.what, this.terms, this.sum, this.checks,
      this.canvas, this.scale, this.weights)
    this.box = element("div", {}, this.title, this.hint, this.found)
  }

  picture() {
    const canvas = imageCanvas(text("backward.picture"))
    canvas.setAttribute("role", "application")
    canvas.tabIndex = 0
    canvas.addEventListener("click", event => this.pickPixel(event))
    canvas.addEventListener("keydown", event => {
      const pixel = pixelBeside(this.model.content.picked, event.key, this.side)
      if (pixel === null) return
      event.preventDefault()
      this.pick(pixel)
    })
    return canvas
  }

  // The weight that is picked is marked.
  paint(pixels, picked) {
    paint(this.canvas, coloured(pixels, this.model.colours))
    if (picked < 0) return
    const {side} = this
    const context = this.canvas.getContext("2d")
    context.fillStyle = SELECTED
    context.fillRect(picked % side, Math.floor(picked / side), 1, 1)
  }

  get side() { return sideOf(this.model.content.pixels.length) }

  pick(source) { this.model.send_msg({type: "pick", source}) }

  pickPixel({clientX, clientY}) {
    const {left, top, width, height} = this.canvas.getBoundingClientRect()
    this.pick(pixelAt((clientX - left) / width, (clientY - top) / height, this.side))
  }

  show() {
    const {content} = this.model
    const isKnown = content.title !== undefined
    this.hint.hidden = isKnown
    this.found.hidden = !isKnown
    write(this.title, isKnown ? content.title : text("backward.one_neuron"))
    if (!isKnown) return
    this.showSum(content)
    this.showWeights(content)
  }

  showSum({terms: {rows, others, rest}, grad_a, slope, delta}) {
    const rest_row = others ? [[text("backward.others", {count: others}), compact(rest, 2)]] : []
    const named = rows.map(each => [each.name, deltaText(each)])
    this.what.hidden = grad_a === null
    this.terms.replaceChildren(...[...named, ...rest_row].map(([name, value]) => element("li", {},
      element("span", {textContent: name}), element("span", {textContent: value}))))
    write(this.sum, grad_a === null ? text("backward.delta", {delta: compact(delta, DIGITS)})
      : text("backward.delta_sum", {grad_a: compact(grad_a, 3), slope: compact(slope, 3), delta: compact(delta, 3)}))
  }

  showWeights({pixels, weights, picked, full}) {
    this.canvas.hidden = pixels === null
    if (pixels !== null) this.paint(pixels, picked)
    write(this.scale, pixels === null ? text("backward.pick_weight") : text("backward.pick_pixel", {full: compact(full, 1)}))
    this.weights.replaceChildren(...weights.map(([source, name, slope]) => {
      const made = button("", () => this.pick(source))
      made.append(element("span", {textContent: name}), element("span", {textContent: compact(slope, 3)}))
      made.setAttribute("aria-pressed", source === picked)
      return element("li", {}, made)
    }))
  }

  showChecks() {
    this.checks.replaceChildren(...this.model.checks.map(check => element("dl", {}, ...checkRows(check).map(row))))
  }
}

export function render({model}) {
  const slopes = new NeuronSlopes(model)
  model.on("content", whenIdle(() => slopes.show()))
  model.on("checks", whenIdle(() => slopes.showChecks()))
  slopes.show()
  slopes.showChecks()
  return slopes.box
}
