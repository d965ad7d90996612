// Keeps networks of one's own until the tab is closed, and brings them along when the page opens
// anew.

import {element} from "../browser/dom.js"
import {nameOfPage, pageOf} from "../browser/scope.js"
import {tab} from "../browser/storage.js"
import {keptNetwork} from "./kept_view.js"

const STORE = "neuron-explorer own"

export class OwnNetworks {
  // `page` is the name of the page that they belong to; `shown` is the network that it showed.
  constructor(model, page, shown) {
    Object.assign(this, {model, page, shown})
  }

  get list() { return `${STORE} ${this.page}` }

  placeOf(name) { return `${this.list} ${name}` }

  get names() { return JSON.parse(tab.recall(this.list) ?? "[]") }

  bring() {
    for (const name of this.names) {
      const content = tab.recall(this.placeOf(name))
      if (content !== null)
        this.model.send_msg({type: "restore", name, content, shown: name === this.shown})
    }
  }

  // Of what there is no room for, nothing is kept.
  keep() {
    const names = new Set(this.names)
    for (const [name, content] of Object.entries(this.model.kept)) {
      if (content !== "" && tab.keep(this.placeOf(name), content)) names.add(name)
      else {
        tab.forget(this.placeOf(name))
        names.delete(name)
      }
    }
    tab.keep(this.list, JSON.stringify([...names]))
  }
}

export function render({model, el}) {
  const page = pageOf(el)
  const networks = new OwnNetworks(model, nameOfPage(page), keptNetwork(page))
  model.on("kept", () => networks.keep())
  networks.bring()
  return element("span")
}
