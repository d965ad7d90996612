// Why this number: a waterfall of the largest terms, the equation, and the dot on the curve.

import {element} from "../browser/dom.js"
import {makeSheet} from "../browser/sheet.js"
import {number, significant, text} from "../browser/texts.js"

const SVG = "http://www.w3.org/2000/svg"

const shape = (name, attributes) => {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

// The circles are painted first: what explains them follows in the same breath, after the frame.
const afterFrame = task => requestAnimationFrame(() => setTimeout(task))

// A number with its sign, three digits behind the point; small ones as powers of ten.
export function signed(value) {
  const size = Math.abs(value)
  const digits = size !== 0 && size < 0.001 ? size.toExponential(1) : number(size, 3)
  return (value < 0 ? "−" : "+") + digits
}

// The steps of the waterfall: where each bar starts and ends, from nothing to z.
export function steps({terms, rest, sum, bias, z}) {
  const rows = []
  let total = 0
  const add = (label, detail, value) => {
    rows.push({label, detail, value, from: total, to: total += value})
  }
  for (const [source, weight, input, product] of terms)
    add(source, `${signed(weight)} × ${number(input, 3)}`, product)
  const [count, others] = rest
  if (count > 0) add(text("equation.others", {count}), "", others)
  rows.push({label: text("equation.sum"), detail: "", value: sum, from: 0, to: sum, total: true})
  total = sum
  add(text("equation.bias"), "", bias)
  rows.push({label: text("equation.z"), detail: "", value: z, from: 0, to: z, total: true})
  return rows
}

function bar({label, detail, value, from, to, total}, low, high) {
  const share = at => 100 * (at - low) / (high - low)
  const fill = element("i", {className: total ? "total" : value < 0 ? "negative" : "positive"})
  fill.style.left = `${share(Math.min(from, to))}%`
  fill.style.width = `${Math.max(0.8, share(Math.max(from, to)) - share(Math.min(from, to)))}%`
  const zero = element("b")
  zero.style.left = `${share(0)}%`
  return element("li", {className: total ? "sum" : "", title: detail},
    element("span", {textContent: label}), element("span", {className: "bar"}, zero, fill),
    element("output", {value: signed(value)}))
}

function waterfall(list, content) {
  const rows = steps(content)
  const ends = rows.flatMap(({from, to}) => [from, to])
  const [low, high] = [Math.min(0, ...ends), Math.max(0.001, ...ends)]
  list.style.setProperty("--rows", rows.length)
  list.replaceChildren(...rows.map(row => bar(row, low, high)))
}

function drawCurve(svg, curve) {
  if (curve.length === 0) return null
  const [low, high] = [Math.min(0, ...curve.map(p => p[1])), Math.max(1, ...curve.map(p => p[1]))]
  const reach = curve.at(-1)[0]
  const x = z => 100 + 100 * Math.max(-1, Math.min(1, z / reach))
  const y = a => 66 - 60 * (a - low) / (high - low)
  const points = curve.map(([z, a]) => `${x(z)},${y(a)}`).join(" ")
  svg.replaceChildren(
    shape("line", {x1: 0, x2: 200, y1: y(0), y2: y(0), class: "axis"}),
    shape("line", {x1: 100, x2: 100, y1: 0, y2: 72, class: "axis"}),
    shape("polyline", {points, class: "curve"}),
    shape("circle", {r: 5, class: "dot"}))
  return {x, y, dot: svg.lastChild}
}

const COLUMNS = [
  text("equation.source"), text("equation.weight"), text("equation.input"), text("equation.product"),
]

function fillTable(table, rows) {
  const body = element("tbody")
  const show = () => body.replaceChildren(...rows.map(row => element("tr", {},
    ...row.map((cell, i) => element("td", {textContent: i === 0 ? cell : significant(cell, 7)})))))
  const sortBy = i => {
    const key = row => i === 0 ? 0 : -Math.abs(row[i])
    rows.sort((a, b) => i === 0 ? a[0].localeCompare(b[0], undefined, {numeric: true}) : key(a) - key(b))
    show()
  }
  const heads = COLUMNS.map((name, i) => {
    const sort = element("button", {type: "button", textContent: name})
    sort.addEventListener("click", () => sortBy(i))
    return element("th", {scope: "col"}, sort)
  })
  table.replaceChildren(element("thead", {}, element("tr", {}, ...heads)), body)
  show()
}

function allTerms() {
  const table = element("table")
  return {sheet: makeSheet(text("equation.table"), table), table}
}

export function render({model}) {
  const equation = element("p", {className: "equation"})
  const list = element("ol", {className: "waterfall"})
  const svg = shape("svg", {viewBox: "0 0 200 72", role: "img"})
  const place = element("p", {className: "spot"})
  const {sheet, table} = allTerms()
  const all = element("button", {type: "button", textContent: text("equation.show_table")})
  let wanted = false  // a table comes as well when the server tells everything once more
  all.addEventListener("click", () => {
    wanted = true
    model.send_msg({type: "table"})
  })
  let curve = null

  const show = () => {
    const {sum, bias, z, activation, slope} = model.content
    if (z === undefined) return
    equation.textContent = `a = ${model.function}(Σ w·a′ + b) = ${model.function}(` +
      `${signed(sum)} ${signed(bias)}) = ${model.function}(${signed(z)}) = ${number(activation, 4)}`
    waterfall(list, model.content)
    place.textContent = text("equation.slope", {z: signed(z), slope: significant(slope, 3)})
    if (curve === null) return
    curve.dot.setAttribute("cx", curve.x(z))
    curve.dot.setAttribute("cy", curve.y(activation))
  }
  const showCurve = () => {
    curve = drawCurve(svg, model.curve)
    svg.setAttribute("aria-label", text("equation.curve", {function: model.function}))
    show()
  }
  model.on("content", () => afterFrame(show))
  model.on("curve", showCurve)
  model.on("table", () => {
    fillTable(table, [...model.table])
    if (wanted) sheet.showPopover()
    wanted = false
  })
  showCurve()
  return element("div", {}, equation, list, all, svg, place, sheet)
}
