// The places of the page in one row. Each has an address: `#edit` opens the page in Edit.

import {button, element} from "../browser/dom.js"
import {listenOn} from "../browser/scope.js"
import {text} from "../browser/texts.js"

const LABELS = {
  explore: text("place.explore"), edit: text("place.edit"), train: text("place.train"),
  test: text("place.test"),
}
const PLACES = Object.keys(LABELS)

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
    this.model = model
    this.buttons = PLACES.map(place => button(LABELS[place], () => this.go(place)))
    this.row = element("nav", {className: "places"}, ...this.buttons)
    this.row.setAttribute("aria-label", text("place.places"))
    if (!ownsAddress) return
    listenOn(model, window, {hashchange: () => this.follow()})
    this.follow()
  }

  go(place) {
    if (place !== this.model.place) this.model.send_msg({type: "place", place})
  }

  follow() {
    const place = placeOf(location.hash)
    if (place !== null) this.go(place)
  }

  show() {
    const {place} = this.model
    this.buttons.forEach((made, i) => {
      if (PLACES[i] === place) made.setAttribute("aria-current", "page")
      else made.removeAttribute("aria-current")
    })
  }
}
