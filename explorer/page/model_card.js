// The card of a network, behind a button: its text is shown as text, whoever wrote it.

import {button, element} from "../browser/dom.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"

const entry = ([name, said, isVerbatim]) => element("div", {},
  element("dt", {textContent: name}),
  element("dd", {textContent: said, translate: !isVerbatim}))

class Card {
  constructor() {
    this.heading = element("h2")
    this.summary = element("p")
    this.list = element("dl")
    const close = button(text("card.close"), () => this.sheet.hidePopover())
    this.sheet = makeSheet(text("card.title"), this.heading, this.summary, this.list, close)
    this.opener = makeOpener(button(text("card.about")), this.sheet)
  }

  show({heading, summary, entries}) {
    this.heading.textContent = heading
    this.summary.textContent = summary
    this.list.replaceChildren(...entries.map(entry))
  }
}

export function render({model}) {
  const card = new Card()
  model.on(["heading", "summary", "entries"], () => card.show(model))
  card.show(model)
  return element("div", {}, card.opener, card.sheet)
}
