// The choice of a network: a button with the name of the present one, which opens a card for each.
// What a card says is shown as text, whoever wrote it.

import {bytesOf} from "../browser/bytes.js"
import {button, element, write} from "../browser/dom.js"
import {coloured, imageCanvas, imagesIn, paint, SIDE} from "../browser/images.js"
import {listen} from "../browser/scope.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"
import {messagesOfAll} from "../browser/upload.js"

const COLUMNS = 8
const GAP = 2  // pixels between the tiles of a picture

const extent = tiles => tiles * (SIDE + GAP) - GAP

// How large a picture of so many tiles is, in pixels of its own, and where each of them stands.
export function layout(tiles) {
  const place = tile => [tile % COLUMNS, Math.floor(tile / COLUMNS)].map(at => at * (SIDE + GAP))
  const [across, down] = [Math.min(tiles, COLUMNS), Math.ceil(tiles / COLUMNS)]
  const places = Array.from({length: tiles}, (_, tile) => place(tile))
  return {width: extent(across), height: extent(down), places}
}

// The weights of the first neurons, a tile each, in the colours of the edges.
function picture({pictures, pixels}, colours) {
  const tiles = imagesIn(bytesOf(atob(pictures)), pixels)
  const {width, height, places} = layout(tiles.length)
  const canvas = element("canvas", {width, height})
  canvas.style.width = `${100 * width / extent(COLUMNS)}%`
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", text("networks.picture", {count: tiles.length}))
  const context = canvas.getContext("2d")
  context.imageSmoothingEnabled = false
  places.forEach(([x, y], i) =>
    context.drawImage(paint(imageCanvas(), coloured(tiles[i], colours)), x, y, SIDE, SIDE))
  return canvas
}

const percentage = ([label, hint, value]) => element("div", {title: hint},
  element("dt", {textContent: label}), element("dd", {textContent: value}))

const entry = ([name, said, isVerbatim]) => element("div", {},
  element("dt", {textContent: name}),
  element("dd", {textContent: said, translate: !isVerbatim}))

const details = ({summary, entries}) => element("details", {},
  element("summary", {textContent: text("networks.details")}),
  element("p", {textContent: summary}),
  element("dl", {className: "entries"}, ...entries.map(entry)))

// What stands beside the name of a network.
const markOf = (name, edited) => edited.includes(name) ? text("edit.changed") : ""

// A card, and how it shows whether its network is the present one and whether it can be chosen.
function makeCard(told, colours, {choose, save}) {
  const {name, title, sizes, purpose, percentages} = told
  const use = button("", () => choose(name))
  const saving = button(text("networks.save"), () => save(name))
  saving.setAttribute("aria-label", text("networks.save_named", {title}))
  const mark = element("span", {className: "mark"})
  const article = element("article", {},
    element("div", {className: "title"},
      element("h3", {textContent: title}), mark, element("span", {className: "sizes", textContent: sizes})),
    picture(told, colours), element("p", {className: "purpose", textContent: purpose}),
    element("dl", {className: "percentages"}, ...percentages.map(percentage)),
    element("div", {className: "row"}, use, saving), details(told))
  article.dataset.network = name
  article.setAttribute("aria-label", title)
  const show = ({present, paused, edited}) => {
    const isPresent = name === present
    write(mark, markOf(name, edited))
    article.setAttribute("aria-current", isPresent)
    use.textContent = isPresent ? text("networks.shown") : text("networks.use")
    use.setAttribute("aria-label", isPresent
      ? text("networks.shown_named", {title})
      : text("networks.use_named", {title}))
    use.disabled = paused && !isPresent
  }
  return {article, show}
}

class Networks {
  constructor(model) {
    this.model = model
    this.cards = []
    this.heading = element("span")
    this.sizes = element("span", {className: "sizes"})
    this.mark = element("span", {className: "mark"})
    this.refusal = element("p", {className: "refusal"})
    this.refusal.setAttribute("role", "status")
    this.grid = element("div", {className: "cards"})
    this.sheet = makeSheet(text("networks.title"), this.head(), this.refusal, this.grid)
    this.opener = makeOpener(this.button(), this.sheet)
  }

  head() {
    const close = button(text("networks.close"), () => this.sheet.hidePopover())
    this.opening = button(text("import.open"), () => this.input.click())
    return element("div", {className: "head"},
      element("h2", {textContent: text("networks.title")}), this.opening, this.fileInput(), close)
  }

  // Some networks are in several files.
  fileInput() {
    this.input = element("input", {type: "file", hidden: true, multiple: true})
    this.input.setAttribute("aria-label", text("import.file"))
    this.input.addEventListener("change", () => {
      this.openFiles([...this.input.files])
      this.input.value = ""
    })
    return this.input
  }

  // What is found in them comes up on a sheet of its own.
  async openFiles(files) {
    this.sheet.hidePopover()
    for await (const message of messagesOfAll(files)) this.model.send_msg(message)
  }

  // A screen reader hears what the name is of.
  button() {
    const made = button("", () => this.ask())
    const kind = element("span", {className: "kind", textContent: `${text("page.network")}: `})
    made.append(element("span", {className: "name"}, kind, this.heading, " ", this.mark, this.sizes))
    made.dataset.testid = "network"
    return made
  }

  // The cards come when they are wanted; of those that are as before, nothing comes again.
  ask() { this.model.send_msg({type: "open"}) }

  choose(name) {
    this.model.send_msg({type: "choose", name})
    this.sheet.hidePopover()
  }

  // Of no name, the one that is shown. The sheet for that comes when this one has gone.
  save(name) {
    this.sheet.hidePopover()
    this.model.send_msg({type: "save", name})
  }

  // The cards have come.
  fill() {
    const {cards, colours} = this.model
    const acts = {choose: name => this.choose(name), save: name => this.save(name)}
    this.cards = cards.map(told => makeCard(told, colours, acts))
    this.grid.replaceChildren(...this.cards.map(({article}) => article))
    this.show()
  }

  show() {
    const {heading, sizes, paused, present, edited} = this.model
    write(this.mark, markOf(present, edited))
    write(this.heading, heading)
    write(this.sizes, sizes)
    this.opening.disabled = paused
    write(this.refusal, paused ? text("networks.paused") : "")
    for (const card of this.cards) card.show(this.model)
  }
}

export function render({model, el}) {
  const networks = new Networks(model)
  model.on(["present", "heading", "sizes", "paused", "edited"], () => networks.show())
  model.on("cards", () => networks.fill())
  listen(model, el, {"open-network": ({detail}) => networks.openFiles(detail)})
  networks.fill()
  listen(model, el, {"save-network": () => networks.save(null)})
  return element("div", {}, networks.opener, networks.sheet, model.get_child("saver"),
    model.get_child("importing"))
}
