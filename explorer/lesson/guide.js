// The card of the lesson that is open, beside the page that it speaks of; or the list of chapters.

import {button, element, write} from "../browser/dom.js"
import {listenOn, ownsAddress, pageOf, tell} from "../browser/scope.js"
import {browser} from "../browser/storage.js"
import {number, text} from "../browser/texts.js"

const STORE = "neuron-explorer lesson"
const HINT_AFTER = 20_000
const LARGEST = 200_000  // bytes of a chapter, as in chapter.py

// Which card an address opens; null for none. People count cards from 1.
export function cardOf(hash) {
  const [, chapter, card] = /^#lesson=([a-z]+)\.(\d{1,2})$/.exec(hash) ?? []
  return chapter ? {chapter, card: Number(card) - 1} : null
}

export const addressOf = (chapter, card) => chapter ? `#lesson=${chapter}.${card + 1}` : "#lesson"

// What was kept of an earlier visit; what is damaged is nothing.
export function recalled(kept) {
  try {
    return JSON.parse(kept ?? "null")
  } catch {
    return null
  }
}

class Guide {
  constructor(model, page) {
    Object.assign(this, {model, page})
    this.ownsAddress = ownsAddress(page)
    this.asked = this.ownsAddress ? cardOf(location.hash) : null
    this.box = element("div", {className: "cards"})
    this.box.dataset.testid = "guide"
    this.contents = element("ol", {className: "contents"})
    this.list = element("div", {className: "list"},
      element("div", {className: "head"}, element("h2", {textContent: text("lesson.title")}), this.closer()),
      element("p", {className: "what", textContent: text("lesson.what")}), this.contents, this.opener())
    this.card = element("div", {className: "card"}, this.head(), ...this.body(), this.foot())
    this.box.append(this.card, this.list)
  }

  send(type, values = {}) { this.model.send_msg({type, ...values}) }

  head() {
    this.title = element("h2")
    this.count = element("span", {className: "count"})
    const contents = button("☰", () => this.send("contents"))
    contents.setAttribute("aria-label", text("lesson.contents"))
    contents.title = text("lesson.contents")
    this.fold = button("▾", () => this.toggle())
    this.fold.className = "fold"
    this.fold.setAttribute("aria-label", text("lesson.fold"))
    this.fold.setAttribute("aria-expanded", true)
    return element("div", {className: "head"}, contents, this.title, this.count, this.fold, this.closer())
  }

  // On a phone the card is in the way of what it speaks of, once it was read.
  toggle(folded = !this.card.classList.contains("folded")) {
    this.card.classList.toggle("folded", folded)
    this.fold.setAttribute("aria-expanded", !folded)
  }

  closer() {
    const close = button("✕", () => tell(this.box, "lesson"))
    close.setAttribute("aria-label", text("lesson.close"))
    close.title = text("lesson.close")
    return close
  }

  body() {
    this.text = element("p", {className: "text"})
    this.task = element("p", {className: "task"})
    this.hint = element("p", {className: "hint"})
    this.done = element("p", {className: "done"})
    this.done.setAttribute("role", "status")
    this.question = element("div", {className: "question"})
    return [this.text, this.task, this.question, this.done, this.hint]
  }

  foot() {
    this.back = button(text("lesson.back"), () => this.send("move", {way: -1}))
    this.next = button(text("lesson.next"), () => this.send("move", {way: 1}))
    this.next.className = "next"
    this.score = element("span", {className: "score"})
    return element("div", {className: "foot"}, this.back, this.score, this.next)
  }

  // A chapter of a teacher's own.
  opener() {
    const file = element("input", {type: "file", accept: ".json,application/json", hidden: true})
    file.addEventListener("change", () => this.read(file))
    const open = button(text("lesson.open"), () => file.click())
    return element("p", {className: "opener"}, open, file)
  }

  async read(input) {
    const [file] = input.files
    input.value = ""
    if (file) this.send("file", {content: (await file.slice(0, LARGEST + 1).text())})
  }

  showContents() {
    this.contents.replaceChildren(...this.model.contents.map(([name, title, cards, done]) => {
      const open = button("", () => this.send("open", {chapter: name, card: 0}))
      open.append(element("span", {textContent: title}),
        element("span", {className: "count", textContent: text("lesson.done_of", {done: number(done), cards: number(cards)})}))
      open.classList.toggle("complete", done === cards)
      return element("li", {}, open)
    }))
  }

  show() {
    const {chapter, title, card, cards, said, score} = this.model
    this.card.hidden = chapter === ""
    this.list.hidden = chapter !== ""
    if (chapter === "") this.showContents()
    write(this.title, title)
    write(this.count, text("lesson.card_of", {card: number(card + 1), cards: number(cards)}))
    write(this.text, said.text ?? "")
    write(this.task, said.task ?? "")
    this.task.hidden = !said.task
    write(this.score, score.answered ? text("lesson.score", {right: number(score.right), count: score.answered}) : "")
    this.showAddress()
    this.waitForHint(`${chapter} ${card}`)
    tell(this.box, "card", {isOpen: chapter !== "", highlight: said.highlight ?? ""})
  }

  showDone() {
    const {done, question} = this.model
    const is = done !== null || question.right !== undefined
    write(this.done, done ?? "")
    this.card.classList.toggle("is-done", is)
    if (is) this.hint.hidden = true
  }

  // What may help, when nothing was done for a while.
  waitForHint(card) {
    if (card === this.waited) return
    this.waited = card
    this.toggle(false)
    clearTimeout(this.timer)
    write(this.hint, this.model.said.hint ?? "")
    this.hint.hidden = true
    this.timer = setTimeout(() => {
      this.hint.hidden = !this.hint.textContent || this.card.classList.contains("is-done")
    }, HINT_AFTER)
  }

  showQuestion() {
    const {prompt, answers = [], chosen, right, why} = this.model.question
    this.question.hidden = !prompt
    const choices = answers.map((answer, i) => {
      const choice = button(answer, () => this.send("answer", {answer: i}))
      choice.disabled = right !== undefined
      choice.classList.toggle("right", i === right)
      choice.classList.toggle("wrong", i === chosen && i !== right)
      return choice
    })
    const verdict = element("p", {className: "why", textContent: why ?? ""})
    verdict.setAttribute("role", "status")
    if (right !== undefined)
      verdict.prepend(element("b", {textContent: chosen === right ? text("lesson.right") : text("lesson.wrong")}), " ")
    this.question.replaceChildren(element("p", {className: "prompt", textContent: prompt ?? ""}),
      element("div", {className: "answers"}, ...choices), verdict)
    this.showDone()
  }

  showAddress() {
    if (!this.ownsAddress) return
    const {chapter, card} = this.model
    const address = location.href.split("#")[0] + addressOf(chapter, card)
    if (address !== location.href) history.replaceState(history.state, "", address)
  }

  keep() { browser.keep(STORE, JSON.stringify(this.model.kept)) }

  // Where one was the last time, or at the card that the address names, or a teacher has called to.
  begin() {
    const {asked} = this
    const kept = recalled(browser.recall(STORE))
    if (kept !== null && typeof kept === "object") this.send("restore", {kept})
    if (asked) this.send("open", asked)
    else if (!kept?.place && this.model.chapter === "") this.send("contents")
  }
}

export function render({model, el}) {
  const guide = new Guide(model, pageOf(el))
  model.on(["contents", "chapter", "title", "card", "cards", "said", "score"], () => guide.show())
  model.on("done", () => guide.showDone())
  model.on("question", () => guide.showQuestion())
  model.on("kept", () => guide.keep())
  model.on("remove", () => clearTimeout(guide.timer))
  listenOn(model, window, {hashchange: () => {
    const asked = cardOf(location.hash)
    if (asked) guide.send("open", asked)
  }})
  guide.showQuestion()
  guide.begin()
  return guide.box
}
