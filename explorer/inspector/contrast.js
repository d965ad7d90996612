// Why this answer and not that one: the difference of two outputs, shared out layer by layer.

import {areDigits} from "../browser/digits.js"
import {button, element} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {coloured, imageCanvas, paint} from "../browser/images.js"
import {MINUS, PLUS, number, significant, text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

export const signed = value => (value < 0 ? MINUS : PLUS) + number(Math.abs(value), 3)

// What a layer's attributions add up to, in words.
export function account({total, constant, residual, exact}, value) {
  const sums = {
    total: signed(total),
    constant: signed(constant),
    residual: signed(residual),
    value: signed(value),
  }
  return exact ? text("contrast.exact", sums) : text("contrast.approximate", sums)
}

function choice(chosen) {
  const select = element("select")
  select.addEventListener("change", chosen)
  return select
}

const options = labels => labels.map((label, output) => new Option(label, output))

// An attribution as a bar from the middle, to the left if it is negative.
function bar([name, attribution], largest) {
  const fill = element("i", {className: attribution < 0 ? "negative" : "positive"})
  fill.style.width = `${50 * Math.abs(attribution) / largest}%`
  fill.style[attribution < 0 ? "right" : "left"] = "50%"
  return element("li", {}, element("b", {textContent: name}),
    element("span", {}, fill), element("output", {value: signed(attribution)}))
}

function attributions({layer, named, others, ...sums}, value) {
  const all = [...named, [text("contrast.others"), others]]
  const largest = Math.max(...all.map(([, attribution]) => Math.abs(attribution)), 1e-9)
  return element("div", {},
    element("h3", {textContent: text("contrast.layer", {layer})}),
    element("ol", {}, ...all.map(each => bar(each, largest))),
    element("p", {textContent: account(sums, value)}))
}

function picture({shades, largest, ...sums}, colours, value) {
  const canvas = paint(imageCanvas(text("contrast.picture")), coloured(shades, colours))
  const brightest = {largest: significant(largest, 3), account: account(sums, value)}
  return element("div", {}, element("h3", {textContent: text("contrast.pixels")}), canvas,
    element("p", {textContent: text("contrast.brightest", brightest)}))
}

class Contrast {
  constructor(model) {
    this.model = model
    this.turns = new Turns(model, whenIdle(() => this.show()))
    this.one = choice(() => this.ask())
    this.other = choice(() => this.ask())
    this.other.setAttribute("aria-label", text("contrast.that"))
    this.value = element("output")
    this.parts = element("div")
    this.opener = button("", () => this.open(this.box.hidden))
    this.opener.setAttribute("aria-expanded", false)
    this.box = element("div", {hidden: true}, this.question(), this.parts)
  }

  question() {
    return element("p", {className: "question"}, `${text("contrast.why")} `, this.one,
      ` ${text("contrast.not")} `, this.other, `${text("contrast.differs")} `, this.value)
  }

  // What there is to choose from.
  offer() {
    const {labels} = this.model
    for (const each of [this.one, this.other]) each.replaceChildren(...options(labels))
    const [open, one] = areDigits(labels) ? [text("contrast.open"), text("contrast.this")]
      : [text("contrast.open_label"), text("contrast.this_label")]
    this.opener.textContent = open
    this.one.setAttribute("aria-label", one)
  }

  ask() { this.turns.send({type: "pair", pair: [Number(this.one.value), Number(this.other.value)]}) }

  open(on) {
    this.opener.setAttribute("aria-expanded", on)
    this.box.hidden = !on
    this.model.send_msg({type: "compare", on})
  }

  show() {
    const {content, colours} = this.model
    if (content.value === undefined || !this.turns.heard()) return
    this.one.value = content.one
    this.other.value = content.other
    this.value.value = signed(content.value)
    this.parts.replaceChildren(
      ...content.layers.map(layer => attributions(layer, content.value)).reverse(),
      picture(content.pixels, colours, content.value))
  }
}

export function render({model}) {
  const contrast = new Contrast(model)
  contrast.offer()
  model.on("labels", () => contrast.offer())
  model.on("content", whenIdle(() => contrast.show()))
  contrast.show()
  return element("div", {}, contrast.opener, contrast.box)
}
