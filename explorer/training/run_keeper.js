// Keeps the key of the page's run until the tab is closed, and brings it along when the page opens
// anew.

import {element} from "../browser/dom.js"
import {nameOfPage, pageOf} from "../browser/scope.js"
import {tab} from "../browser/storage.js"

const STORE = "neuron-explorer run"

export class RunKeeper {
  // `page` is the name of the page that the run belongs to.
  constructor(model, page) {
    Object.assign(this, {model, place: `${STORE} ${page}`})
  }

  keep() {
    const {key, recipe} = this.model
    if (key === "") tab.forget(this.place)
    else tab.keep(this.place, JSON.stringify({key, recipe}))
  }

  // What is not found is asked for once.
  bring() {
    const kept = tab.recall(this.place)
    if (kept !== null)
      this.model.send_msg({type: "restore", ...JSON.parse(kept)}, () => this.keep())
  }
}

export function render({model, el}) {
  const keeper = new RunKeeper(model, nameOfPage(pageOf(el)))
  model.on(["key", "recipe"], () => keeper.keep())
  keeper.bring()
  return element("span")
}
