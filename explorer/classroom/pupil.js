// A pupil's bar over the page: who I am, what I meant, my vote. The tab remembers who I am, so
// that a reload brings the same pupil back.

const STORE = "neuron-explorer pupil"

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

function digits(label, choose) {
  const group = make("div", {className: "digits"})
  group.setAttribute("role", "group")
  group.setAttribute("aria-label", label)
  for (let digit = 0; digit < 10; digit++) {
    const button = make("button", {type: "button", textContent: digit})
    button.addEventListener("click", () => choose(digit))
    group.append(button)
  }
  const show = chosen => [...group.children].forEach((button, digit) =>
    button.setAttribute("aria-pressed", digit === chosen))
  return {group, show}
}

function joining(join) {
  const input = make("input", {maxLength: 20, placeholder: "Nickname", autocomplete: "off"})
  input.setAttribute("aria-label", "Your nickname in the class")
  const form = make("form", {className: "join"}, input,
    make("button", {type: "submit", textContent: "Join the class"}))
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (input.value.trim()) join(input.value)
  })
  return form
}

// What the teacher does, in words for a pupil.
export function sentence({phase, digit, frozen}, vote) {
  if (phase === "present" && vote !== null && digit !== null)
    return `You voted ${vote}, the network says ${digit}.`
  if (phase === "present") return "Your teacher is presenting; yours will return."
  if (frozen) return "Paused by your teacher."
  return ""
}

function question(vote) {
  const image = make("img", {alt: "The drawing in question"})
  const choice = digits("Your vote", vote)
  const thanks = make("p", {className: "thanks"})
  const dialog = make("div", {className: "question", hidden: true},
    make("h2", {textContent: "Which digit will the network say?"}), image, choice.group, thanks)
  dialog.dataset.testid = "question"
  dialog.setAttribute("role", "dialog")
  dialog.setAttribute("aria-label", "A question of the teacher")
  const show = ({phase, picture}, vote) => {
    dialog.hidden = phase !== "vote"
    if (picture) image.src = picture
    choice.show(vote)
    thanks.textContent = vote === null ? "" :
      "Thank you. You can change your vote until your teacher reveals the answer."
  }
  return {dialog, show}
}

// Everything of the page but this bar.
const otherRoots = own => [...document.querySelectorAll("[data-root-id]")].filter(
  root => root !== own)

export function render({model, el}) {
  const name = make("b", {className: "name"})
  const words = make("p", {className: "words"})
  words.setAttribute("role", "status")
  const meant = digits("The digit that you meant", digit => model.send_msg({type: "meant", digit}))
  const asking = question(digit => model.send_msg({type: "vote", digit}))
  const form = joining(nickname => model.send_msg({type: "join", name: nickname}))
  const joined = make("div", {className: "joined"}, name,
    make("span", {className: "label", textContent: "I meant"}), meant.group, words)
  const bar = make("section", {className: "bar"}, form, joined)
  bar.setAttribute("aria-label", "You in the class")
  bar.dataset.testid = "pupil"

  const showPupil = () => {
    const known = model.nickname !== ""
    form.hidden = known
    joined.hidden = !known
    name.textContent = model.nickname
    meant.show(model.meant)
    if (known)
      sessionStorage.setItem(STORE, JSON.stringify({name: model.nickname, key: model.key}))
  }
  const showLesson = () => {
    const paused = model.lesson.frozen === true || model.lesson.phase === "vote"
    const own = el.getRootNode().host?.closest?.("[data-root-id]") ?? el.closest?.("[data-root-id]")
    for (const root of otherRoots(own)) root.inert = paused
    words.textContent = sentence(model.lesson, model.vote)
    asking.show(model.lesson, model.vote)
  }
  model.on(["nickname", "key", "meant"], showPupil)
  model.on(["lesson", "vote"], showLesson)
  document.documentElement.dataset.inClass = ""
  showPupil()
  requestAnimationFrame(showLesson)

  const known = JSON.parse(sessionStorage.getItem(STORE))
  if (known && !model.nickname) model.send_msg({type: "join", ...known})
  return make("div", {className: "pupil"}, bar, asking.dialog)
}
