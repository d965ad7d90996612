// The teacher's part of the lesson: how many pupils are at which card, and a button that calls all
// to one.

import {button, element, write} from "../browser/dom.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {number, text} from "../browser/texts.js"

// The name of a card, as in an address: people count cards from 1.
export const nameOf = (chapter, card) => `${chapter}.${card + 1}`

// How many pupils have a card open.
export const inLesson = counts => Object.values(counts).reduce((all, each) => all + each, 0)

class LessonControl {
  constructor(model) {
    this.model = model
    this.chosen = null  // chapter and number of the card that is looked at
    this.rows = element("div", {className: "rows"})
    this.text = element("p")
    this.call = button(text("class_lesson.call"), () => {
      const [chapter, card] = this.chosen
      model.send_msg({type: "call", chapter, card})
    })
    this.call.className = "start"
    this.called = element("p", {className: "run"})
    this.called.setAttribute("role", "status")
    this.sheet = makeSheet(text("place.lesson"), element("h2", {textContent: text("place.lesson")}),
      element("p", {textContent: text("class_lesson.what")}), this.rows, this.text, this.call, this.called)
    this.opener = makeOpener(button("", () => model.send_msg({type: "open"})), this.sheet)
  }

  choose(chapter, card) {
    this.chosen = [chapter, card]
    this.show()
  }

  // A card as a button: its number, and how many are there.
  card(chapter, card) {
    const {counts} = this.model
    const count = counts[nameOf(chapter, card)] ?? 0
    const made = button(number(card + 1), () => this.choose(chapter, card))
    made.setAttribute("aria-label", text("class_lesson.card", {card: number(card + 1), count}))
    made.setAttribute("aria-pressed", String(this.chosen) === String([chapter, card]))
    if (count) made.append(element("b", {textContent: number(count)}))
    return made
  }

  show() {
    const {chapters, counts, called} = this.model
    const count = inLesson(counts)
    write(this.opener, count ? text("class_lesson.count", {count}) : text("place.lesson"))
    this.rows.replaceChildren(...chapters.map(([chapter, title, cards]) => element("div", {className: "chapter"},
      element("span", {textContent: title}),
      element("span", {className: "row"}, ...cards.map((_, card) => this.card(chapter, card))))))
    const [chapter, card] = this.chosen ?? []
    write(this.text, chapter ? chapters.find(([name]) => name === chapter)[2][card] : "")
    this.call.hidden = !chapter
    write(this.called, chapter && called === nameOf(chapter, card) ? text("class_lesson.called") : "")
  }
}

export function render({model}) {
  const control = new LessonControl(model)
  model.on(["chapters", "counts", "called"], () => control.show())
  control.show()
  return element("div", {}, control.opener, control.sheet)
}
