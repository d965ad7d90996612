// Keeps the key of the page's run until the tab is closed, and brings it along when the page opens
// anew.

import {element} from "../browser/dom.js"
import {nameOfPage, pageOf} from "../browser/scope.js"
import {tab} from "../browser/storage.js"
import {keptNetwork} from "./kept_view.js"

const STORE = "neuron-explorer run"
const TRAINING = "training"  // the name of the network in training

export class RunKeeper {
  // `page` is the name of the page that the run belongs to; `network` is the one that it showed.
  constructor(model, page, network) {
    Object.assign(this, {model, place: `${STORE} ${page}`, shown: network === TRAINING})
  }

  keep() {
    const {key, recipe} = this.model
    if (key === "") tab.forget(this.place)
    else tab.keep(this.place, JSON.stringify({key, recipe}))
  }

  // What is not found is asked for once.
  bring() {
    const kept = tab.recall(this.place)
    if (kept === null) return
    const message = {type: "restore", ...JSON.parse(kept), shown: this.shown}
    this.model.send_msg(message, () => this.keep())
  }
}

export function render({model, el}) {
  const page = pageOf(el)
  const keeper = new RunKeeper(model, nameOfPage(page), keptNetwork(page))
  model.on(["key", "recipe"], () => keeper.keep())
  keeper.bring()
  return element("span")
}
