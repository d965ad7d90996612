// The teacher's page: a wall of small pictures, one of them on the stage, votes and the matrix.
// Names and answers are written as text, never as HTML.

import {button, element} from "../browser/dom.js"
import {tab} from "../browser/storage.js"
import {text} from "../browser/texts.js"

const STORE = "neuron-explorer teacher"
const DIGITS = [...Array(10).keys()]

const press = (toggle, on) => toggle.setAttribute("aria-pressed", on)

// The page before the code: nothing of the class has come here yet.
function gate(enter) {
  const input = element("input", {autocomplete: "off", spellcheck: false, maxLength: 40})
  const label = element("label", {textContent: text("teacher.code")}, input)
  const refusal = element("p", {className: "refusal"})
  refusal.setAttribute("role", "alert")
  const form = element("form", {}, element("h1", {textContent: text("teacher.class")}), label,
    element("button", {type: "submit", textContent: text("teacher.open")}), refusal)
  form.addEventListener("submit", event => {
    event.preventDefault()
    refusal.textContent = text("teacher.checking")
    enter(input.value)
  })
  const page = element("main", {className: "gate"}, form)
  return {page, refusal, typed: () => input.value}
}

// What a tile says under its picture.
export function caption({digit, sure, meant}) {
  const said = digit === null ? "–" : sure ? `${digit}` : text("outputs.maybe", {digit})
  return [said, meant === null ? "" : text("teacher.meant", {digit: meant})]
}

function pupilTile(choose) {
  const image = element("img", {alt: ""})
  const name = element("b", {dir: "auto"})
  const answer = element("span", {className: "answer"})
  const tile = element("button", {type: "button", className: "tile"}, image, name, answer)
  const show = pupil => {
    tile.onclick = () => choose(pupil)
    tile.dataset.key = pupil.key
    image.src = pupil.picture
    name.textContent = pupil.name
    const [said, meant] = caption(pupil)
    answer.replaceChildren(said, element("small", {textContent: meant}))
    tile.classList.toggle("misread", pupil.misread)
  }
  return {tile, show}
}

// The wall: tiles in the order of names; only those are touched that have changed.
function wall(choose) {
  const grid = element("div", {className: "wall"})
  grid.dataset.testid = "wall"
  const tiles = new Map()
  const change = pupils => {
    for (const pupil of pupils) {
      if (!tiles.has(pupil.key)) tiles.set(pupil.key, pupilTile(choose))
      tiles.get(pupil.key).show(pupil)
    }
  }
  const arrange = keys => {
    for (const [key, {tile}] of tiles)
      if (!keys.includes(key)) { tile.remove(); tiles.delete(key) }
    grid.append(...keys.filter(key => tiles.has(key)).map(key => tiles.get(key).tile))
  }
  return {grid, change, arrange}
}

function chart() {
  const rows = DIGITS.map(digit => element("li", {}, element("b", {textContent: digit}),
    element("span", {className: "track"}, element("i")), element("output")))
  const list = element("ol", {className: "votes"}, ...rows)
  list.dataset.testid = "votes"
  list.setAttribute("aria-label", text("teacher.votes"))
  const show = (votes, digit) => rows.forEach((row, each) => {
    const most = Math.max(1, ...votes)
    row.querySelector("i").style.width = `${100 * (votes[each] ?? 0) / most}%`
    row.querySelector("output").value = votes[each] ?? 0
    row.classList.toggle("winner", each === digit)
  })
  return {list, show}
}

function matrix() {
  const cell = (tag, content = "") => element(tag, {textContent: content})
  const head = element("tr", {}, element("td", {className: "corner"}), ...DIGITS.map(digit => cell("th", digit)))
  const rows = DIGITS.map(digit =>
    element("tr", {}, cell("th", digit), ...DIGITS.map(() => cell("td"))))
  const table = element("table", {}, element("caption", {textContent: text("teacher.matrix")}),
    head, ...rows)
  table.dataset.testid = "confusion"
  const show = counts => rows.forEach((row, meant) => DIGITS.forEach(digit => {
    const count = counts[meant]?.[digit] ?? 0
    const box = row.children[digit + 1]
    box.textContent = count || ""
    box.className = count === 0 ? "" : meant === digit ? "right" : "wrong"
  }))
  return {table, show}
}

// In words: how far the class is.
export function progress({phase, digit}, voted, joined) {
  if (phase === "vote" && voted < joined) return text("teacher.have_voted", {voted, count: joined})
  if (phase === "vote") return text("teacher.all_voted")
  if (phase === "present" && digit !== null) return text("teacher.says", {digit})
  return phase === "present" ? text("teacher.on_stage") : text("teacher.choose")
}

// What is seen has not been heard of for so many seconds.
export function outdated(seconds) {
  const time = seconds < 60 ? text("teacher.seconds", {count: Math.round(seconds)}) :
    text("teacher.minutes", {count: Math.floor(seconds / 60)})
  return text("teacher.outdated", {time})
}

// Says how old the page is, and counts on by itself while nothing is heard.
function ageing(model) {
  const words = element("p", {className: "age", hidden: true})
  words.dataset.testid = "age"
  words.setAttribute("role", "status")
  let counting
  const show = () => {
    const told = performance.now()
    const say = () => { words.textContent = outdated(model.age + (performance.now() - told) / 1000) }
    clearInterval(counting)
    words.hidden = model.age === null
    if (words.hidden) return
    say()
    counting = setInterval(say, 1000)
  }
  model.on("age", show)
  show()
  return words
}

function classPage(model) {
  const send = (type, more = {}) => model.send_msg({type, ...more})
  let chosen = null
  const image = element("img", {alt: text("teacher.chosen")})
  const title = element("h2")
  const ask = button(text("teacher.vote"), () => chosen && send("ask", {key: chosen.key}))
  const show = button(text("teacher.show"), () => chosen && send("show", {key: chosen.key}))
  const reveal = button(text("teacher.reveal"), () => send("reveal"))
  const free = button(text("teacher.stop"), () => send("free"))
  const words = element("p", {className: "progress"})
  words.setAttribute("role", "status")
  const votes = chart()
  const confusion = matrix()
  const choose = pupil => { chosen = pupil; update() }
  const pictures = wall(choose)
  const joined = element("span", {className: "count"})
  joined.dataset.testid = "joined"
  const filter = button(text("teacher.misclassified"), () => {
    press(filter, pictures.grid.classList.toggle("only-misread"))
  })
  const freeze = button(text("teacher.freeze"), () => send("freeze", {on: !model.lesson.frozen}))
  const clear = button(text("teacher.clear"), () => {
    if (confirm(text("teacher.confirm_clear"))) send("clear")
  })

  const update = () => {
    const {phase, picture, frozen, digit} = model.lesson
    const voting = phase === "vote"
    const source = phase === "free" ? chosen?.picture : picture
    image.src = source || ""
    image.hidden = !source
    title.textContent = phase === "free" ? chosen?.name ?? text("teacher.none_chosen") : text("teacher.shown")
    ask.hidden = show.hidden = phase !== "free"
    for (const each of [ask, show]) each.disabled = chosen === null || model.age !== null
    for (const each of [reveal, free, freeze, clear]) each.disabled = model.age !== null
    page.classList.toggle("old", model.age !== null)
    reveal.hidden = !voting
    reveal.classList.toggle("ready", model.voted >= model.present.length)
    free.hidden = phase === "free"
    votes.list.hidden = model.votes.length === 0
    votes.show(model.votes, digit)
    pictures.grid.classList.toggle("voting", voting)
    confusion.table.hidden = voting
    press(freeze, frozen === true)
    joined.textContent = text("teacher.joined", {count: model.present.length})
    words.textContent = progress(model.lesson, model.voted, model.present.length)
  }
  const rearrange = () => {
    pictures.change(model.changed)
    pictures.arrange(model.present)
    update()
  }
  model.on(["changed", "present"], rearrange)
  model.on(["lesson", "votes", "voted", "age"], update)
  model.on("matrix", () => confusion.show(model.matrix))
  press(filter, false)
  const invitation = element("a", {href: "/invitation", target: "_blank", textContent: text("teacher.invitation")})
  const page = element("div", {className: "class"},
    element("header", {}, element("h1", {textContent: text("teacher.class")}), joined, filter,
      element("span", {className: "gap"}), freeze, clear, invitation), ageing(model),
    element("main", {}, pictures.grid, element("aside", {}, title, image,
      element("div", {className: "actions"}, ask, show, reveal, free), words, votes.list,
      confusion.table)))
  rearrange()
  confusion.show(model.matrix)
  return page
}

export function render({model}) {
  const enter = code => model.send_msg({code})
  const entrance = gate(enter)
  const page = element("div", {className: "page"}, entrance.page)
  let known = tab.recall(STORE)
  const admit = () => {
    if (!model.admitted) return
    tab.keep(STORE, known ?? entrance.typed())
    page.replaceChildren(classPage(model))
  }
  model.on("admitted", admit)
  model.on("refusals", () => {
    known = null
    tab.forget(STORE)
    entrance.refusal.textContent = model.refusal
  })
  document.getElementById("skeleton")?.remove()
  if (model.admitted) admit()
  else if (known) enter(known)
  return page
}
