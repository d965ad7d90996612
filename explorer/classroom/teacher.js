// The teacher's page: a wall of small pictures, one of them in the network, votes and the matrix.

import {button, element} from "../browser/dom.js"
import {languageSwitch} from "../browser/languages.js"
import {markAsPage} from "../browser/scope.js"
import {fillFrame} from "../browser/stage_frame.js"
import {tab} from "../browser/storage.js"
import {text} from "../browser/texts.js"
import {Votes} from "./tallies.js"
import {Wall} from "./wall.js"

const STORE = "neuron-explorer teacher"

const press = (toggle, on) => toggle.setAttribute("aria-pressed", on)

// The page before the code: nothing of the class has come here yet.
class Gate {
  // `enter` is told what is typed.
  constructor(enter) {
    this.input = element("input", {autocomplete: "off", spellcheck: false, maxLength: 40})
    this.refusal = element("p", {className: "refusal"})
    this.refusal.setAttribute("role", "alert")
    this.page = element("main", {className: "gate"}, this.form(enter), ...languageSwitch())
  }

  form(enter) {
    const form = element("form", {}, element("h1", {textContent: text("teacher.class")}),
      element("label", {textContent: text("teacher.code")}, this.input),
      element("button", {type: "submit", textContent: text("teacher.open")}), this.refusal)
    form.addEventListener("submit", event => {
      event.preventDefault()
      this.refusal.textContent = text("teacher.checking")
      enter(this.input.value)
    })
    return form
  }
}

// In words: how far the class is, or what the teacher can do first.
export function progress({phase, digit}, voted, joined, chosen = null) {
  if (phase === "vote" && voted < joined) return text("teacher.have_voted", {voted, count: joined})
  if (phase === "vote") return text("teacher.all_voted")
  if (phase === "present" && digit !== null) return text("teacher.says", {digit})
  if (phase === "present") return text("teacher.on_stage")
  if (chosen === null) return text("teacher.choose")
  return chosen.edited ? text("teacher.edited") : ""
}

// What is seen has not been heard of for so many seconds.
export function outdated(seconds) {
  const time = seconds < 60 ? text("teacher.seconds", {count: Math.round(seconds)}) :
    text("teacher.minutes", {count: Math.floor(seconds / 60)})
  return text("teacher.outdated", {time})
}

// Says how old the page is, and counts on by itself while nothing is heard.
class Age {
  constructor(model) {
    this.model = model
    this.words = element("p", {className: "age", hidden: true})
    this.words.dataset.testid = "age"
    this.words.setAttribute("role", "status")
  }

  show() {
    const {age} = this.model
    clearInterval(this.counting)
    this.words.hidden = age === null
    if (age === null) return
    const told = performance.now()
    const say = () => {
      this.words.textContent = outdated(age + (performance.now() - told) / 1000)
    }
    say()
    this.counting = setInterval(say, 1000)
  }
}

// What the teacher can do with the class, a button each.
class Actions {
  // `chosen` tells the pupil whose drawing is looked at, null for none.
  constructor(model, chosen) {
    this.model = model
    const send = (type, more = {}) => model.send_msg({type, ...more})
    const about = type => () => { if (chosen() !== null) send(type, {key: chosen().key}) }
    this.ask = button(text("teacher.vote"), about("ask"))
    this.present = button(text("teacher.show"), about("show"))
    this.reveal = button(text("teacher.reveal"), () => send("reveal"))
    this.free = button(text("teacher.stop"), () => send("free"))
    this.freeze = button(text("teacher.freeze"), () => send("freeze", {on: !model.lesson.frozen}))
    this.clear = button(text("teacher.clear"), () => {
      if (confirm(text("teacher.confirm_clear"))) send("clear")
    })
  }

  show(isChosen) {
    const {lesson: {phase, frozen}, age, voted, present} = this.model
    const {ask, present: show, reveal, free, freeze, clear} = this
    for (const each of [ask, show]) each.disabled = !isChosen || age !== null
    for (const each of [reveal, free, freeze, clear]) each.disabled = age !== null
    ask.hidden = show.hidden = phase !== "free"
    reveal.hidden = phase !== "vote"
    reveal.classList.toggle("ready", voted >= present.length)
    free.hidden = phase === "free"
    press(freeze, frozen === true)
  }
}

// What is looked at closely: during a vote the picture in question, and else the network with the
// drawing, which tells the answer.
class CloseUp {
  constructor(model) {
    this.place = element("div", {className: "place"}, model.get_child("stage"))
    this.frame = element("div", {className: "frame"}, this.place)
    this.outputs = element("div", {className: "answers"}, model.get_child("outputs"))
    this.image = element("img", {alt: text("vote.picture")})
    this.question = element("div", {className: "question"}, this.image)
  }

  show({phase, picture}, isChosen) {
    const isVote = phase === "vote"
    this.frame.hidden = this.outputs.hidden = isVote || (phase === "free" && !isChosen)
    this.question.hidden = !isVote
    this.image.src = isVote ? picture : ""
  }
}

class ClassPage {
  // `controls` are those of the lesson, of trainings and of results, `matrix` holds the confusion matrix.
  constructor(model, closeUp, controls, matrix) {
    Object.assign(this, {model, closeUp, controls, matrix})
    this.title = element("h2")
    this.words = element("p", {className: "progress"})
    this.words.setAttribute("role", "status")
    this.joined = element("span", {className: "count"})
    this.joined.dataset.testid = "joined"
    this.age = new Age(model)
    this.votes = new Votes()
    this.all = button(text("teacher.all"), () => model.send_msg({type: "all"}))
    this.wall = new Wall(pupil => this.choose(pupil))
    this.actions = new Actions(model, () => this.chosen)
    this.enlarge = this.switchOf(text("teacher.enlarge"), "large")
    this.page = element("div", {className: "class"}, this.header(), this.age.words,
      element("main", {}, this.wall.grid, this.aside()))
  }

  header() {
    const filter = this.switchOf(text("teacher.misclassified"), "only-misread")
    const nameless = this.switchOf(text("teacher.hide_names"), "nameless")
    const invitation = element("a",
      {href: "invitation", target: "_blank", textContent: text("teacher.invitation")})
    return element("header", {}, element("h1", {textContent: text("teacher.class")}),
      this.joined, filter, this.all, nameless, element("span", {className: "gap"}),
      ...this.controls, this.actions.freeze, this.actions.clear, invitation)
  }

  // The pupil whose drawing is looked at, if there is one.
  get chosen() { return this.wall.pupil(this.model.chosen) }

  // On a phone the network stands above the wall: it comes into view.
  choose({key}) {
    this.model.send_msg({type: "choose", key})
    this.head.scrollIntoView({block: "nearest"})
  }

  // A button that changes what this page shows, and nothing else.
  switchOf(label, look) {
    const made = button(label, () => press(made, this.page.classList.toggle(look)))
    press(made, false)
    return made
  }

  aside() {
    const {ask, present, reveal, free} = this.actions
    const {frame, question, outputs} = this.closeUp
    this.head = element("div", {className: "head"},
      element("div", {className: "title"}, this.title, this.words),
      element("div", {className: "actions"}, ask, present, reveal, free, this.enlarge))
    return element("aside", {}, this.head, frame, question,
      element("div", {className: "tallies"}, outputs, this.votes.list, this.matrix))
  }

  // The wall has other pupils, or they show something else.
  rearrange() {
    this.wall.change(this.model.changed)
    this.wall.arrange(this.model.present)
    this.wall.narrow(this.model.cell)
    this.show()
  }

  show() {
    const {lesson, votes, voted, present, age, chosen} = this.model
    const isChosen = this.chosen !== null
    this.closeUp.show(lesson, isChosen)
    this.showTitle(lesson)
    this.actions.show(isChosen)
    this.enlarge.hidden = lesson.phase === "free" && !isChosen
    this.votes.show(votes, lesson.digit)
    this.wall.mark(chosen)
    this.wall.grid.classList.toggle("voting", lesson.phase === "vote")
    this.page.classList.toggle("old", age !== null)
    this.joined.textContent = text("teacher.joined", {count: present.length})
    this.words.textContent = progress(lesson, voted, present.length, this.chosen)
  }

  // Whose drawing is looked at; what everybody sees is nobody's any more.
  showTitle({phase}) {
    const own = phase === "free" ? this.chosen : null
    this.title.translate = own === null
    this.title.textContent = own !== null ? own.name
      : phase === "free" ? text("teacher.none_chosen") : text("teacher.shown")
    this.page.classList.toggle("empty", phase === "free" && own === null)
  }

  // During a vote there is none. The wall has the pupils of a cell, or all.
  showMatrix() {
    const {matrix, cell} = this.model
    this.matrix.hidden = matrix.length === 0
    this.all.hidden = cell.length === 0
    this.wall.narrow(cell)
  }
}

function classPage(...parts) {
  const [model] = parts
  const made = new ClassPage(...parts)
  model.on(["changed", "present"], () => made.rearrange())
  model.on(["lesson", "votes", "voted", "age", "chosen"], () => made.show())
  model.on(["matrix", "cell"], () => made.showMatrix())
  model.on("age", () => made.age.show())
  made.rearrange()
  made.showMatrix()
  made.age.show()
  return made.page
}

class Entrance {
  constructor(model, el) {
    this.model = model
    this.gate = new Gate(code => this.enter(code))
    this.closeUp = new CloseUp(model)
    this.controls = ["lessons", "training", "results"].map(name => model.get_child(name))
    this.matrix = element("div", {className: "confusion"}, model.get_child("confusion"))
    this.inside = element("div", {className: "inside", hidden: true}, this.closeUp.frame, this.closeUp.outputs,
      ...this.controls, this.matrix)
    this.page = element("div", {className: "page"}, this.gate.page, this.inside)
    this.known = tab.recall(STORE)  // the code that has opened the page before
    markAsPage(this.page, el)
    fillFrame(model, this.page, this.closeUp.frame, this.closeUp.place)
  }

  enter(code) { this.model.send_msg({code}) }

  admit() {
    if (!this.model.admitted) return
    tab.keep(STORE, this.known ?? this.gate.input.value)
    this.page.replaceChildren(classPage(this.model, this.closeUp, this.controls, this.matrix))
  }

  refuse() {
    this.known = null
    tab.forget(STORE)
    this.gate.refusal.textContent = this.model.refusal
  }
}

export function render({model, el}) {
  const entrance = new Entrance(model, el)
  model.on("admitted", () => entrance.admit())
  model.on("refusals", () => entrance.refuse())
  document.getElementById("skeleton")?.remove()
  if (model.admitted) entrance.admit()
  else if (entrance.known) entrance.enter(entrance.known)
  return entrance.page
}
