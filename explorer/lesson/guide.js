// The card of the lesson that is open, beside the page that it speaks of; or the list of chapters.

import {button, element, focused, isFocusable, keepFocus, write} from "../browser/dom.js"
import {nextFrame} from "../browser/frames.js"
import {listen, listenOn, ownsAddress, pageOf, tell} from "../browser/scope.js"
import {isSheetOpen} from "../browser/sheet.js"
import {browser} from "../browser/storage.js"
import {number, text} from "../browser/texts.js"

const STORE = "neuron-explorer lesson"
const HINT_AFTER = 20_000
const PAUSE = 500  // milliseconds for which a drawing rests before the numbers said follow it
const CATCHING = 120  // frames
const LARGEST = 200_000  // bytes of a chapter, as in chapter.py

// Where one works on a page, and not on the card.
const WORKPLACES = ["pad", "frame"]

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
    this.called = this.ownsAddress ? cardOf(location.hash) : null
    this.box = element("div", {className: "cards"})
    this.box.dataset.testid = "guide"
    this.contents = element("ol", {className: "contents"})
    this.list = element("div", {className: "list"},
      element("div", {className: "head"}, element("h2", {textContent: text("lesson.title")}), this.closer()),
      element("p", {className: "what", textContent: text("lesson.what")}), this.contents, this.opener())
    this.card = element("div", {className: "card"}, this.head(), ...this.body(), ...this.makeFoot())
    this.card.addEventListener("click", event => this.unfold(event))
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

  // On a phone the card is in the way of what it speaks of, once it was read: it folds while one
  // draws or chooses, and is there again when it is touched.
  toggle(folded = !this.isFolded) {
    this.card.classList.toggle("folded", folded)
    this.fold.setAttribute("aria-expanded", !folded)
  }

  get isFolded() { return this.card.classList.contains("folded") }

  makeWay(event) {
    const isWork = event.composedPath().some(each => WORKPLACES.includes(each.className))
    if (isWork) this.toggle(true)
  }

  unfold(event) {
    if (this.isFolded && event.target.localName !== "button") this.toggle(false)
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
    this.prompt = element("p", {className: "prompt"})
    this.answers = element("div", {className: "answers"})
    this.why = element("p", {className: "why"})
    this.why.setAttribute("role", "status")
    this.question = element("div", {className: "question"}, this.prompt, this.answers, this.why)
    for (const each of [this.text, this.task]) each.setAttribute("aria-live", "polite")
    this.hint.setAttribute("role", "status")
    return [this.text, this.task, this.question, this.done, this.hint]
  }

  makeFoot() {
    this.back = button(text("lesson.back"), () => this.send("move", {way: -1}))
    this.next = button(text("lesson.next"), () => this.send("move", {way: 1}))
    this.next.className = "next"
    this.next.setAttribute("aria-keyshortcuts", "N")
    this.score = element("span", {className: "score"})
    this.foot = element("div", {className: "foot"}, this.back, this.score, this.next)
    this.keys = element("p", {className: "keys", textContent: text("lesson.keys", {work: "W", card: "G", next: "N"})})
    return [this.foot, this.keys]
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
    this.say(done ?? "")
    this.card.classList.toggle("is-done", is)
    if (is) write(this.hint, "")
  }

  // What was found is said at once, and aloud; then it follows what is drawn and trained, but not at
  // every point of a line.
  say(words) {
    const isNews = words === "" || this.done.textContent === ""
    this.words = words
    if (isNews) this.follow("polite")
    else this.saying ??= setTimeout(() => this.follow("off"), PAUSE)
  }

  follow(live) {
    clearTimeout(this.saying)
    this.saying = null
    this.done.setAttribute("aria-live", live)
    write(this.done, this.words)
  }

  // What may help, when nothing was done for a while.
  waitForHint(card) {
    if (card === this.waited) return
    this.waited = card
    this.catchFocus()
    this.toggle(false)
    clearTimeout(this.timer)
    write(this.hint, "")
    this.timer = setTimeout(() => this.showHint(), HINT_AFTER)
  }

  // Keys lead on from wherever one works, and to the card and back.
  hearKeys(model, el) {
    const whileSeen = act => event => {
      if (this.box.clientWidth === 0) return
      event.preventDefault()
      act()
    }
    listen(model, el, {
      "next-card": whileSeen(() => this.lead()),
      "to-card": whileSeen(() => this.visit()),
      "to-work": whileSeen(() => this.goToWork()),
    })
  }

  lead() {
    this.leads = focused() !== document.body
    this.send("move", {way: 1})
  }

  // The next card may put away what had the keyboard, at once or when a place is built: then that goes
  // on at the card.
  catchFocus(frames = CATCHING) {
    if (!this.leads || frames === 0) return
    if (focused() !== document.body) return nextFrame(() => this.catchFocus(frames - 1))
    this.leads = false
    this.first.focus()
  }

  visit() {
    const present = focused()
    if (this.box.contains(present)) return this.goBack()
    this.left = present
    this.toggle(false)
    this.first.focus()
  }

  goBack() {
    if (this.left && isFocusable(this.left)) this.left.focus()
    else this.goToWork()
  }

  // From a sheet, which lies over all that, there is no way but to close it.
  goToWork() {
    if (!isSheetOpen()) tell(this.box, "work", this.model.said.highlight ?? "")
  }

  // Where the keyboard begins here.
  get first() {
    if (this.card.hidden) return this.contents.querySelector("button")
    return this.model.question.right === undefined ? this.choices[0] ?? this.next : this.next
  }

  showHint() {
    if (!this.card.classList.contains("is-done")) write(this.hint, this.model.said.hint ?? "")
  }

  showQuestion() {
    const {prompt, answers = [], chosen, right, why} = this.model.question
    this.question.hidden = !prompt
    this.card.classList.toggle("asks", Boolean(prompt))
    this.ask(prompt ?? "", answers)
    this.choices.forEach((choice, i) => {
      choice.setAttribute("aria-disabled", right !== undefined)
      choice.classList.toggle("right", i === right)
      choice.classList.toggle("wrong", i === chosen && i !== right)
    })
    const verdict = chosen === right ? text("lesson.right") : text("lesson.wrong")
    this.why.replaceChildren(...right === undefined ? [] : [element("b", {textContent: verdict}), ` ${why}`])
    this.showDone()
  }

  // An answer keeps the keyboard when it was given: its buttons are made anew for another question.
  ask(prompt, answers) {
    const asked = JSON.stringify([prompt, answers])
    if (asked === this.asked) return
    this.asked = asked
    write(this.prompt, prompt)
    this.choices = answers.map((answer, i) => button(answer, () => {
      if (this.model.question.right === undefined) this.send("answer", {answer: i})
    }))
    this.answers.replaceChildren(...this.choices)
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
    const {called} = this
    const kept = recalled(browser.recall(STORE))
    if (kept !== null && typeof kept === "object") this.send("restore", {kept})
    if (called) this.send("open", called)
    else if (!kept?.place && this.model.chapter === "") this.send("contents")
  }
}

export function render({model, el}) {
  const guide = new Guide(model, pageOf(el))
  model.on(["contents", "chapter", "title", "card", "cards", "said", "score"], () => keepFocus(guide.box, () => guide.show(), () => guide.first))
  model.on("opened", () => guide.toggle(false))
  model.on("done", () => guide.showDone())
  model.on("question", () => keepFocus(guide.box, () => guide.showQuestion(), () => guide.first))
  model.on("kept", () => guide.keep())
  model.on("remove", () => [guide.timer, guide.saying].forEach(clearTimeout))
  listen(model, el, {pointerdown: event => guide.makeWay(event)})
  guide.hearKeys(model, el)
  listenOn(model, window, {hashchange: () => {
    const asked = cardOf(location.hash)
    if (asked) guide.send("open", asked)
  }})
  guide.showQuestion()
  guide.begin()
  return guide.box
}
