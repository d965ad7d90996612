// Two runs side by side: their numbers, their answers to one's own drawing, their first layers.

import {bytesOf} from "../browser/bytes.js"
import {element, write} from "../browser/dom.js"
import {coloured, imageCanvas, imagesIn, paint} from "../browser/images.js"
import {number, text} from "../browser/texts.js"
import {lossWords, ownAnswer, percentWords} from "./panel_words.js"

// A row of the table: what it is of, and the words of each run.
export const comparedRows = runs => [
  [text("two_runs.epoch"), run => number(run.epoch, 1)],
  [text("two_runs.training_accuracy"), run => percentWords(run.training?.accuracy)],
  [text("two_runs.validation_accuracy"), run => percentWords(run.validation?.accuracy)],
  [text("two_runs.training_loss"), run => lossWords(run.training?.loss)],
  [text("two_runs.validation_loss"), run => lossWords(run.validation?.loss)],
].map(([name, words]) => [name, ...runs.map(words)])

function row(name, words, className = "") {
  return element("tr", {className}, element("th", {scope: "row", textContent: name}),
    ...words.map(textContent => element("td", {textContent})))
}

class Comparison {
  constructor(model) {
    this.model = model
    this.table = element("table")
    this.answers = element("tbody", {className: "answers"})
    this.numbers = element("tbody")
    this.head = element("thead")
    this.table.append(this.head, this.answers, this.numbers)
    this.title = element("h3", {textContent: text("two_runs.first_layers")})
    this.layers = element("div", {className: "layers"})
    this.scale = element("p")
    this.box = element("div", {}, this.table, this.title, this.layers, this.scale)
    this.box.dataset.testid = "comparison"
  }

  showNumbers() {
    const {runs} = this.model
    this.box.hidden = runs.length === 0
    this.head.replaceChildren(element("tr", {}, element("td"), ...runs.map(({letter, is_shown}) =>
      element("th", {scope: "col", className: is_shown ? "shown" : "resting", textContent: letter}))))
    this.numbers.replaceChildren(...comparedRows(runs).map(([name, ...words]) => row(name, words)))
  }

  showAnswers() {
    this.answers.replaceChildren(row(text("train.own"), this.model.answers.map(ownAnswer)))
  }

  showLayers() {
    const {first_layers, scale} = this.model
    this.layers.replaceChildren(...first_layers.map((base64, i) => this.layer(imagesIn(bytesOf(atob(base64))), i)))
    write(this.scale, scale)
  }

  layer(shades, i) {
    const columns = Math.ceil(Math.sqrt(shades.length))
    const label = text("two_runs.first_layer", {letter: this.model.runs[i].letter})
    const tiles = element("div", {className: "tiles"}, ...shades.map(each =>
      paint(imageCanvas(), coloured(each, this.model.colours))))
    tiles.style.setProperty("--columns", columns)
    tiles.setAttribute("role", "img")
    tiles.setAttribute("aria-label", label)
    return element("figure", {}, tiles, element("figcaption", {textContent: this.model.runs[i].letter}))
  }
}

export function render({model}) {
  const comparison = new Comparison(model)
  model.on("runs", () => comparison.showNumbers())
  model.on("answers", () => comparison.showAnswers())
  model.on("first_layers", () => comparison.showLayers())
  comparison.showNumbers()
  comparison.showAnswers()
  comparison.showLayers()
  return comparison.box
}
