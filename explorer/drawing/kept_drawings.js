// Keeps the drawings that are collected until the tab is closed, and brings them along when the page
// opens anew.

import {tab} from "../browser/storage.js"

const STORE = "neuron-explorer drawings"

export class KeptDrawings {
  // `page` is the name of the page that they belong to.
  constructor(model, page) {
    this.model = model
    this.place = `${STORE} ${page}`
  }

  // Another part of the page may have brought them already.
  bring() {
    const kept = tab.recall(this.place)
    if (kept !== null && this.model.gallery.length === 0) this.model.send_msg({type: "restore", kept})
  }

  keep() {
    const drawings = this.model.gallery.map(([, digit, picture, drawing]) => [digit, picture, drawing])
    const isKept = drawings.length > 0 && tab.keep(this.place, JSON.stringify(drawings))
    if (!isKept) tab.forget(this.place)
  }
}
