// A sum as a waterfall: a bar for each of its largest terms, from where the one before has ended.

import {element} from "../browser/dom.js"
import {number, scientific, text} from "../browser/texts.js"

// A number with its sign, three digits behind the point; small ones as powers of ten.
export function signed(value) {
  const size = Math.abs(value)
  const digits = size !== 0 && size < 0.001 ? scientific(size, 1) : number(size, 3)
  return (value < 0 ? "−" : "+") + digits
}

// The steps of the waterfall: where each bar starts and ends, from nothing to z.
export function steps({terms, rest: [count, others], sum, bias, z}) {
  const named = terms.map(([source, weight, input, product]) =>
    ({label: source, detail: `${signed(weight)} × ${number(input, 3)}`, value: product}))
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
  return rows.map(({label, detail = "", value}) =>
    ({label, detail, value, from: end, to: end += value}))
}

const total = (label, value) => ({label, detail: "", value, from: 0, to: value, total: true})

function bar({label, detail, value, from, to, total}, low, high) {
  const share = at => 100 * (at - low) / (high - low)
  const [left, right] = [share(Math.min(from, to)), share(Math.max(from, to))]
  const fill = element("i", {className: total ? "total" : value < 0 ? "negative" : "positive"})
  fill.style.left = `${left}%`
  fill.style.width = `${Math.max(0.8, right - left)}%`
  const zero = element("b")
  zero.style.left = `${share(0)}%`
  return element("li", {className: total ? "sum" : "", title: detail},
    element("span", {textContent: label}), element("span", {className: "bar"}, zero, fill),
    element("output", {value: signed(value)}))
}

// Show the sum in a list.
export function showWaterfall(list, content) {
  const rows = steps(content)
  const ends = rows.flatMap(({from, to}) => [from, to])
  const [low, high] = [Math.min(0, ...ends), Math.max(0.001, ...ends)]
  list.style.setProperty("--rows", rows.length)
  list.replaceChildren(...rows.map(row => bar(row, low, high)))
}
