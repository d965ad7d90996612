// The weights of a deeper neuron: a slider and a number for each of its sources.

import {element} from "../browser/dom.js"
import {text} from "../browser/texts.js"
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
  // `change` is told the source, its weight and whether it goes on; `pointAt` a source or null.
  constructor({change, pointAt}) {
    Object.assign(this, {change, pointAt, weights: []})
    this.box = element("div", {className: "weights"})
  }

  name(sources, limit) {
    this.weights = sources.map((source, number) => {
      const weight = new Weight((value, goesOn) => this.change(number, value, goesOn),
        isOn => this.pointAt(isOn ? number : null))
      weight.name(source, limit)
      return weight
    })
    this.box.replaceChildren(...this.weights.map(({row}) => row))
  }

  fieldOf(source) { return this.weights[source]?.field }

  show(values) { this.weights.forEach((weight, number) => weight.show(values[number])) }
}
