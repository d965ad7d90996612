// Keeps what was changed of the networks until the tab is closed, and brings it along when the page
// opens anew.

import {element} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {nameOfPage, pageOf} from "../browser/scope.js"
import {tab} from "../browser/storage.js"

const STORE = "neuron-explorer edits"

export class KeptEdits {
  // `page` is the name of the page that they belong to.
  constructor(model, page) {
    Object.assign(this, {model, page})
    this.isAsking = false
    this.asked = 0  // the number of steps when the server was asked last
  }

  placeOf(name) { return `${STORE} ${this.page} ${name}` }

  // What was kept before the page was opened anew.
  bring() {
    for (const name of this.model.names) {
      const edits = tab.recall(this.placeOf(name))
      if (edits !== null) this.model.send_msg({type: "restore", name, edits})
    }
  }

  // Ask for what is to be kept: one question at a time, and one for all steps meanwhile.
  ask() {
    if (this.isAsking || this.asked === this.model.steps) return
    this.isAsking = true
    this.asked = this.model.steps
    this.model.send_msg({type: "keep"}, () => {
      this.isAsking = false
      this.ask()
    })
  }

  // Where there is no room for it, what was kept before would be wrong.
  keep() {
    for (const [name, edits] of Object.entries(this.model.kept)) {
      const place = this.placeOf(name)
      if (edits === null || !tab.keep(place, edits)) tab.forget(place)
    }
  }
}

export function render({model, el}) {
  const edits = new KeptEdits(model, nameOfPage(pageOf(el)))
  model.on("steps", whenIdle(() => edits.ask()))
  model.on("kept", () => edits.keep())
  edits.bring()
  return element("span")
}
