// One quiet sentence at a time. When the connection is lost the page says so, keeps what is
// drawn, asks until the server answers, and reloads itself; the tab brings its drawing along.

import {button, element} from "../browser/dom.js"
import {isPage, listen, pageOf, tell} from "../browser/scope.js"
import {isKernels, tab} from "../browser/storage.js"
import {text} from "../browser/texts.js"

const GIVE_UP = 5000  // milliseconds until a server that does not answer is asked again

// What is to be said now, and whether it can be put away: what is worst comes first.
export function saying({lost, waits, forgets, unkept, said}) {
  if (lost && isKernels()) return [text("widget.lost"), false]
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

class Notice {
  constructor(model, el) {
    Object.assign(this, {model, el})
    this.words = element("span")
    this.close = button("×", () => this.read())
    this.close.setAttribute("aria-label", text("notice.close"))
    this.box = element("div", {className: "box"}, this.words, this.close)
    this.box.dataset.testid = "notice"
    this.box.setAttribute("role", "status")
    const forgets = !tab.works
    this.state = {lost: false, waits: false, forgets, unkept: forgets && isPage(pageOf(el))}
  }

  change(changes) {
    Object.assign(this.state, changes)
    this.show()
  }

  show() {
    const [sentence, closable] = saying({...this.state, said: this.model.text})
    this.words.textContent = sentence
    this.close.hidden = !closable
    this.box.classList.toggle("quiet", sentence === "")
  }

  // The person has put it away.
  read() {
    if (this.model.text) this.model.send_msg({type: "read"})
    else this.change({unkept: false})
  }

  lose() {
    if (this.state.lost) return
    this.change({lost: true})
    tell(this.el, "waiting", true)
    comeBack()
  }
}

export function render({model, el}) {
  const notice = new Notice(model, el)
  listen(model, el, {
    waiting: ({detail: waits}) => notice.change({waits}),
    "connection-lost": () => notice.lose(),
  })
  model.document.on_event("connection_lost", () => notice.lose())
  model.on("text", () => notice.show())
  notice.show()
  return notice.box
}
