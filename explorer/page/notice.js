// One quiet sentence at a time. When the connection is lost the page says so, keeps what is
// drawn, asks until the server answers, and reloads itself; the tab brings its drawing along.

import {element} from "../browser/dom.js"
import {isPage, listen, pageOf} from "../browser/scope.js"
import {tab} from "../browser/storage.js"
import {text} from "../browser/texts.js"

const GIVE_UP = 5000  // milliseconds until a server that does not answer is asked again

// What is to be said now, and whether it can be put away: what is worst comes first.
export function saying({lost, waits, forgets, unkept, said}) {
  if (lost) return [forgets ? text("notice.lost_for_good") : text("notice.lost"), false]
  if (waits) return [text("notice.waiting"), false]
  if (said) return [said, true]
  return [unkept ? text("notice.forgets") : "", true]
}

// Seconds to wait before asking for the n-th time: soon at first, then every 5 seconds, and
// never all pupils of a class in the same instant.
export function pause(attempt, chance) {
  return Math.min(5, 0.5 * 2 ** attempt) * (0.75 + 0.5 * chance)
}

async function serverAnswers() {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), GIVE_UP)
  const asked = {method: "HEAD", cache: "no-store", signal: giveUp.signal}
  try {
    return (await fetch(location.href, asked)).status < 500
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

function comeBack(attempt = 0) {
  setTimeout(async () => {
    if (await serverAnswers()) location.reload()
    else comeBack(attempt + 1)
  }, 1000 * pause(attempt, Math.random()))
}

export function render({model, el}) {
  const words = element("span")
  const close = element("button", {type: "button", textContent: "×"})
  close.setAttribute("aria-label", text("notice.close"))
  const box = element("div", {className: "box"}, words, close)
  box.dataset.testid = "notice"
  box.setAttribute("role", "status")

  const forgets = !tab.works
  const state = {lost: false, waits: false, forgets, unkept: forgets && isPage(pageOf(el))}
  const update = (changes = {}) => {
    const [sentence, closable] = saying(Object.assign(state, changes, {said: model.text}))
    words.textContent = sentence
    close.hidden = !closable
    box.classList.toggle("quiet", sentence === "")
  }
  close.addEventListener("click", () => {
    if (model.text) model.send_msg({type: "read"})
    else update({unkept: false})
  })
  const lose = () => {
    if (!state.lost) comeBack()
    update({lost: true})
  }
  listen(model, el, {waiting: ({detail: waits}) => update({waits}), "connection-lost": lose})
  model.document.on_event("connection_lost", lose)
  model.on("text", () => update())
  update()
  return box
}
