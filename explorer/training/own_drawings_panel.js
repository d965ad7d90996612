// Collects drawings to learn from: ten buttons, a gallery, their share of what is learned from.

import {button, element, write} from "../browser/dom.js"
import {listen, nameOfPage, pageOf} from "../browser/scope.js"
import {tab} from "../browser/storage.js"
import {number, text} from "../browser/texts.js"

const STORE = "neuron-explorer drawings"
const SIDE = 28  // pixels of a picture

// Keeps what is collected until the tab is closed, and brings it along when the page opens anew.
export class KeptDrawings {
  // `page` is the name of the page that they belong to.
  constructor(model, page) {
    this.model = model
    this.place = `${STORE} ${page}`
  }

  bring() {
    const kept = tab.recall(this.place)
    if (kept !== null) this.model.send_msg({type: "restore", kept})
  }

  keep() {
    const {percent, gallery} = this.model
    const drawings = gallery.map(([, digit, picture]) => [digit, picture])
    const isKept = drawings.length > 0 && tab.keep(this.place, JSON.stringify({percent, drawings}))
    if (!isKept) tab.forget(this.place)
  }
}

// A button for each digit, with how many there are of it.
class Digits {
  constructor(add) {
    this.buttons = Array.from({length: 10}, (_, digit) => button("", () => add(digit)))
    this.row = element("div", {className: "digits"}, ...this.buttons)
    this.row.setAttribute("role", "group")
    this.row.setAttribute("aria-label", text("own.digits"))
  }

  show(counts) {
    this.buttons.forEach((made, digit) => {
      made.replaceChildren(element("b", {textContent: digit}),
        element("small", {textContent: counts[digit] === 0 ? "" : number(counts[digit])}))
      made.setAttribute("aria-label", text("own.add", {digit, have: number(counts[digit])}))
    })
  }
}

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

class OwnDrawings {
  constructor(model) {
    this.model = model
    this.count = element("small")
    this.digits = new Digits(digit => this.add(digit))
    this.gallery = new Gallery(key => model.send_msg({type: "remove", number: key}))
    this.said = element("p", {className: "said"})
    this.said.setAttribute("role", "status")
    this.share = element("select", {}, ...model.shares.map(([value, title]) => element("option", {value, textContent: title})))
    this.share.addEventListener("change", () =>
      model.send_msg({type: "share", percent: Number(this.share.value)}, () => this.show()))
    this.epoch = element("p")
    this.unseen = element("p")
    this.teach = button(text("own.teach"), () => model.send_msg({type: "teach"}))
    this.classButton = button(text("own.add_class"), () => model.send_msg({type: "add_class"}))
    this.classButton.hidden = !model.has_class
    this.learn = button(text("own.learn"), () => model.send_msg({type: "learn"}))
    this.box = this.arrange()
  }

  arrange() {
    const share = element("label", {}, element("span", {textContent: text("own.share_name")}), this.share)
    const box = element("details", {},
      element("summary", {}, text("own.title"), this.count),
      element("p", {textContent: text("own.hint")}), element("div", {className: "meant"}, this.digits.row, this.said), this.classButton,
      this.gallery.list, share, this.epoch, this.unseen, element("div", {className: "row"}, this.teach, this.learn))
    box.dataset.testid = "own-drawings"
    return box
  }

  add(digit) { this.model.send_msg({type: "add", digit}) }

  // What the keys of the ten digits do while the buttons can be seen.
  keys() {
    const press = digit => event => {
      if (this.digits.row.clientWidth === 0) return
      event.preventDefault()
      this.add(digit)
    }
    return Object.fromEntries(Array.from({length: 10}, (_, digit) => [`digit-${digit}`, press(digit)]))
  }

  show() {
    const {counts, gallery, percent, is_behind, said, epoch, unseen} = this.model
    write(this.count, gallery.length === 0 ? "" : text("own.count", {count: gallery.length}))
    this.digits.show(counts)
    write(this.said, said)
    this.share.value = percent
    write(this.epoch, epoch)
    write(this.unseen, unseen)
    this.teach.disabled = gallery.length === 0 || percent === 0
    this.learn.hidden = !is_behind
  }

  showGallery() {
    this.gallery.show(this.model.gallery)
    this.gallery.mark(this.model.read_as)
  }
}

export function render({model, el}) {
  const kept = new KeptDrawings(model, nameOfPage(pageOf(el)))
  const own = new OwnDrawings(model)
  model.on(["counts", "gallery", "percent", "is_behind", "said", "epoch", "unseen"], () => own.show())
  model.on(["gallery", "read_as"], () => own.showGallery())
  model.on(["gallery", "percent"], () => kept.keep())
  listen(model, el, own.keys())
  own.show()
  own.showGallery()
  kept.bring()
  return own.box
}
