// Hands that draw without a pointer: the arrow keys, and an example that is drawn again stroke
// by stroke. Both tell the pad what they do, and the pad takes it for ink like any other.

import {element} from "../browser/dom.js"
import {clip} from "../browser/numbers.js"
import {listen, tell} from "../browser/scope.js"
import {text} from "../browser/texts.js"

const SIZE = 28
const PACE = 1                  // points in a frame when an example is drawn

// The movements of a hand that draws these strokes: it begins one, then goes from point to point.
export function movements(strokes) {
  return strokes.flatMap(stroke => stroke.points.map((point, i) =>
    i === 0 ? {begins: {...stroke, points: [point]}} : {moves: [point]}))
}

// Where a key takes the cursor, or null for another key; with Shift it goes by small steps.
export function moved([x, y], {key, shiftKey}) {
  const step = shiftKey ? 0.25 : 1
  const ways = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}
  if (!(key in ways)) return null
  const [across, down] = ways[key]
  return [clip(x + step * across, 0, SIZE), clip(y + step * down, 0, SIZE)]
}

// Draw `strokes` at the pace of a hand, with reduced motion at once; `going` says whether to go on.
function replay(el, strokes, going) {
  const left = movements(strokes)
  const pace = matchMedia("(prefers-reduced-motion: reduce)").matches ? Infinity : PACE
  const frame = () => {
    if (!going()) return
    for (const {begins, moves} of left.splice(0, pace))
      begins ? tell(el, "hand-begins", begins) : tell(el, "hand-moves", moves)
    if (left.length) requestAnimationFrame(frame)
    else tell(el, "hand-lifts")
  }
  frame()
}

// The keyboard's hand: arrow keys move its pen, the space bar puts it down and lifts it.
class Hand {
  constructor(el) {
    this.el = el
    this.place = [SIZE / 2, SIZE / 2]
    this.isDown = false
    this.cursor = element("i")
    this.news = element("span")
    this.news.setAttribute("role", "status")
    this.sheet = element("div", {tabIndex: 0}, this.cursor, this.news)
    this.sheet.setAttribute("role", "application")
    this.sheet.setAttribute("aria-label", text("hand.name"))
  }

  show() {
    const [x, y] = this.place
    this.cursor.style.left = `${100 * x / SIZE}%`
    this.cursor.style.top = `${100 * y / SIZE}%`
    this.cursor.classList.toggle("down", this.isDown)
  }

  press(event) {
    const next = moved(this.place, event)
    if (next !== null) this.move(next)
    else if (event.key === " ") this.put(!this.isDown)
    else return
    event.preventDefault()
    this.show()
  }

  move(place) {
    this.place = place
    if (this.isDown) tell(this.el, "hand-moves", [place])
  }

  put(down) {
    this.isDown = down
    if (down) tell(this.el, "hand-begins", {points: [this.place]})
    else tell(this.el, "hand-lifts")
    const [column, row] = this.place
    this.news.textContent = down ? text("hand.down", {column, row}) : text("hand.up", {column, row})
  }

  leave() {
    if (!this.isDown) return
    this.put(false)
    this.show()
  }
}

// Examples are drawn until the next one, or until somebody puts a pointer on the page.
function hearReplays(model, el) {
  let turn = 0
  listen(model, el, {pointerdown: () => { turn++ }})
  model.on("replays", () => {
    const mine = ++turn
    if (model.replay !== "") replay(el, JSON.parse(model.replay).strokes, () => mine === turn)
  })
}

export function render({model, el}) {
  const hand = new Hand(el)
  hand.sheet.addEventListener("keydown", event => hand.press(event))
  hand.sheet.addEventListener("blur", () => hand.leave())
  hearReplays(model, el)
  hand.show()
  return hand.sheet
}
