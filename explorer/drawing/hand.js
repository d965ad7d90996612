// Hands that draw without a pointer: the arrow keys, and an example that is drawn again stroke
// by stroke. Both tell the pad what they do, and the pad takes it for ink like any other.

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
  const clip = value => Math.min(SIZE, Math.max(0, value))
  return [clip(x + step * ways[key][0]), clip(y + step * ways[key][1])]
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

export function render({model, el}) {
  const sheet = document.createElement("div")
  sheet.tabIndex = 0
  sheet.setAttribute("role", "application")
  sheet.setAttribute("aria-label", text("hand.name"))
  const cursor = document.createElement("i")
  const news = document.createElement("span")
  news.setAttribute("role", "status")
  sheet.append(cursor, news)
  let place = [SIZE / 2, SIZE / 2]
  let down = false
  let turn = 0

  const show = () => {
    cursor.style.left = `${100 * place[0] / SIZE}%`
    cursor.style.top = `${100 * place[1] / SIZE}%`
    cursor.classList.toggle("down", down)
  }
  const put = next => {
    down = next
    if (down) tell(el, "hand-begins", {points: [place]})
    else tell(el, "hand-lifts")
    const [column, row] = place
    news.textContent = down ? text("hand.down", {column, row}) : text("hand.up", {column, row})
  }

  sheet.addEventListener("keydown", event => {
    const next = moved(place, event)
    if (next !== null) {
      place = next
      if (down) tell(el, "hand-moves", [place])
    } else if (event.key === " ") put(!down)
    else return
    event.preventDefault()
    show()
  })
  sheet.addEventListener("blur", () => { if (down) { put(false); show() } })

  const interrupt = () => { turn++ }
  listen(model, el, {pointerdown: interrupt})
  model.on("replays", () => {
    const mine = ++turn
    replay(el, JSON.parse(model.replay).strokes, () => mine === turn)
  })
  show()
  return sheet
}
