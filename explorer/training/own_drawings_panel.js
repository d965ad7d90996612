// What is learned from one's own drawings: the collection, and its share of the data.

import {button, element, write} from "../browser/dom.js"
import {nameOfPage, pageOf} from "../browser/scope.js"
import {tab} from "../browser/storage.js"
import {text} from "../browser/texts.js"

const STORE = "neuron-explorer share"

// Keeps the share until the tab is closed, and brings it along when the page opens anew.
export class KeptShare {
  // `page` is the name of the page that it belongs to.
  constructor(model, page) {
    this.model = model
    this.place = `${STORE} ${page}`
  }

  bring() {
    const percent = Number(tab.recall(this.place) ?? NaN)
    if (this.model.shares.some(([share]) => share === percent))
      this.model.send_msg({type: "share", percent})
  }

  keep() { tab.keep(this.place, String(this.model.percent)) }
}

class OwnDrawings {
  constructor(model) {
    this.model = model
    this.count = element("small")
    this.share = element("select", {}, ...model.shares.map(([value, title]) => element("option", {value, textContent: title})))
    this.share.addEventListener("change", () =>
      model.send_msg({type: "share", percent: Number(this.share.value)}, () => this.show()))
    this.epoch = element("p")
    this.unseen = element("p")
    this.teach = button(text("own.teach"), () => model.send_msg({type: "teach"}))
    this.learn = button(text("own.learn"), () => model.send_msg({type: "learn"}))
    this.box = this.arrange()
  }

  arrange() {
    const share = element("label", {}, element("span", {textContent: text("own.share_name")}), this.share)
    const box = element("details", {},
      element("summary", {}, text("own.title"), this.count),
      element("p", {textContent: text("own.hint")}), this.model.get_child("collection"),
      share, this.epoch, this.unseen, element("div", {className: "row"}, this.teach, this.learn))
    box.dataset.testid = "own-drawings"
    return box
  }

  show() {
    const {count, percent, is_behind, epoch, unseen} = this.model
    write(this.count, count === 0 ? "" : text("own.count", {count}))
    this.share.value = percent
    write(this.epoch, epoch)
    write(this.unseen, unseen)
    this.teach.disabled = count === 0 || percent === 0
    this.learn.hidden = !is_behind
  }
}

export function render({model, el}) {
  const kept = new KeptShare(model, nameOfPage(pageOf(el)))
  const own = new OwnDrawings(model)
  model.on(["count", "percent", "is_behind", "epoch", "unseen"], () => own.show())
  model.on("percent", () => kept.keep())
  own.show()
  kept.bring()
  return own.box
}
