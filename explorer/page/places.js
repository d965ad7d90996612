// The places of the page in one row. Each has an address: `#edit` opens the page in Edit.

import {button, element} from "../browser/dom.js"
import {listenOn} from "../browser/scope.js"
import {text} from "../browser/texts.js"

const LABELS = {
  explore: text("place.explore"), edit: text("place.edit"), train: text("place.train"),
  test: text("place.test"),
}
const PLACES = Object.keys(LABELS)

// Whether the end of an address is the lesson's.
export const isLesson = hash => /^#lesson(=|$)/.test(hash)

// Which place the end of an address is for; null if it is for something else.
export function placeOf(hash) {
  if (hash === "" || hash === "#") return "explore"
  return PLACES.find(place => hash === `#${place}`) ?? null
}

// The address of a place, from that of any other.
export const addressOf = (place, href) =>
  href.split("#")[0] + (place === "explore" ? "" : `#${place}`)

export class Places {
  // A document that is not the page's own has an address of its own, too.
  constructor(model, {ownsAddress}) {
    Object.assign(this, {model, ownsAddress})
    this.buttons = PLACES.map(place => button(LABELS[place], () => this.go(place)))
    this.lesson = button(text("place.lesson"), () => this.toggleLesson())
    this.row = element("nav", {className: "places"}, ...this.buttons, this.lesson)
    this.row.setAttribute("aria-label", text("place.places"))
    if (!ownsAddress) return
    listenOn(model, window, {hashchange: () => this.follow()})
    this.follow()
  }

  // The lesson is not a place: it leads through all of them, and has the address while it does.
  toggleLesson() {
    const on = !this.model.guided
    const address = on ? `${location.href.split("#")[0]}#lesson` : addressOf(this.model.place, location.href)
    if (this.ownsAddress) history.replaceState(history.state, "", address)
    this.model.send_msg({type: "guide", on})
  }

  go(place) {
    if (place !== this.model.place) this.model.send_msg({type: "place", place})
  }

  follow() {
    if (isLesson(location.hash) && !this.model.guided) this.model.send_msg({type: "guide", on: true})
    const place = placeOf(location.hash)
    if (place !== null) this.go(place)
  }

  show() {
    const {place, guided} = this.model
    this.lesson.setAttribute("aria-pressed", guided)
    this.buttons.forEach((made, i) => {
      if (PLACES[i] === place) made.setAttribute("aria-current", "page")
      else made.removeAttribute("aria-current")
    })
  }
}
