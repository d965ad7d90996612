// The gradient of a layer: a row for each neuron, with its δ and what that is made of.

import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {clip} from "../browser/numbers.js"
import {compact, text} from "../browser/texts.js"

const short = value => compact(value, 2)

// What δ is, and the two factors that it is the product of, if it is one.
export const deltaText = ({factors, delta}) => factors === null
  ? text("backward.delta", {delta: short(delta)})
  : text("backward.product", {grad_a: short(factors[0]), slope: short(factors[1]), delta: short(delta)})

// Which way z is to go: against the slope.
export const arrow = delta => delta < 0 ? "▲" : delta > 0 ? "▼" : "·"

class LayerSlopes {
  constructor(model) {
    this.model = model
    this.title = element("h3")
    this.formula = element("p", {className: "quiet"})
    this.list = element("ol")
    this.more = element("p", {className: "quiet"})
    this.weights = element("p", {className: "quiet"})
    this.scales = element("select")
    this.scales.addEventListener("change", () =>
      model.send_msg({type: "amplify", times: Number(this.scales.value)}))
    this.box = element("div", {}, this.title, this.formula, this.list, this.more, this.weights,
      element("label", {}, element("span", {textContent: text("backward.full_colour")}), this.scales))
    this.rows = []
  }

  row() {
    const [name, mark, words] = [element("b"), element("em"), element("span")]
    const made = button("")
    made.append(name, mark, words)
    const row = {name, mark, words, made, box: element("li", {}, made)}
    made.addEventListener("click", () => this.model.send_msg({type: "choose", neuron: row.number}))
    return row
  }

  show() {
    const {content} = this.model
    this.box.hidden = content.rows === undefined
    if (this.box.hidden) return
    write(this.title, text("backward.delta_of", {layer: content.title}))
    write(this.formula, content.formula)
    this.listRows(content)
    write(this.more, content.more ? text("backward.more", {count: content.more}) : "")
    write(this.weights, text("backward.weights", {before: content.before}))
    this.showScales(content)
  }

  // They are those of the layer.
  showScales({fulls, amplification}) {
    const listed = String(fulls)
    if (listed !== this.listed) this.scales.replaceChildren(...fulls.map(([times, full]) =>
      element("option", {value: times, textContent: compact(full, 1)})))
    this.listed = listed
    this.scales.value = amplification
  }

  listRows({rows, full}) {
    if (rows.length !== this.rows.length) {
      this.rows = rows.map(() => this.row())
      this.list.replaceChildren(...this.rows.map(each => each.box))
    }
    rows.forEach((each, i) => this.showRow(this.rows[i], each, full))
  }

  showRow(row, {number, name, delta, factors}, full) {
    row.number = number
    write(row.name, name)
    write(row.mark, arrow(delta))
    write(row.words, deltaText({factors, delta}))
    row.mark.className = delta < 0 ? "raise" : "lower"
    row.mark.style.opacity = 0.55 + 0.45 * clip(Math.abs(delta) / full, 0, 1) ** 0.5
  }
}

export function render({model}) {
  const slopes = new LayerSlopes(model)
  model.on("content", whenIdle(() => slopes.show()))
  slopes.show()
  return slopes.box
}
