// Collects drawings: ten buttons to say what was meant, and a gallery of what was collected.

import {digitRow} from "../browser/digits.js"
import {button, element, write} from "../browser/dom.js"
import {SIDE} from "../browser/images.js"
import {listen, nameOfPage, pageOf} from "../browser/scope.js"
import {number, text} from "../browser/texts.js"
import {KeptDrawings} from "./kept_drawings.js"

// A drawing in the gallery, with a button that takes it away.
class Tile {
  constructor([key, digit, picture], remove) {
    this.digit = digit
    this.image = element("img", {src: picture, width: SIDE, height: SIDE})
    this.mark = element("b", {textContent: digit})
    const away = button("×", () => remove(key))
    away.title = text("own.remove", {digit})
    away.setAttribute("aria-label", away.title)
    this.box = element("li", {}, this.image, this.mark, away)
    this.show(undefined)
  }

  // `read` is the digit that it is read as, if that is known.
  show(read) {
    const {digit} = this
    const isRead = read === digit
    write(this.mark, read === undefined ? String(digit) : `${isRead ? "✓" : "✗"} ${digit}`)
    this.box.classList.toggle("misread", read !== undefined && !isRead)
    this.box.title = this.image.alt = read === undefined ? text("own.drawing", {digit})
      : isRead ? text("own.is_read", {digit}) : text("own.misread", {digit, read})
  }
}

// The tiles, the latest first. Those that stay are not made anew.
export class Gallery {
  constructor(remove) {
    this.remove = remove
    this.tiles = new Map()
    this.list = element("ul", {className: "gallery"})
    this.list.setAttribute("aria-label", text("own.gallery"))
  }

  show(drawings) {
    const before = this.tiles
    this.tiles = new Map(drawings.map(each =>
      [each[0], before.get(each[0]) ?? new Tile(each, this.remove)]))
    this.list.replaceChildren(...[...this.tiles.values()].reverse().map(tile => tile.box))
    this.list.hidden = drawings.length === 0
  }

  // What each is read as, by its number.
  mark(readAs) {
    for (const [key, tile] of this.tiles) tile.show(readAs[key])
  }
}

class Collection {
  constructor(model) {
    this.model = model
    const send = type => () => model.send_msg({type})
    this.digits = digitRow(text("own.digits"), digit => this.add(digit))
    this.said = element("p", {className: "said"})
    this.said.setAttribute("role", "status")
    this.gallery = new Gallery(key => model.send_msg({type: "remove", number: key}))
    this.classButton = button(text("own.add_class"), send("add_class"))
    this.clear = button(text("own.clear"), send("clear"))
    this.back = button(text("own.bring_back"), send("bring_back"))
    this.box = element("div", {},
      element("div", {className: "meant"}, this.digits.row, this.said),
      this.gallery.list,
      element("div", {className: "row"}, this.classButton, this.back, this.clear))
    this.box.dataset.testid = "collection"
  }

  add(digit) { this.model.send_msg({type: "add", digit}) }

  // What the keys of the ten digits do while the buttons can be seen.
  keys() {
    const press = digit => event => {
      if (this.digits.row.clientWidth === 0) return
      event.preventDefault()
      this.add(digit)
    }
    return Object.fromEntries(this.digits.buttons.map((_, digit) => [`digit-${digit}`, press(digit)]))
  }

  show() {
    const {counts, said, removed, gallery, has_class} = this.model
    this.digits.buttons.forEach((made, digit) => {
      made.replaceChildren(element("b", {textContent: digit}),
        element("small", {textContent: counts[digit] === 0 ? "" : number(counts[digit])}))
      made.setAttribute("aria-label", text("own.add", {digit, have: number(counts[digit])}))
    })
    write(this.said, said)
    this.classButton.hidden = !has_class
    this.back.hidden = removed === 0
    this.clear.hidden = gallery.length < 2
  }

  showGallery() {
    this.gallery.show(this.model.gallery)
    this.gallery.mark(this.model.read_as)
  }
}

export function render({model, el}) {
  const kept = new KeptDrawings(model, nameOfPage(pageOf(el)))
  const collection = new Collection(model)
  model.on(["counts", "said", "removed"], () => collection.show())
  model.on(["gallery", "read_as"], () => collection.showGallery())
  model.on("gallery", () => kept.keep())
  listen(model, el, collection.keys())
  collection.show()
  collection.showGallery()
  kept.bring()
  return collection.box
}
