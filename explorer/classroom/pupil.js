// A pupil's bar over the page: who I am, what I meant, my vote. The tab remembers who I am, so
// that a reload brings the same pupil back.

import {digitRow, pressDigits} from "../browser/digits.js"
import {button, element} from "../browser/dom.js"
import {nextFrame} from "../browser/frames.js"
import {tab} from "../browser/storage.js"
import {text} from "../browser/texts.js"

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
  const {row: group, buttons} = digitRow(label, choose)
  const show = (chosen, enabled = true) => {
    pressDigits(buttons, digit => digit === chosen)
    for (const each of buttons) each.disabled = !enabled
  }
  return {group, show}
}

function joining(join) {
  const input = element("input", {maxLength: 20, placeholder: text("pupil.nickname"), autocomplete: "off"})
  input.setAttribute("aria-label", text("pupil.nickname_name"))
  const refusal = element("span", {className: "refusal"})
  refusal.setAttribute("role", "alert")
  const form = element("form", {className: "join"}, input,
    element("button", {type: "submit", textContent: text("pupil.join")}), refusal)
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (input.value.trim()) join(input.value)
  })
  const refuse = () => { refusal.textContent = text("pupil.refused") }
  return {form, refuse}
}

// A pupil's tab that is not shown, since the same pupil has opened another.
function elsewhere(comeBack) {
  return element("div", {className: "elsewhere"},
    element("span", {textContent: text("pupil.elsewhere")}),
    button(text("pupil.come_back"), comeBack))
}

// What the teacher does, in words for a pupil.
export function sentence({phase, digit, frozen}, vote, standing = "") {
  if (phase === "present" && vote !== null && digit !== null)
    return text("pupil.voted", {vote, digit})
  if (phase === "present") return text("notice.presenting")
  if (frozen) return text("notice.paused")
  if (standing === "full") return text("pupil.full")
  return ""
}

// What stands under the digits of a vote.
export function advice({nickname, standing, vote}) {
  if (nickname === "") return text("vote.join_first")
  if (standing === "elsewhere") return text("vote.elsewhere")
  if (standing === "full") return text("vote.full")
  return vote === null ? "" : text("vote.thanks")
}

function question(vote) {
  const image = element("img", {alt: text("vote.picture")})
  const choice = digits(text("vote.digits"), vote)
  const words = element("p", {className: "advice"})
  const dialog = element("div", {className: "question", hidden: true},
    element("h2", {textContent: text("vote.question")}), image, choice.group, words)
  dialog.dataset.testid = "question"
  dialog.setAttribute("role", "dialog")
  dialog.setAttribute("aria-label", text("vote.name"))
  const show = ({phase, picture}, pupil) => {
    dialog.hidden = phase !== "vote"
    if (picture) image.src = picture
    choice.show(pupil.vote, pupil.nickname !== "" && pupil.standing === "")
    words.textContent = advice(pupil)
  }
  return {dialog, show}
}

// The class has a run, and the way there, for whoever does not put it away.
function invitation(come, dismiss) {
  const close = button("×", dismiss)
  close.setAttribute("aria-label", text("notice.close"))
  const words = element("span", {textContent: text("pupil.run")})
  words.setAttribute("role", "status")
  const box = element("div", {className: "invitation"}, words, button(text("pupil.see_run"), come), close)
  return box
}

// Everything of the page but this bar.
const otherRoots = own => [...document.querySelectorAll("[data-root-id]")].filter(
  root => root !== own)

export function render({model, el}) {
  const join = pupil => model.send_msg({type: "join", ...pupil})
  const name = element("b", {className: "name", dir: "auto", translate: false})
  const words = element("p", {className: "words"})
  words.setAttribute("role", "status")
  const meant = digits(text("pupil.meant_name"), digit => model.send_msg({type: "meant", digit}))
  const asking = question(digit => model.send_msg({type: "vote", digit}))
  const {form, refuse} = joining(nickname => join({name: nickname}))
  const other = elsewhere(() => join({name: model.nickname, key: model.key}))
  const label = element("div", {className: "meant"},
    element("span", {className: "label", textContent: text("pupil.meant")}), meant.group)
  const joined = element("div", {className: "joined"}, name, label, other, words)
  const invited = invitation(() => model.send_msg({type: "train"}),
    () => model.send_msg({type: "dismiss"}))
  const bar = element("section", {className: "bar"}, form, joined, invited)
  bar.setAttribute("aria-label", text("pupil.bar"))
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
  const showInvitation = () => { invited.hidden = !model.invites }
  model.on("invites", showInvitation)
  model.on(["nickname", "key", "meant", "standing"], showPupil)
  model.on(["lesson", "vote", "nickname", "standing"], showLesson)
  model.on("refusals", refuse)
  const {style, dataset} = document.documentElement
  dataset.inClass = ""
  // The page below makes room for the bar, which is higher on a phone while there is something to say.
  // In the next frame: what is resized while sizes are being told is told to nobody.
  const makeRoom = () => nextFrame(() => style.setProperty("--bar", `${bar.offsetHeight}px`))
  new ResizeObserver(makeRoom).observe(bar)
  showPupil()
  showInvitation()
  requestAnimationFrame(showLesson)

  const known = recall()
  if (known && !model.nickname) join(known)
  return element("div", {className: "pupil"}, bar, asking.dialog)
}
