// The drawing pad. The browser paints ink at once, by the formula of core/ink/brush.py; the
// server hears of the same points and answers with what the network makes of them.

import {listen, nameOfPage, pageOf, tell} from "../browser/scope.js"
import {tab} from "../browser/storage.js"

export const SIZE = 28
const SOFTNESS = 1.2
const STORE = "neuron-explorer drawing"

// Ink, 0-1, at a distance in pixels from the path of a pen that is `width` pixels wide.
export function coverage(distance, width) {
  const ink = ((width + SOFTNESS) / 2 - distance) / SOFTNESS
  return Math.min(1, Math.max(0, ink))
}

export function distanceToSegment(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const along = squared > 0 ? ((x - ax) * dx + (y - ay) * dy) / squared : 0
  const share = Math.min(1, Math.max(0, along))
  return Math.hypot(x - ax - share * dx, y - ay - share * dy)
}

// Draw (or erase) one movement of the pen into `image`, 784 numbers row by row.
export function stamp(image, from, to, width, erases) {
  const reach = (width + SOFTNESS) / 2
  const clip = value => Math.min(SIZE, Math.max(0, value))
  const first = axis => clip(Math.floor(Math.min(from[axis], to[axis]) - reach))
  const last = axis => clip(Math.ceil(Math.max(from[axis], to[axis]) + reach))
  for (let row = first(1); row < last(1); row++)
    for (let column = first(0); column < last(0); column++) {
      const ink = coverage(distanceToSegment(column + 0.5, row + 0.5, from, to), width)
      const at = row * SIZE + column
      image[at] = erases ? Math.min(image[at], 1 - ink) : Math.max(image[at], ink)
    }
}

// Draw the movements of a stroke from the point number `since` on.
export function draw(image, {points, width, erases}, since = 0) {
  for (let i = since; i < points.length; i++)
    stamp(image, points[Math.max(0, i - 1)], points[i], width, erases)
}

export function rasterize({base, strokes}) {
  const image = base ? Float32Array.from(base.flat()) : new Float32Array(SIZE * SIZE)
  for (const stroke of strokes) draw(image, stroke)
  return image
}

// What one message may bring: the server refuses more.
const MOST_PARTS = 16
const MOST_POINTS = 64

// The parts of a message, and those that are left for the next; a long stroke is cut.
export function split(parts) {
  const first = []
  let room = MOST_POINTS
  for (const [i, part] of parts.entries()) {
    if (first.length === MOST_PARTS || room === 0) return [first, parts.slice(i)]
    first.push({...part, points: part.points.slice(0, room)})
    if (part.points.length > room) {
      const rest = {begins: false, points: part.points.slice(room)}
      return [first, [rest, ...parts.slice(i + 1)]]
    }
    room -= part.points.length
  }
  return [first, []]
}

// Messages to the server: one at a time under way, and what is drawn meanwhile waits together.
export class Sender {
  constructor(send) {
    this.send = send
    this.underway = []
    this.waiting = []
    this.busy = false
  }

  // What the server does not know of yet, in the order in which it was drawn.
  get unheard() { return [...this.underway, ...this.waiting] }

  begin(stroke) {
    this.waiting.push({begins: true, ...stroke, points: [...stroke.points]})
    this.flush()
  }

  extend(points) {
    const last = this.waiting.at(-1)
    if (last) last.points.push(...points)
    else this.waiting.push({begins: false, points})
    this.flush()
  }

  flush() {
    if (this.busy || this.waiting.length === 0) return
    this.busy = true;
    [this.underway, this.waiting] = split(this.waiting)
    this.send({type: "ink", parts: this.underway})
  }

  answered() {
    this.busy = false
    this.underway = []
    this.flush()
  }
}

// Draw parts of strokes, as they are sent, on top of a drawing. Returns the stroke that goes on
// (`open` if there is one), or null: what goes on with a stroke that is gone is no ink.
export function drawParts(drawing, parts, open = null) {
  for (const {begins, points, width, erases} of parts)
    if (begins) drawing.strokes.push(open = {points: [...points], width, erases})
    else open?.points.push(...points)
  return open
}

// Something that only matters while it is new: one message under way, the latest waits.
export class Latest {
  constructor(send) {
    this.send = send
    this.waiting = undefined
    this.busy = false
  }

  say(value) {
    this.waiting = value
    this.flush()
  }

  flush() {
    if (this.busy || this.waiting === undefined) return
    this.busy = true
    this.send(this.waiting)
    this.waiting = undefined
  }

  answered() {
    this.busy = false
    this.flush()
  }
}

// The place of a pointer on the pad, in pixels of the pad, to a hundredth.
export function place(event, box) {
  const scaled = (value, length) => Math.round(value / length * SIZE * 100) / 100
  return [scaled(event.clientX - box.left, box.width), scaled(event.clientY - box.top, box.height)]
}

function paint(context, image) {
  const pixels = context.createImageData(SIZE, SIZE)
  for (let i = 0; i < image.length; i++) {
    const grey = Math.round(255 * image[i])
    pixels.data.set([grey, grey, grey, 255], 4 * i)
  }
  context.putImageData(pixels, 0, 0)
}

function download(name, blob) {
  const link = Object.assign(document.createElement("a"), {download: name})
  link.href = URL.createObjectURL(blob)
  link.click()
  URL.revokeObjectURL(link.href)
}

function surface() {
  const canvas = document.createElement("canvas")
  canvas.width = canvas.height = SIZE
  canvas.dataset.testid = "pad"
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", "Drawing pad, 28 by 28 pixels")
  return canvas
}

export function render({model, el}) {
  const store = `${STORE} ${nameOfPage(pageOf(el))}`
  const canvas = surface()
  const hint = Object.assign(document.createElement("p"), {textContent: "draw here"})
  const mark = Object.assign(document.createElement("i"), {hidden: true})
  for (const each of [hint, mark]) each.setAttribute("aria-hidden", "true")
  const context = canvas.getContext("2d")
  const sender = new Sender(message => model.send_msg(message, () => {
    sender.answered()
    queueMicrotask(settle)  // when what comes with the answer is there too
  }))
  let drawing = JSON.parse(model.drawing)
  let image = rasterize(drawing)
  let inviting = model.inviting
  let pen = null
  let open = null  // the stroke that goes on

  const repaint = () => paint(context, image)

  // A blank pad is kept as well: whoever has cleared it is not invited again.
  const remember = () => {
    if (!model.borrowing && !inviting) tab.keep(store, JSON.stringify(drawing))
  }

  const invite = () => { hint.hidden = !inviting || model.locked }

  const clear = () => {
    inviting = false
    drawing = {base: null, strokes: []}
    image = rasterize(drawing)
    invite()
  }

  // The server has replaced the drawing. What was drawn since, it will put on top, unless nobody may
  // draw now: so does the pad.
  const replace = () => {
    const unheard = model.locked ? [] : sender.unheard
    drawing = JSON.parse(model.drawing)
    inviting = model.inviting && unheard.length === 0
    open = drawParts(drawing, unheard)
    image = rasterize(drawing)
    invite()
    repaint()
    remember()
  }

  // The pixel under the pointer and the neuron that receives it: asked for one at a time.
  const pointer = new Latest(
    place => model.send_msg({type: "point", place}, () => pointer.answered()))
  const showMark = () => {
    mark.hidden = model.marked === null
    if (model.marked === null) return
    mark.style.left = `${model.marked % SIZE / SIZE * 100}%`
    mark.style.top = `${Math.floor(model.marked / SIZE) / SIZE * 100}%`
  }

  // A stroke has ended; what the network makes of it is known when all of it is answered.
  let unsettled = false
  const settle = () => {
    if (!unsettled || sender.unheard.length > 0) return
    unsettled = false
    tell(el, "stroke-answered")
  }
  const finish = () => {
    remember()
    unsettled = true
    settle()
  }

  const begin = stroke => {
    open = drawParts(drawing, [{begins: true, ...stroke}])
    draw(image, open)
    repaint()
    sender.begin(stroke)
  }

  const extend = points => {
    if (open === null) return
    const since = open.points.length
    drawParts(drawing, [{begins: false, points}], open)
    draw(image, open, since)
    repaint()
    sender.extend(points)
  }

  // A stroke begins, wherever it comes from; the first one replaces an invitation.
  const start = ({points, width = model.width, erases = model.erasing}) => {
    if (model.locked) return
    unsettled = false
    tell(el, "pen-down")
    if (inviting) clear()
    pointer.say(null)
    begin({points, width, erases})
  }

  // The pad stands still under a pen, and asking where it is can make the browser lay out the page.
  let box = null

  const touchDown = event => {
    if (pen !== null || event.button > 0 && event.button !== 5) return
    canvas.setPointerCapture(event.pointerId)
    pen = event.pointerId
    box = canvas.getBoundingClientRect()
    const erases = model.erasing || event.button === 5
    start({points: [place(event, box)], erases})
  }

  const move = event => {
    if (pen === null && event.pointerType !== "touch")
      pointer.say(place(event, canvas.getBoundingClientRect()))
    if (event.pointerId !== pen) return
    const events = event.getCoalescedEvents?.() ?? []
    extend((events.length ? events : [event]).map(e => place(e, box)))
  }

  const lift = event => {
    if (event.pointerId !== pen) return
    pen = null
    finish()
  }

  canvas.addEventListener("pointerdown", touchDown)
  canvas.addEventListener("pointermove", move)
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
    canvas.addEventListener(name, lift)
  canvas.addEventListener("pointerleave", () => pointer.say(null))
  canvas.addEventListener("contextmenu", event => event.preventDefault())
  model.on("marked", showMark)
  model.on("revision", replace)
  model.on("locked", invite)
  listen(model, el, {
    "hand-begins": event => start(event.detail),
    "hand-moves": event => extend(event.detail),
    "hand-lifts": finish,
    "save-drawing": () => download("drawing.json", new Blob([JSON.stringify(drawing)])),
    "save-picture": () => canvas.toBlob(blob => download("drawing.png", blob)),
  })

  invite()
  repaint()
  model.send_msg({type: "hello", drawing: tab.recall(store)})
  const whole = document.createElement("div")
  whole.className = "surface"
  whole.append(canvas, hint, mark)
  return whole
}
