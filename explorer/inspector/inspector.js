// The place for one neuron: its name, its numbers and its details, or the wall while none is selected.

import {button, element, keepFocus, write} from "../browser/dom.js"
import {nextFrame} from "../browser/frames.js"
import {listen, tell} from "../browser/scope.js"
import {number, signedNumber, significant, text} from "../browser/texts.js"

const LONG = 16  // letters of a formula that are too many for its column

const ROWS = [
  ["weighted-sum", text("inspector.sum")],
  ["bias", text("inspector.bias")],
  ["z", text("inspector.z")],
  ["activation", text("inspector.activation")],
]

// What its activation is made of: its function of the sum and the bias.
export function formula(symbol, {"weighted-sum": sum, bias}) {
  const plus = bias < 0 ? "−" : "+"
  return `${symbol}(${signedNumber(sum, 2)} ${plus} ${number(Math.abs(bias), 2)})`
}

// All digits of a neuron's numbers: an element for each, by its name. They are there for other
// programs too, and shown on demand.
class Numbers {
  constructor() {
    this.values = ROWS.map(([id]) => [id, element("span")])
    this.rows = this.values.map(([id, value], i) => {
      value.dataset.testid = id
      return element("div", {}, element("dt", {textContent: ROWS[i][1]}), element("dd", {}, value))
    })
    this.list = element("dl", {className: "folded"}, ...this.rows)
    this.opener = button(text("inspector.exact"), () => this.open())
    this.opener.setAttribute("aria-expanded", false)
  }

  open() {
    const isOpen = !this.list.classList.toggle("folded")
    this.opener.setAttribute("aria-expanded", isOpen)
  }

  show(numbers) {
    this.values.forEach(([id, value], i) => {
      write(value, id in numbers ? significant(numbers[id], 7) : "")
      this.rows[i].hidden = !(id in numbers)
    })
  }
}

// The number itself, large, and how it comes about.
class Headline {
  constructor() {
    this.activation = element("p", {className: "activation"})
    this.range = element("p", {className: "quiet"})
    this.formula = element("p", {className: "formula"})
    this.sums = element("p", {className: "quiet"})
    this.box = element("div", {className: "headline"},
      this.activation, this.range, this.formula, this.sums)
  }

  show(numbers, {symbol, range = "", made_of = ""}) {
    write(this.activation, "activation" in numbers ? number(numbers.activation, 2) : "")
    write(this.range, range)
    const said = symbol ? formula(symbol, numbers) : ""
    write(this.formula, said)
    this.formula.classList.toggle("long", said.length > LONG)
    write(this.sums, made_of)
  }
}

class Inspector {
  constructor(model) {
    this.model = model
    this.heading = element("h2")
    this.close = button("×", () => this.deselect())
    this.close.className = "close"
    this.close.setAttribute("aria-label", text("inspector.deselect"))
    this.news = element("span", {className: "news"})
    this.news.setAttribute("role", "status")
    this.headline = new Headline()
    this.numbers = new Numbers()
    this.save = button(text("inspector.save"), () => tell(this.box, "take-away", "picture"))
    this.box = this.arrange(name => model.get_child(name))
    this.box.dataset.testid = "inspector"
  }

  arrange(child) {
    this.summary = element("div", {className: "summary"},
      element("div", {className: "picture"}, child("picture")), this.headline.box)
    this.chosen = element("div", {className: "chosen"},
      this.summary, child("details"),
      element("div", {className: "tools"}, this.numbers.opener, this.save), this.numbers.list)
    this.hint = element("p", {className: "hint"})
    this.overview = element("div", {},
      this.hint,
      child("wall"), child("contrast"))
    return element("div", {}, this.news,
      element("div", {className: "head"}, this.heading, this.close),
      this.chosen, this.overview, child("audit"))
  }

  // The neuron whose tile is under the pointer stands out in the network. Bokeh says which it is.
  followTiles() {
    const {tiles} = this.model
    const pointAt = () => {
      const [row] = tiles.inspected.indices
      tell(this.box, "point-at", row === undefined ? null : [tiles.data.layer[row], tiles.data.index[row]])
    }
    tiles.inspect.connect(pointAt)
    this.model.on("remove", () => tiles.inspect.disconnect(pointAt))
  }

  showHint() {
    const hints = {
      hidden: () => text("inspector.hint"),
      outputs: () => text("inspector.hint_outputs"),
      maps: () => text("inspector.hint_maps"),
    }
    write(this.hint, hints[this.model.first]())
  }

  deselect() { this.model.send_msg({type: "deselect"}) }

  escape(event) {
    if (event.defaultPrevented || this.model.neuron.length === 0) return
    event.preventDefault()
    this.deselect()
  }

  show() {
    const {neuron, numbers, name_of_neuron: name} = this.model
    const some = neuron.length > 0
    this.box.dataset.layer = neuron[0] ?? ""
    this.box.dataset.neuron = neuron[1] ?? ""
    this.news.textContent = some ? announcement(name, numbers) : ""
    this.heading.textContent = some ? name : text("inspector.overview")
    // Of a deeper neuron the picture has a tile for each source: it needs all of the width.
    this.summary.classList.toggle("wide", some && neuron[0] !== 1)
    this.close.hidden = !some
    this.chosen.classList.toggle("away", !some)
    this.overview.hidden = some
    this.showNumbers()
    nextFrame(() => tell(this.box, "selected", some))
  }

  showNumbers() {
    const {numbers, formula} = this.model
    this.headline.show(numbers, formula)
    this.numbers.show(numbers)
  }
}

const announcement = (title, {activation}) =>
  text("inspector.news", {title, activation: number(activation, 2)})

export function render({model, el}) {
  const inspector = new Inspector(model)
  listen(model, el, {escape: event => inspector.escape(event)})
  model.on(["neuron", "name_of_neuron"], () => keepFocus(inspector.box, () => inspector.show()))
  inspector.followTiles()
  model.on("first", () => inspector.showHint())
  inspector.showHint()
  model.on(["numbers", "formula"], () => inspector.showNumbers())
  inspector.show()
  return inspector.box
}
