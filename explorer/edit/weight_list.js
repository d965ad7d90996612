// The weights of a deeper neuron: a slider and a number for each of the sources that are listed.

import {element} from "../browser/dom.js"
import {number, text} from "../browser/texts.js"
import {NumberField} from "../browser/number_field.js"
import {rangeSlider} from "../browser/range_slider.js"

// Of the largest weight at first, how far a slider goes.
const REACH = 1.5

class Weight {
  // `change` is told a weight, and whether it goes on to change; `pointAt` whether one looks at it.
  constructor(change, pointAt) {
    this.label = element("span")
    this.slider = rangeSlider({step: "any"}, change)
    this.field = new NumberField("", value => change(value, false))
    this.row = element("div", {className: "weight"}, this.label, this.slider, this.field.input)
    this.row.addEventListener("pointerenter", () => pointAt(true))
    this.row.addEventListener("pointerleave", () => pointAt(false))
  }

  name(name, limit) {
    this.label.textContent = name
    const label = text("edit.weight_of", {source: name})
    this.slider.setAttribute("aria-label", label)
    this.field.input.setAttribute("aria-label", label)
    Object.assign(this.slider, {min: -REACH * limit, max: REACH * limit})
  }

  show(value) {
    this.slider.value = value
    this.row.dataset.sign = value < 0 ? "negative" : "positive"
    this.field.show(value)
  }
}

export class WeightList {
  // `change` is told the source, its weight and whether it goes on; `pointAt` a source or null;
  // `list` a source that is to be listed as well.
  constructor({change, pointAt, list}) {
    Object.assign(this, {change, pointAt, weights: new Map(), count: 0})
    this.rows = element("div", {className: "weights"})
    this.some = element("span")
    this.another = new NumberField(text("edit.weight_number"), wanted => this.isOne(wanted) && list(wanted - 1))
    this.more = element("div", {className: "row"}, this.some, this.another.input)
    this.box = element("div", {}, this.rows, this.more)
  }

  // Whether this is the number of a neuron, as people count.
  isOne(wanted) { return Number.isInteger(wanted) && wanted >= 1 && wanted <= this.count }

  name(sources, limit, count) {
    this.count = count
    this.weights = new Map(sources.map(([source, name]) => {
      const weight = new Weight((value, goesOn) => this.change(source, value, goesOn),
        isOn => this.pointAt(isOn ? source : null))
      weight.name(name, limit)
      return [source, weight]
    }))
    this.rows.replaceChildren(...[...this.weights.values()].map(({row}) => row))
    this.more.hidden = sources.length === count
    this.some.textContent = text("edit.weights_listed", {listed: sources.length, all: number(count)})
  }

  fieldOf(source) { return this.weights.get(source)?.field }

  show(values) { this.weights.forEach((weight, source) => weight.show(values[source])) }
}
