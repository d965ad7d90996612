// The side panel of the place Train: the settings, what the run does, its curves and numbers, and
// the pictures of the first layer.

import {element, write} from "../browser/dom.js"
import {text} from "../browser/texts.js"
import {keepQuiet} from "../diagram/painting.js"
import {lossWords, ownAnswer, percentWords} from "./panel_words.js"

// A row of numbers: of the training images, and of the validation images.
export const rows = ({training, validation}) => [
  [text("train.accuracy"), percentWords(training.accuracy), percentWords(validation.accuracy)],
  [text("train.loss"), lossWords(training.loss), lossWords(validation.loss)],
]

function table(numbers) {
  const head = element("tr", {}, element("td"),
    element("th", {className: "training", scope: "col", textContent: text("train.training")}),
    element("th", {className: "validation", scope: "col", textContent: text("train.validation")}))
  const body = numbers.training === undefined ? [] : rows(numbers).map(([name, ...values]) =>
    element("tr", {}, element("th", {scope: "row", textContent: name}),
      ...values.map(value => element("td", {textContent: value}))))
  return [head, ...body]
}

class Panel {
  constructor(model) {
    this.model = model
    this.summary = element("p", {className: "summary"})
    this.said = element("p", {className: "said"})
    this.said.setAttribute("role", "status")
    this.bar = element("progress", {max: 1})
    this.bar.setAttribute("aria-label", text("train_status.preparing"))
    this.trouble = element("div", {className: "trouble"})
    this.trouble.setAttribute("role", "status")
    this.numbers = element("table")
    this.own = element("dd")
    this.settings = element("details", {open: true},
      element("summary", {textContent: text("train.settings")}), model.get_child("begin_with"),
      model.get_child("form"))
    this.box = element("div", {}, ...this.parts())
    this.box.dataset.testid = "training"
  }

  parts() {
    const heading = element("h2", {textContent: text("train.title")})
    const child = name => this.model.get_child(name)
    const plots = element("div", {}, child("plots"))
    keepQuiet(plots)
    const own = element("dl", {}, element("dt", {textContent: text("train.own")}), this.own)
    const pictures = element("h3", {textContent: text("train.pictures")})
    const [numbers, wall] = this.alone = [element("div", {}, this.numbers, own),
      element("div", {}, pictures, element("div", {className: "pictures"}, child("wall")))]
    return [heading, child("note"), this.summary, this.said, this.bar, this.trouble, child("switch"),
      this.settings, child("drawings"), plots, child("comparison"), numbers,
      child("forgetting"), wall, child("kept")]
  }

  show() {
    const {status, said, progress, summary, numbers, has_two} = this.model
    this.fold()
    write(this.summary, summary)
    write(this.said, said)
    this.box.dataset.status = status
    this.bar.hidden = progress === null
    this.bar.value = progress ?? 0
    this.numbers.replaceChildren(...table(numbers))
    for (const part of this.alone) part.hidden = has_two
  }

  // It is read out when it changes, and not with every number.
  showTrouble() {
    this.trouble.replaceChildren(...this.model.trouble.map(textContent => element("p", {textContent})))
  }

  // The curves fill their frames.
  fit() {
    const {ends, epochs, losses} = this.model
    ;[epochs, losses].forEach((range, i) => range.setv({end: ends[i]}, {sync: false}))
  }

  // What was set gives way to what becomes of it, once.
  fold() {
    if (this.model.status !== "running" || this.wasFolded) return
    this.wasFolded = true
    this.settings.open = false
  }

  showOwn() { write(this.own, ownAnswer(this.model.own)) }
}

export function render({model}) {
  const panel = new Panel(model)
  model.on(["status", "said", "progress", "summary", "numbers", "has_two"], () => panel.show())
  model.on("ends", () => panel.fit())
  model.on("trouble", () => panel.showTrouble())
  model.on("own", () => panel.showOwn())
  panel.show()
  panel.fit()
  panel.showTrouble()
  panel.showOwn()
  return panel.box
}
