// A pupil's bar over the page: who I am, what I meant, my vote. The tab remembers who I am, so
// that a reload brings the same pupil back.

import {button, element} from "../browser/dom.js"
import {tab} from "../browser/storage.js"

const STORE = "neuron-explorer pupil"

// What the tab knows of its pupil, if anything.
function recall() {
  try {
    return JSON.parse(tab.recall(STORE))
  } catch {
    return null  // written by somebody else
  }
}

function digits(label, choose) {
  const group = element("div", {className: "digits"})
  group.setAttribute("role", "group")
  group.setAttribute("aria-label", label)
  group.append(...[...Array(10).keys()].map(digit => button(digit, () => choose(digit))))
  const show = (chosen, enabled = true) => [...group.children].forEach((each, digit) => {
    each.setAttribute("aria-pressed", digit === chosen)
    each.disabled = !enabled
  })
  return {group, show}
}

function joining(join) {
  const input = element("input", {maxLength: 20, placeholder: "Nickname", autocomplete: "off"})
  input.setAttribute("aria-label", "Your nickname in the class")
  const refusal = element("span", {className: "refusal"})
  refusal.setAttribute("role", "alert")
  const form = element("form", {className: "join"}, input,
    element("button", {type: "submit", textContent: "Join the class"}), refusal)
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (input.value.trim()) join(input.value)
  })
  const refuse = () => { refusal.textContent = "Choose a name that can be read." }
  return {form, refuse}
}

// A pupil's tab that is not shown, since the same pupil has opened another.
function elsewhere(comeBack) {
  return element("div", {className: "elsewhere"},
    element("span", {textContent: "You joined in another tab; this one is not shown to the class."}),
    button("Show this one", comeBack))
}

// What the teacher does, in words for a pupil.
export function sentence({phase, digit, frozen}, vote, standing = "") {
  if (phase === "present" && vote !== null && digit !== null)
    return `You voted ${vote}, the network says ${digit}.`
  if (phase === "present") return "Your teacher is presenting; yours will return."
  if (frozen) return "Paused by your teacher."
  if (standing === "full") return "The class is full: your teacher does not see this page."
  return ""
}

// What stands under the digits of a vote.
export function advice({nickname, standing, vote}) {
  if (nickname === "") return "Join the class to vote."
  if (standing === "elsewhere") return "Vote in the tab that is shown to the class."
  if (standing === "full") return "The class is full: only those who joined before can vote."
  return vote === null ? "" :
    "Thank you. You can change your vote until your teacher reveals the answer."
}

function question(vote) {
  const image = element("img", {alt: "The drawing in question"})
  const choice = digits("Your vote", vote)
  const words = element("p", {className: "advice"})
  const dialog = element("div", {className: "question", hidden: true},
    element("h2", {textContent: "Which digit will the network say?"}), image, choice.group, words)
  dialog.dataset.testid = "question"
  dialog.setAttribute("role", "dialog")
  dialog.setAttribute("aria-label", "A question of the teacher")
  const show = ({phase, picture}, pupil) => {
    dialog.hidden = phase !== "vote"
    if (picture) image.src = picture
    choice.show(pupil.vote, pupil.nickname !== "" && pupil.standing === "")
    words.textContent = advice(pupil)
  }
  return {dialog, show}
}

// Everything of the page but this bar.
const otherRoots = own => [...document.querySelectorAll("[data-root-id]")].filter(
  root => root !== own)

export function render({model, el}) {
  const join = pupil => model.send_msg({type: "join", ...pupil})
  const name = element("b", {className: "name", dir: "auto"})
  const words = element("p", {className: "words"})
  words.setAttribute("role", "status")
  const meant = digits("The digit that you meant", digit => model.send_msg({type: "meant", digit}))
  const asking = question(digit => model.send_msg({type: "vote", digit}))
  const {form, refuse} = joining(nickname => join({name: nickname}))
  const other = elsewhere(() => join({name: model.nickname, key: model.key}))
  const label = element("div", {className: "meant"},
    element("span", {className: "label", textContent: "I meant"}), meant.group)
  const joined = element("div", {className: "joined"}, name, label, other, words)
  const bar = element("section", {className: "bar"}, form, joined)
  bar.setAttribute("aria-label", "You in the class")
  bar.dataset.testid = "pupil"

  const showPupil = () => {
    const known = model.nickname !== ""
    form.hidden = known
    joined.hidden = !known
    other.hidden = model.standing !== "elsewhere"
    label.hidden = !other.hidden
    name.textContent = model.nickname
    meant.show(model.meant)
    if (known) tab.keep(STORE, JSON.stringify({name: model.nickname, key: model.key}))
  }
  const showLesson = () => {
    const paused = model.lesson.frozen === true || model.lesson.phase === "vote"
    const own = el.getRootNode().host?.closest?.("[data-root-id]") ?? el.closest?.("[data-root-id]")
    for (const root of otherRoots(own)) root.inert = paused
    words.textContent = sentence(model.lesson, model.vote, model.standing)
    asking.show(model.lesson, model)
  }
  model.on(["nickname", "key", "meant", "standing"], showPupil)
  model.on(["lesson", "vote", "nickname", "standing"], showLesson)
  model.on("refusals", refuse)
  document.documentElement.dataset.inClass = ""
  showPupil()
  requestAnimationFrame(showLesson)

  const known = recall()
  if (known && !model.nickname) join(known)
  return element("div", {className: "pupil"}, bar, asking.dialog)
}
