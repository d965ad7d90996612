// The loss of the drawing: what it is, which is chosen here, and the term of each output.

import {areDigits, digitRow, pressDigits} from "../browser/digits.js"
import {element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {compact, number, significant, text} from "../browser/texts.js"

// What an output is and should be, and what that adds to the loss.
export const termText = ([a, y, term]) =>
  text("backward.term", {a: number(a, 2), y: number(y), term: compact(term, 3)})

// The share of the largest term that each of them is, 0-1.
export function shares(terms) {
  const largest = Math.max(...terms.map(term => Math.abs(term[2]))) || 1
  return terms.map(term => Math.abs(term[2]) / largest)
}

function row() {
  const [digit, bar, words] = [element("b"), element("i"), element("span")]
  const box = element("li", {}, digit, element("span", {className: "bar"}, bar), words)
  return {digit, bar, words, box}
}

class LossTerms {
  constructor(model) {
    this.model = model
    this.which = element("p")
    this.choice = element("div")
    this.menu = element("select", {}, ...model.losses.map(([name, title]) =>
      element("option", {value: name, textContent: title})))
    this.menu.addEventListener("change", () => model.send_msg({type: "loss", name: this.menu.value}))
    this.formula = element("p", {className: "quiet"})
    this.loss = element("p", {className: "loss"})
    this.loss.dataset.testid = "loss"
    this.list = element("ol")
    this.found = element("div", {}, this.loss, this.list)
    this.box = element("div", {},
      this.which, this.choice,
      element("label", {}, element("span", {textContent: text("train.loss")}), this.menu),
      this.formula, this.found)
  }

  // There is a button and a row for each output.
  offer() {
    const {labels} = this.model
    const which = areDigits(labels) ? text("backward.which") : text("backward.which_label")
    write(this.which, which)
    this.digits = digitRow(which, digit => this.model.send_msg({type: "digit", digit}), labels)
    this.choice.replaceChildren(this.digits.row)
    this.rows = labels.map(row)
    this.list.replaceChildren(...this.rows.map(each => each.box))
  }

  show() {
    const {digit, loss, formula, content, place} = this.model
    this.list.hidden = place !== 0
    pressDigits(this.digits.buttons, each => each === digit)
    this.menu.value = loss
    write(this.formula, formula)
    this.found.hidden = content.terms?.length !== this.rows.length
    if (!this.found.hidden) this.showTerms(content)
  }

  showTerms({loss, terms}) {
    write(this.loss, text("backward.loss", {loss: significant(loss, 6)}))
    const widths = shares(terms)
    terms.forEach((term, i) => {
      const {digit, bar, words, box} = this.rows[i]
      write(digit, this.model.labels[i])
      write(words, termText(term))
      bar.style.width = `${100 * widths[i]}%`
      box.classList.toggle("true", i === this.model.digit)
    })
  }
}

export function render({model}) {
  const terms = new LossTerms(model)
  terms.offer()
  model.on("labels", () => {
    terms.offer()
    terms.show()
  })
  model.on(["digit", "loss", "formula", "content", "place"], whenIdle(() => terms.show()))
  terms.show()
  return terms.box
}
