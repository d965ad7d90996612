// A part that is out of the way until it is opened; its Python class works only while it is open.

import {element} from "./dom.js"

export class Fold {
  constructor(model, title, ...content) {
    this.details = element("details", {}, element("summary", {textContent: title}), ...content)
    this.details.addEventListener("toggle", () => model.send_msg({type: "open", on: this.details.open}))
  }
}
