// A sum as a waterfall: a bar for each of its largest terms, from where the one before has ended.

import {element, write} from "../browser/dom.js"
import {MINUS, PLUS, number, scientific, text} from "../browser/texts.js"

// A number with its sign, three digits behind the point; small ones as powers of ten.
export function signed(value) {
  const size = Math.abs(value)
  const digits = size !== 0 && size < 0.001 ? scientific(size, 1) : number(size, 3)
  return (value < 0 ? MINUS : PLUS) + digits
}

// The steps of the waterfall: where each bar starts and ends, from nothing to z.
export function steps({layer, terms, rest: [count, others], sum, bias, z}) {
  const named = terms.map(([label, weight, input, value, index]) =>
    ({label, detail: `${signed(weight)} × ${number(input, 3)}`, value, source: [layer, index]}))
  const remaining = count > 0 ? [{label: text("equation.others", {count}), value: others}] : []
  return [
    ...onTop(0, [...named, ...remaining]),
    total(text("equation.sum"), sum),
    ...onTop(sum, [{label: text("equation.bias"), value: bias}]),
    total(text("equation.z"), z),
  ]
}

// Bars that each start where the one before has ended.
function onTop(start, rows) {
  let end = start
  return rows.map(({detail = "", source = null, ...row}) =>
    ({...row, detail, source, from: end, to: end += row.value}))
}

const total = (label, value) =>
  ({label, detail: "", source: null, value, from: 0, to: value, total: true})

// One step: its name, a bar, and its number. It stays and changes with what is drawn: new rows
// would have the page laid out anew at every stroke.
class Row {
  // `pointAt` is told the neuron that a step comes from while the pointer is on it, then null.
  constructor(pointAt) {
    this.source = null
    this.label = element("span", {className: "label"})
    this.fill = element("i")
    this.value = element("span", {className: "value"})
    this.item = element("li", {},
      this.label, element("span", {className: "bar"}, this.fill), this.value)
    this.item.addEventListener("pointerenter", () => pointAt(this.source))
    this.item.addEventListener("pointerleave", () => pointAt(null))
  }

  // `share` says where on the scale, 0-1, a value stands.
  show({label, detail, source, value, from, to, total}, share) {
    this.source = source
    const [left, right] = [share(Math.min(from, to)), share(Math.max(from, to))]
    this.item.className = total ? "sum" : ""
    this.item.title = detail
    this.fill.className = total ? "total" : value < 0 ? "negative" : "positive"
    this.fill.style.setProperty("--from", left)
    this.fill.style.setProperty("--to", Math.max(left + 0.008, right))
    write(this.label, label)
    write(this.value, signed(value))
  }
}

export class Waterfall {
  constructor(pointAt) {
    this.pointAt = pointAt
    this.list = element("ol", {className: "waterfall"})
    this.rows = []
  }

  show(content) {
    const all = steps(content)
    const ends = all.flatMap(({from, to}) => [from, to])
    const [low, high] = [Math.min(0, ...ends), Math.max(0.001, ...ends)]
    const share = at => (at - low) / (high - low)
    this.keep(all.length)
    this.list.style.setProperty("--zero", share(0))
    all.forEach((step, i) => this.rows[i].show(step, share))
  }

  keep(count) {
    if (count === this.rows.length) return
    this.rows = Array.from({length: count}, (_, i) => this.rows[i] ?? new Row(this.pointAt))
    this.list.style.setProperty("--rows", count)
    this.list.replaceChildren(...this.rows.map(row => row.item))
  }
}
