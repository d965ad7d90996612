// A button for a link to what the page shows; and a page that was opened by such a link shows it. What
// is chosen outlives a reload, and back and forward lead through it.

import {copy} from "../browser/clipboard.js"
import {button, element} from "../browser/dom.js"
import {downloadAnswer} from "../browser/download.js"
import {listen, listenOn, ownsAddress, pageOf} from "../browser/scope.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"
import {isLink, keepView, keptView, withPlace} from "./kept_view.js"
import {placeOf} from "./places.js"
import {begin, follow, useUp, whereInHistory} from "./trail.js"

class Share {
  constructor(model) {
    this.model = model
    this.link = element("input", {type: "text", readOnly: true})
    this.link.setAttribute("aria-label", text("share.link"))
    this.copied = element("span", {className: "copied"})
    this.copied.setAttribute("role", "status")
    this.leftOut = element("span")
    this.missing = element("p", {className: "missing"}, this.leftOut, " ",
      button(text("share.save"), () => downloadAnswer(model, {type: "save"})))
    this.sheet = makeSheet(text("share.title"),
      element("h2", {textContent: text("share.title")}),
      element("p", {textContent: text("share.what")}), this.missing, this.link,
      element("div", {className: "row"}, button(text("share.copy"), () => this.copy()), this.copied))
    // Where there is no room for it, the menu has a line that does the same.
    this.opener = makeOpener(button(text("share.title"), () => this.ask()), this.sheet)
  }

  // The link of what is there now: it is made when it is asked for.
  ask() {
    this.copied.textContent = ""
    this.model.send_msg({type: "link"})
  }

  show() {
    const {fragment, left_out} = this.model
    this.link.value = `${location.href.split("#")[0]}#${fragment}`
    this.leftOut.textContent = left_out
    this.missing.hidden = left_out === ""
  }

  async copy() {
    await copy(this.link)
    this.copied.textContent = text("share.copied")
  }
}

// The address of the page is a link, at first or later.
function openLink(model) {
  model.send_msg({type: "open", fragment: location.hash.slice(1)})
  useUp(model.trail)
}

// Places and networks are in the browser's history, if the page has an address of its own.
function hearHistory(model) {
  const revisit = () => {
    const where = whereInHistory()
    if (where !== null) model.send_msg({type: "revisit", where})
  }
  listenOn(model, window, {
    hashchange: () => { if (isLink(location.hash)) openLink(model) },
    popstate: revisit,
  })
  model.on("trail", () => follow(model.trail))
}

// What the tab has kept comes first, but the place that the address says. A link goes over it.
function remember(model, page) {
  const owns = ownsAddress(page)
  const kept = keptView(page)
  const place = owns ? placeOf(location.hash) : null
  if (kept !== null) model.send_msg({type: "bring", kept: withPlace(kept, place)})
  model.on("kept", () => keepView(page, model.kept))
  if (!owns) return
  hearHistory(model)
  if (isLink(location.hash)) openLink(model)
  else begin(model.trail)
}

export function render({model, el}) {
  const share = new Share(model)
  model.on(["fragment", "left_out"], () => share.show())
  listen(model, el, {share: () => {
    share.ask()
    share.sheet.showPopover()
  }})
  remember(model, pageOf(el))
  share.show()
  share.opener.className = "opener"
  return element("div", {}, share.opener, share.sheet)
}
