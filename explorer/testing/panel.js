// The side panel of the place Test: what is tested, the numbers, the matrix and its images.

import {button, element, write} from "../browser/dom.js"
import {tell} from "../browser/scope.js"
import {number, percent, text} from "../browser/texts.js"

const DIGITS = [...Array(10).keys()]

// What a source of images is called in the menu.
const SOURCES = {
  mnist: text("test.images_mnist"), synthetic: text("test.images_synthetic"), own: text("test.images_own"),
  class: text("test.images_class"),
}

// So many images of a source.
const counted = (source, count) => ({
  mnist: text("test.count_mnist", {count}), synthetic: text("test.count_synthetic", {count}),
  own: text("test.count_own", {count}), class: text("test.count_class", {count}),
})[source]

const noImages = source => source === "own" ? text("test.own_none") : text("test.class_none")

// How well one network reads, in a sentence.
export function sentence({source, count, centred}, {accuracy, right}) {
  const values = {images: counted(source, count), share: percent(accuracy), wrong: number(count - right)}
  return centred ? text("test.accuracy_centred", values) : text("test.accuracy", values)
}

// What several networks read.
export function subject({source, count, centred}) {
  const images = counted(source, count)
  return centred ? text("test.subject_centred", {images}) : text("test.subject", {images})
}

// How well one of them does.
export const share = ({count}, {accuracy, right}) =>
  text("test.share", {share: percent(accuracy), wrong: number(count - right)})

// By digit: recall and precision of one network, or the recall of two.
export function rows({networks: [first, second]}) {
  return DIGITS.map(digit => second === undefined
    ? [percent(first.recall[digit]), percent(first.precision[digit])]
    : [percent(first.recall[digit]), percent(second.recall[digit])])
}

const columns = ({networks: [first, second]}) => second === undefined
  ? [text("test.recall"), text("test.precision")]
  : [first.title, second.title]

function table(content) {
  const head = (name, scope) => element("th", {scope, textContent: name})
  return [
    element("tr", {}, head(text("test.digit"), "col"), ...columns(content).map(name => head(name, "col"))),
    ...rows(content).map((values, digit) => element("tr", {}, head(digit, "row"),
      ...values.map(value => element("td", {textContent: value})))),
  ]
}

const option = (value, textContent) => element("option", {value, textContent})

const menu = (label, choose) => {
  const select = element("select")
  select.addEventListener("change", () => choose(select.value))
  return {select, label: element("label", {}, element("span", {textContent: label}), select)}
}

class Panel {
  constructor(model) {
    this.model = model
    this.images = menu(text("test.images"), source => model.send_msg({type: "images", source}))
    this.beside = menu(text("test.beside"), name => model.send_msg({type: "beside", name}))
    this.bar = element("progress", {max: 1})
    this.bar.setAttribute("aria-label", text("test.reading"))
    this.said = element("div", {className: "said"})
    this.said.setAttribute("role", "status")
    this.table = element("table")
    this.none = element("p", {textContent: text("test.no_digits")})
    this.box = element("div", {}, ...this.parts())
    this.box.dataset.testid = "testing"
  }

  parts() {
    this.test = element("div", {}, ...this.testParts())
    return [element("header", {}, element("h2", {textContent: text("test.title")}), this.enlarger()),
      this.none, this.test]
  }

  testParts() {
    return [this.images.label, this.beside.label,
      this.ownDrawings(), this.bar, this.said, this.alone(), this.tabs(),
      this.model.get_child("matrix"), this.model.get_child("gallery"),
      element("details", {}, element("summary", {textContent: text("test.by_digit")}), this.table),
      ...["calibration", "robustness", "map"].map(name => this.model.get_child(name))]
  }

  // The side panel can be as wide as a classroom needs it.
  enlarger() {
    const made = button(text("test.enlarge"), () => {
      const on = made.getAttribute("aria-pressed") !== "true"
      made.setAttribute("aria-pressed", on)
      tell(this.box, "enlarge", on)
    })
    made.className = "enlarge"
    made.setAttribute("aria-pressed", false)
    return made
  }

  // Where drawings of one's own are collected.
  ownDrawings() {
    this.own = element("div", {}, element("p", {className: "hint", textContent: text("own.hint")}),
      this.model.get_child("collection"))
    return this.own
  }

  // What each of two networks reads and the other does not.
  alone() {
    this.counts = [0, 1].map(network =>
      button("", () => this.model.send_msg({type: "alone", network})))
    this.pair = element("div", {className: "pair"}, ...this.counts)
    return this.pair
  }

  // Whose matrix is shown.
  tabs() {
    this.titles = [0, 1].map(network =>
      button("", () => this.model.send_msg({type: "matrix", network})))
    this.choice = element("div", {className: "pair"}, ...this.titles)
    this.choice.setAttribute("role", "group")
    this.choice.setAttribute("aria-label", text("test.matrix_of"))
    return this.choice
  }

  showChoices() {
    const {sources, source, others, other, reads_digits} = this.model
    this.test.hidden = !reads_digits
    this.none.hidden = reads_digits
    this.images.select.replaceChildren(...sources.map(each => option(each, SOURCES[each])))
    this.images.select.value = source
    this.beside.select.replaceChildren(option("", text("test.none")),
      ...others.map(([name, title]) => option(name, title)))
    this.beside.select.value = other
    this.own.hidden = source !== "own"
  }

  showProgress() {
    const {progress} = this.model
    this.bar.hidden = progress === null
    this.bar.value = progress ?? 0
  }

  show() {
    const {content, shown} = this.model
    const {networks = [], alone = []} = content
    this.said.replaceChildren(...this.sentences(content, networks))
    this.pair.hidden = alone.length === 0
    this.choice.hidden = networks.length < 2
    networks.forEach(({title}, i) => {
      write(this.titles[i], title)
      this.titles[i].setAttribute("aria-pressed", i === shown)
    })
    alone.forEach((count, i) =>
      write(this.counts[i], text("test.alone", {network: networks[i].title, count})))
    this.table.replaceChildren(...networks.length > 0 ? table(content) : [])
  }

  sentences(content, networks) {
    if (content.source === undefined) return [element("p", {textContent: text("test.reading")})]
    if (networks.length === 0) return [element("p", {textContent: noImages(content.source)})]
    const plain = textContent => element("p", {textContent})
    if (networks.length === 1) return [plain(sentence(content, networks[0]))]
    return [plain(subject(content)), ...networks.map(each =>
      element("p", {}, element("b", {textContent: each.title}), ` ${share(content, each)}`))]
  }
}

export function render({model}) {
  const panel = new Panel(model)
  model.on(["sources", "source", "others", "other", "reads_digits"], () => panel.showChoices())
  model.on("progress", () => panel.showProgress())
  model.on(["content", "shown"], () => panel.show())
  panel.showChoices()
  panel.showProgress()
  panel.show()
  return panel.box
}
