// Why this number: a waterfall of the largest terms, and the dot on the curve.

import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {tell} from "../browser/scope.js"
import {significant, text} from "../browser/texts.js"
import {Curve} from "../diagram/curve.js"
import {TermsTable} from "./terms_table.js"
import {signed, Waterfall} from "./waterfall.js"

class Equation {
  constructor(model, el) {
    this.model = model
    this.waterfall = new Waterfall(source => tell(el, "point-at", source))
    this.curve = new Curve()
    this.place = element("p", {className: "spot"})
    this.table = new TermsTable()
    this.all = button(text("equation.show_table"), () => this.askForTable())
    this.isWanted = false  // a table comes as well when the server tells everything once more
  }

  askForTable() {
    this.isWanted = true
    this.model.send_msg({type: "table"})
  }

  showTable() {
    this.table.show([...this.model.table])
    if (this.isWanted) this.table.open()
    this.isWanted = false
  }

  show() {
    const {content} = this.model
    const {z, activation, slope} = content
    if (z === undefined) return
    this.waterfall.show(content)
    write(this.place, text("equation.slope", {z: signed(z), slope: significant(slope, 3)}))
    this.curve.put(z, activation)
  }

  showCurve() {
    const {curve, function: name} = this.model
    this.curve.draw(curve, text("equation.curve", {function: name}))
    this.show()
  }
}

export function render({model, el}) {
  const why = new Equation(model, el)
  model.on("content", whenIdle(() => why.show()))
  model.on("curve", () => why.showCurve())
  model.on(["table", "asked"], () => why.showTable())
  why.showCurve()
  return element(
    "div", {}, why.waterfall.list, why.all, why.curve.svg, why.place, why.table.sheet)
}
