// The wall: what every pupil shows, as small pictures in the order of names. Names and answers are
// written as text, never as HTML.

import {button, element} from "../browser/dom.js"
import {text} from "../browser/texts.js"

// What a tile says under its picture.
export function caption({digit, sure, meant}) {
  const said = digit === null ? "–" : sure ? `${digit}` : text("outputs.maybe", {digit})
  return [said, meant === null ? "" : text("teacher.meant", {digit: meant})]
}

// Pixels between tiles, and those of a tile's name and answer below its picture.
const [GAP, WORDS] = [10, 58]
const WIDTHS = [320, 260, 220, 190, 160, 130, 104, 84, 72]

// The largest width of a tile with which so many fill a wall of this size without scrolling.
export function tileWidth(count, width, height) {
  const fitting = side =>
    Math.floor((width + GAP) / (side + GAP)) * Math.floor((height + GAP) / (side + WORDS + GAP))
  return WIDTHS.find(side => fitting(side) >= count) ?? WIDTHS.at(-1)
}

class Tile {
  constructor(choose) {
    this.image = element("img", {alt: ""})
    this.name = element("b", {dir: "auto", translate: false})
    this.answer = element("span", {className: "answer"})
    this.box = button("", () => choose(this.pupil))
    this.box.className = "tile"
    this.box.append(this.image, this.name, this.answer)
  }

  show(pupil) {
    this.pupil = pupil
    this.box.dataset.key = pupil.key
    this.image.src = pupil.picture
    this.name.textContent = pupil.name
    const [said, meant] = caption(pupil)
    this.answer.replaceChildren(said, element("small", {textContent: meant}))
    this.box.classList.toggle("misread", pupil.misread)
  }
}

export class Wall {
  // `choose` is told of the pupil whose tile is clicked.
  constructor(choose) {
    this.choose = choose
    this.tiles = new Map()
    this.grid = element("div", {className: "wall"})
    this.grid.dataset.testid = "wall"
    new ResizeObserver(() => this.fit()).observe(this.grid)
  }

  // Only the tiles of these pupils have changed.
  change(pupils) {
    for (const pupil of pupils) {
      if (!this.tiles.has(pupil.key)) this.tiles.set(pupil.key, new Tile(this.choose))
      this.tiles.get(pupil.key).show(pupil)
    }
  }

  // The pupils with these keys are there, in this order, and no others.
  arrange(keys) {
    for (const [key, {box}] of this.tiles)
      if (!keys.includes(key)) { box.remove(); this.tiles.delete(key) }
    this.grid.append(...keys.filter(key => this.tiles.has(key)).map(key => this.tiles.get(key).box))
    this.fit()
  }

  // The pupil with this key, null if no such pupil is there.
  pupil(key) { return this.tiles.get(key)?.pupil ?? null }

  // The pupil with this key is looked at, and no other.
  mark(key) {
    for (const [each, {box}] of this.tiles) box.setAttribute("aria-current", each === key)
  }

  // Only the pupils of a cell of the matrix are seen, what they meant and what was read; or all.
  narrow([meant, read]) {
    for (const {box, pupil} of this.tiles.values())
      box.hidden = meant !== undefined && (pupil.meant !== meant || pupil.digit !== read)
  }

  // Few pupils are seen larger.
  fit() {
    const {clientWidth, clientHeight} = this.grid
    const width = tileWidth(this.tiles.size, clientWidth, clientHeight)
    this.grid.style.setProperty("--tile", `${width}px`)
  }
}
