// The ten outputs as bars with their numbers, and the answer in words.

import {clip} from "../browser/numbers.js"
import {number, text} from "../browser/texts.js"

const bar = (digit) => {
  const row = document.createElement("li")
  row.dataset.digit = digit
  row.innerHTML = `<b>${digit}</b><span class="track"><i></i><s></s></span><span><span class="number"></span></span>`
  return row
}

// The sentence for an answer; `digit` is null on a blank pad.
export function sentence({digit, sure}) {
  if (digit === null) return text("outputs.blank")
  return sure ? text("outputs.sure", {digit}) : text("outputs.unsure", {digit})
}

// What an answer takes, and that it may be no digit when nothing reaches that.
export function doubt({digit, sure}, least) {
  const threshold = number(least, 2)
  return digit === null || sure
    ? text("outputs.threshold", {threshold})
    : text("outputs.below", {threshold})
}

const short = ({digit, sure}) => 
  digit === null ? "–" : sure ? `${digit}` : text("outputs.maybe", {digit})

// What the lens makes of it: both answers side by side.
export function comparison({drawn, centred}) {
  if (drawn.digit === null) return ""
  return text("outputs.lens", {drawn: short(drawn), centred: short(centred)})
}

// Only what has changed is touched: a live region must not speak at every stroke, and the page
// need not be laid out again.
function write(element, words) {
  if (element.textContent !== words) element.textContent = words
}

export function render({model}) {
  const answer = document.createElement("p")
  answer.dataset.testid = "prediction"
  answer.setAttribute("role", "status")

  const lens = document.createElement("p")
  lens.className = "lens"

  const least = document.createElement("p")
  least.className = "least"

  const list = document.createElement("ol")
  list.dataset.testid = "outputs"
  list.setAttribute("aria-label", text("outputs.name"))
  list.append(...model.activations.map((_, digit) => bar(digit)))

  // How far an output fills its bar.
  const share = output => clip(output / model.full, 0, 1)

  const showAnswer = () => {
    const {digit, sure} = model.answer
    answer.dataset.digit = digit ?? ""
    answer.dataset.sure = sure
    write(answer, sentence(model.answer))
    write(least, doubt(model.answer, model.threshold))
  }

  const showThreshold = () => {
    list.style.setProperty("--least", share(model.threshold))
    showAnswer()
  }

  const showActivations = () => {
    model.activations.forEach((activation, digit) => {
      const row = list.children[digit]
      row.dataset.activation = activation
      row.classList.toggle("winner", digit === model.answer.digit)
      row.querySelector("i").style.scale = `${share(activation)} 1`
      write(row.querySelector(".number"), number(activation, 2))
    })
  }

  const showLens = () => write(lens, comparison(model.lens))

  const showHeld = () => {
    for (const [digit, row] of [...list.children].entries()) {
      const tick = row.querySelector("s")
      tick.hidden = model.held.length === 0
      tick.style.left = `${100 * share(model.held[digit])}%`
    }
  }

  const show = () => { showAnswer(); showActivations(); showLens() }
  model.on(["activations", "answer", "lens"], show)
  model.on(["threshold", "full"], showThreshold)
  model.on("held", showHeld)
  show()
  showThreshold()
  showHeld()
  const box = document.createElement("div")
  box.append(answer, lens, least, list)
  return box
}
