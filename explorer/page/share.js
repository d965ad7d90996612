// A button for a link to what the page shows; and a page that was opened by such a link shows it.

import {copy} from "../browser/clipboard.js"
import {button, element} from "../browser/dom.js"
import {listen, listenOn, pageOf} from "../browser/scope.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"
import {forgetNetwork} from "./kept_network.js"

const OURS = /^#view=/

class Share {
  constructor(model, page) {
    Object.assign(this, {model, page})
    this.link = element("input", {type: "text", readOnly: true})
    this.link.setAttribute("aria-label", text("share.link"))
    this.copied = element("span", {className: "copied"})
    this.copied.setAttribute("role", "status")
    this.sheet = makeSheet(text("share.title"),
      element("h2", {textContent: text("share.title")}),
      element("p", {textContent: text("share.what")}), this.link,
      element("div", {className: "row"}, button(text("share.copy"), () => this.copy()), this.copied))
    // Where there is no room for it, the menu has a line that does the same.
    this.opener = makeOpener(button(text("share.title"), () => this.ask()), this.sheet)
  }

  // The link of what is there now: it is made when it is asked for.
  ask() {
    this.copied.textContent = ""
    this.model.send_msg({type: "link"})
  }

  show() { this.link.value = `${location.href.split("#")[0]}#${this.model.fragment}` }

  async copy() {
    await copy(this.link)
    this.copied.textContent = text("share.copied")
  }

  // The link is used up, so that a reload finds what has been done since.
  openAddress() {
    if (!OURS.test(location.hash)) return
    forgetNetwork(this.page)
    this.model.send_msg({type: "open", fragment: location.hash.slice(1)})
    history.replaceState(history.state, "", location.href.split("#")[0])
  }
}

export function render({model, el}) {
  const share = new Share(model, pageOf(el))
  model.on("fragment", () => share.show())
  listen(model, el, {share: () => {
    share.ask()
    share.sheet.showPopover()
  }})
  listenOn(model, window, {hashchange: () => share.openAddress()})
  share.openAddress()
  share.opener.className = "opener"
  return element("div", {}, share.opener, share.sheet)
}
