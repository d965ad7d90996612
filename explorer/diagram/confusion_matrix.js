// A confusion matrix: Bokeh paints the cells, pointer and keys move over them and open one.

import {element, write} from "../browser/dom.js"
import {clip} from "../browser/numbers.js"
import {number, percent, text} from "../browser/texts.js"
import {quiet} from "./painting.js"

const DIGITS = 10
const UNITS = DIGITS + 1  // with the digits at the edges
const STEPS = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}

// Pixels of a text in a cell of so many pixels: four figures fit.
export const textSize = cell => clip(0.38 * cell, 9, 22)

// The cell at a place of the figure, 0-1 from its upper left corner; null at its edges.
export function cellAt(across, down) {
  const [true_, predicted] = [down, across].map(share => Math.floor(share * UNITS) - 1)
  const isCell = [true_, predicted].every(digit => digit >= 0 && digit < DIGITS)
  return isCell ? [true_, predicted] : null
}

// The cell that a key leads to.
export const neighbour = (cell, key) =>
  cell.map((digit, i) => clip(digit + STEPS[key][i], 0, DIGITS - 1))

// What a cell says.
export function cellName(counts, [digit, predicted]) {
  const row = counts[digit]
  const all = row.reduce((sum, count) => sum + count, 0)
  const values = {digit, predicted, count: row[predicted], all: number(all)}
  return all === 0 ? text("matrix.cell_empty", values)
    : text("matrix.cell", {...values, percent: number(100 * row[predicted] / all, 1)})
}

class Matrix {
  constructor(model) {
    this.model = model
    this.here = [0, 0]
    this.cursor = element("i", {hidden: true})
    this.figure = element("div", {className: "cells", tabIndex: 0}, model.get_child("picture"), this.cursor)
    this.figure.setAttribute("role", "application")
    this.figure.setAttribute("aria-label", text("matrix.name"))
    this.said = element("p", {className: "said"})
    this.said.setAttribute("role", "status")
    this.box = element("div", {},
      element("div", {className: "titles"},
        element("span", {className: "across", textContent: text("matrix.predicted")}),
        element("span", {className: "down", textContent: text("matrix.true")}), this.figure),
      this.said, this.legend())
    this.box.dataset.testid = "matrix"
  }

  legend() {
    return element("p", {className: "legend"}, text("matrix.legend"), " ",
      element("span", {}, percent(0, 0), element("i", {className: "ramp"}), percent(1, 0)))
  }

  point(cell) {
    const {counts} = this.model
    if (cell === null || counts.length === 0) return
    this.here = cell
    const [top, left] = cell.map(digit => `${100 * (digit + 1) / UNITS}%`)
    Object.assign(this.cursor.style, {top, left})
    this.cursor.hidden = false
    write(this.said, cellName(counts, cell))
  }

  open(cell) {
    this.point(cell)
    if (cell !== null && this.model.counts.length > 0) this.model.send_msg({type: "open", cell})
  }

  show() {
    const isEmpty = this.model.counts.length === 0
    if (isEmpty || this.cursor.hidden) write(this.said, text("matrix.hint"))
    else this.point(this.here)
  }

  hearPointer() {
    const at = ({clientX, clientY}) => {
      const {left, top, width, height} = this.figure.getBoundingClientRect()
      return cellAt((clientX - left) / width, (clientY - top) / height)
    }
    this.figure.addEventListener("pointermove", event => this.point(at(event)))
    this.figure.addEventListener("click", event => this.open(at(event)))
  }

  hearKeys() {
    this.figure.addEventListener("focus", () => this.point(this.here))
    this.figure.addEventListener("keydown", event => {
      const {key} = event
      if (key in STEPS) this.point(neighbour(this.here, key))
      else if (key === "Enter" || key === " ") this.open(this.here)
      else return
      event.preventDefault()
    })
  }

  fit() {
    const size = {value: `${textSize(this.figure.clientWidth / UNITS)}px`}
    for (const {glyph} of this.model.texts) glyph.text_font_size = size
    quiet(this.figure)
  }
}

export function render({model}) {
  const matrix = new Matrix(model)
  matrix.hearPointer()
  matrix.hearKeys()
  new ResizeObserver(() => matrix.fit()).observe(matrix.figure)
  model.on("counts", () => matrix.show())
  matrix.show()
  return matrix.box
}
