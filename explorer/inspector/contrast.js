// Why this digit and not that one: the difference of two outputs, shared out layer by layer.

import {number, significant, text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

const SIDE = 28

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

// The circles are painted first: what explains them follows in the same breath, after the frame.
const afterFrame = task => requestAnimationFrame(() => setTimeout(task))

export const signed = value => (value < 0 ? "−" : "+") + number(Math.abs(value), 3)

// What a layer's shares add up to, in words.
export function account({total, constant, remainder, exact}, value) {
  const sums = {
    total: signed(total),
    constant: signed(constant),
    residual: signed(remainder),
    value: signed(value),
  }
  return exact ? text("contrast.exact", sums) : text("contrast.approximate", sums)
}

function choice(label, chosen) {
  const select = element("select")
  select.setAttribute("aria-label", label)
  for (let digit = 0; digit < 10; digit++) select.append(new Option(digit, digit))
  select.addEventListener("change", chosen)
  return select
}

function shares({layer, named, others, ...sums}, value) {
  const largest = Math.max(...named.map(([, share]) => Math.abs(share)), Math.abs(others), 1e-9)
  const row = ([name, share]) => {
    const fill = element("i", {className: share < 0 ? "negative" : "positive"})
    fill.style.width = `${50 * Math.abs(share) / largest}%`
    fill.style[share < 0 ? "right" : "left"] = "50%"
    return element("li", {}, element("b", {textContent: name}),
      element("span", {}, fill), element("output", {value: signed(share)}))
  }
  return element("div", {},
    element("h3", {textContent: text("contrast.layer", {layer})}),
    element("ol", {}, ...[...named, [text("contrast.others"), others]].map(row)),
    element("p", {textContent: account(sums, value)}))
}

function picture({shades, largest, ...sums}, colours, value) {
  const canvas = element("canvas", {width: SIDE, height: SIDE})
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", text("contrast.picture"))
  const image = new ImageData(SIDE, SIDE)
  shades.forEach((shade, i) =>
    image.data.set([0, 1, 2].map(channel => colours[3 * shade + channel]).concat(255), 4 * i))
  canvas.getContext("2d").putImageData(image, 0, 0)
  const brightest = {largest: significant(largest, 3), account: account(sums, value)}
  return element("div", {}, element("h3", {textContent: text("contrast.pixels")}), canvas,
    element("p", {textContent: text("contrast.brightest", brightest)}))
}

export function render({model}) {
  const opener = element("button", {type: "button", textContent: text("contrast.open")})
  const turns = new Turns(model, () => afterFrame(() => show()))
  const send = () => turns.send({type: "pair", pair: [Number(one.value), Number(other.value)]})
  const [one, other] = [choice(text("contrast.this"), send), choice(text("contrast.that"), send)]
  const value = element("output")
  const question = element("p", {className: "question"}, `${text("contrast.why")} `, one,
    ` ${text("contrast.not")} `, other, `${text("contrast.differs")} `, value)
  const parts = element("div")
  const box = element("div", {}, question, parts)

  opener.addEventListener("click", () => {
    const on = opener.getAttribute("aria-expanded") !== "true"
    opener.setAttribute("aria-expanded", on)
    box.hidden = !on
    model.send_msg({type: "compare", on})
  })
  const show = () => {
    const {content, colours} = model
    if (content.value === undefined || !turns.heard()) return
    one.value = content.one
    other.value = content.other
    value.value = signed(content.value)
    parts.replaceChildren(
      ...content.layers.map(layer => shares(layer, content.value)).reverse(),
      picture(content.pixels, colours, content.value))
  }
  opener.setAttribute("aria-expanded", false)
  box.hidden = true
  model.on("content", () => afterFrame(show))
  show()
  return element("div", {}, opener, box)
}
