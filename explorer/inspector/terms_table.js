// All terms of a sum in a table that can be sorted by each of its columns.

import {button, element} from "../browser/dom.js"
import {makeSheet} from "../browser/sheet.js"
import {significant, text} from "../browser/texts.js"

const COLUMNS = [
  text("equation.source"),
  text("equation.weight"),
  text("equation.input"),
  text("equation.product"),
]

// Rows in the order of a column: sources by their numbers, values the farthest from 0 first.
export function sortedBy(rows, column) {
  const bySource = (a, b) => a[0].localeCompare(b[0], undefined, {numeric: true})
  const bySize = (a, b) => Math.abs(b[column]) - Math.abs(a[column])
  return [...rows].sort(column === 0 ? bySource : bySize)
}

const row = cells => element("tr", {}, ...cells.map((cell, column) =>
  element("td", {textContent: column === 0 ? cell : significant(cell, 7)})))

export class TermsTable {
  constructor() {
    this.rows = []
    this.body = element("tbody")
    const heads = COLUMNS.map((name, column) =>
      element("th", {scope: "col"}, button(name, () => this.show(sortedBy(this.rows, column)))))
    const head = element("thead", {}, element("tr", {}, ...heads))
    this.sheet = makeSheet(text("equation.table"), element("table", {}, head, this.body))
  }

  // [[source, weight, input, product], …]
  show(rows) {
    this.rows = rows
    this.body.replaceChildren(...rows.map(row))
  }

  open() { this.sheet.showPopover() }
}
