// The first minute: three quiet prompts, one after the other, each gone for good once it is done.

import {element} from "../browser/dom.js"
import {listenOn} from "../browser/scope.js"
import {browser} from "../browser/storage.js"
import {text} from "../browser/texts.js"

const STORE = "neuron-explorer prompts"

// What a page tells when what a prompt asks for is done, whatever else it tells with it.
const PROMPTS = [
  {event: "stroke-answered", isDone: () => true,
    prompt: digits => digits ? text("prompt.draw") : text("prompt.draw_any")},
  {event: "selected", prompt: () => text("prompt.select"), isDone: some => some},
  {event: "play", prompt: () => text("prompt.play"), isDone: () => true},
]

// Which prompts are left; `done` names the events of those that are not.
export class Prompts {
  constructor(done) { this.done = new Set(done) }

  // The first that is left, or null; the network reads `digits` or something else.
  next(digits = true) {
    return PROMPTS.find(({event}) => !this.done.has(event))?.prompt(digits) ?? null
  }

  // Returns whether that was news.
  hear(event, detail) {
    const asked = PROMPTS.find(each => each.event === event)
    if (this.done.has(event) || !asked.isDone(detail)) return false
    this.done.add(event)
    return true
  }
}

// A line that shows them, for what happens on a page.
export function promptLine(model, page) {
  const prompts = new Prompts((browser.recall(STORE) ?? "").split(" "))
  const line = element("p", {className: "prompt"})
  line.setAttribute("role", "status")
  const show = () => {
    const next = prompts.next(model.digits)
    line.textContent = next ?? ""
    line.hidden = next === null
  }
  listenOn(model, page, Object.fromEntries(PROMPTS.map(({event}) => [event, ({detail}) => {
    if (!prompts.hear(event, detail)) return
    browser.keep(STORE, [...prompts.done].join(" "))
    show()
  }])))
  model.on("digits", show)
  show()
  return line
}
