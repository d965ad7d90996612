// The drawing pad. The browser paints ink at once; the server hears of the same points and answers
// with what the network makes of them.

import {element} from "../browser/dom.js"
import {download} from "../browser/download.js"
import {nextFrame, oncePerFrame} from "../browser/frames.js"
import {Latest} from "../browser/latest.js"
import {listen, nameOfPage, pageOf, tell} from "../browser/scope.js"
import {tab} from "../browser/storage.js"
import {text} from "../browser/texts.js"
import {KEYWORD} from "./files.js"
import {draw, drawParts, rasterize, SIZE} from "./ink.js"
import {withText} from "./png.js"
import {Pointers} from "./pointers.js"
import {Sender} from "./sending.js"

const STORE = "neuron-explorer drawing"
const BACK_OF_PEN = 5  // the button that an eraser at the end of a pen is

// The place of a pointer on the pad, in pixels of the pad, to a hundredth.
export function place(event, box) {
  const scaled = (value, length) => Math.round(value / length * SIZE * 100) / 100
  return [scaled(event.clientX - box.left, box.width), scaled(event.clientY - box.top, box.height)]
}

// The event that tells first where a pointer is. A browser keeps `pointermove` until the next frame;
// to who may know (localhost, https) some tell it at once, and half the answers are there before it.
// In a frame Chromium tells where the captured pointer is in the window around it, so that the ink
// would be far from the pen.
export const earliestMove = (canvas, isFramed = window !== window.parent) =>
  "onpointerrawupdate" in canvas && !isFramed ? "pointerrawupdate" : "pointermove"

function paint(context, image) {
  const pixels = context.createImageData(SIZE, SIZE)
  for (let i = 0; i < image.length; i++) {
    const grey = Math.round(255 * image[i])
    pixels.data.set([grey, grey, grey, 255], 4 * i)
  }
  context.putImageData(pixels, 0, 0)
}

function surface() {
  const canvas = element("canvas", {width: SIZE, height: SIZE})
  canvas.dataset.testid = "pad"
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", text("pad.name"))
  return canvas
}

class Pad {
  constructor(model, el) {
    Object.assign(this, {model, el})
    this.store = `${STORE} ${nameOfPage(pageOf(el))}`
    this.canvas = surface()
    this.context = this.canvas.getContext("2d")
    this.box = oncePerFrame(() => this.canvas.getBoundingClientRect())
    this.hint = element("p", {textContent: text("pad.hint")})
    this.mark = element("i", {hidden: true})
    for (const each of [this.hint, this.mark]) each.setAttribute("aria-hidden", "true")
    this.connect()
    this.drawer = null       // who draws the stroke that goes on: "pointer" or "hand"
    this.open = null         // the stroke that goes on
    this.isSettled = true    // whether the last stroke is answered
    this.chosen = {}         // the pen as its controls show it, which the server may not know yet
    this.take(JSON.parse(model.drawing))
  }

  // Ink and the pointer's place go to the server, and what pointers do is drawn.
  connect() {
    this.sender = new Sender(
      message => this.model.send_msg(message, () => this.hear()), nextFrame)
    // The pixel under the pointer and the neuron that receives it: asked for one at a time.
    this.pointed = new Latest(
      place => this.model.send_msg({type: "point", place}, () => this.pointed.answered()))
    this.pointers = new Pointers({
      begin: (point, erases) => this.start("pointer", {points: [point], erases}),
      extend: points => this.extend("pointer", points),
      end: () => this.finish("pointer"),
    })
  }

  // A drawing, and on top of it what the server does not know of yet, unless nobody may draw now.
  take(drawing) {
    const unheard = this.model.locked ? [] : this.sender.unheard
    this.inviting = this.model.inviting && unheard.length === 0
    this.drawing = drawing
    this.open = drawParts(drawing, unheard)
    this.image = rasterize(drawing)
    this.repaint()
  }

  get width() { return this.chosen.pen_width ?? this.model.width }

  get erasing() { return this.chosen.erasing ?? this.model.erasing }

  invite() { this.hint.hidden = !this.inviting || this.model.locked }

  repaint() {
    this.invite()
    paint(this.context, this.image)
  }

  // The server has replaced the drawing.
  replace() {
    this.take(JSON.parse(this.model.drawing))
    this.remember()
  }

  // A blank pad is kept as well: whoever has cleared it is not invited again.
  remember() {
    if (!this.model.borrowing && !this.inviting) tab.keep(this.store, JSON.stringify(this.drawing))
  }

  showMark() {
    const {marked} = this.model
    this.mark.hidden = marked === null
    if (marked === null) return
    this.mark.style.left = `${marked % SIZE / SIZE * 100}%`
    this.mark.style.top = `${Math.floor(marked / SIZE) / SIZE * 100}%`
  }

  // A stroke begins; the first one replaces an invitation. A pointer takes over from the hand that
  // draws an example or by keys, which takes over from nobody.
  start(drawer, {points, width = this.width, erases = this.erasing}) {
    if (this.model.locked || this.drawer === "pointer" && drawer === "hand") return
    if (this.drawer !== null) this.finish(this.drawer)
    this.drawer = drawer
    this.isSettled = true
    tell(this.el, "pen-down")
    if (this.inviting) this.clear()
    this.pointed.say(null)
    this.open = drawParts(this.drawing, [{begins: true, points, width, erases}])
    draw(this.image, this.open)
    this.repaint()
    this.sender.begin({points, width, erases})
  }

  clear() {
    this.inviting = false
    this.drawing = {base: null, strokes: []}
    this.image = rasterize(this.drawing)
  }

  extend(drawer, points) {
    if (this.drawer !== drawer || this.open === null) return
    const since = this.open.points.length
    drawParts(this.drawing, [{begins: false, points}], this.open)
    draw(this.image, this.open, since)
    this.repaint()
    this.sender.extend(points)
  }

  finish(drawer) {
    if (this.drawer !== drawer) return
    this.drawer = null
    this.remember()
    this.isSettled = false
    this.settle()
  }

  // Ink was answered.
  hear() {
    this.sender.answered()
    queueMicrotask(() => this.settle())  // when what comes with the answer is there too
  }

  // What the network makes of a stroke is known when it has ended and all of it is answered.
  settle() {
    if (this.isSettled || this.sender.unheard.length > 0) return
    this.isSettled = true
    tell(this.el, "stroke-answered")
  }

  down(event) {
    if (event.button > 0 && event.button !== BACK_OF_PEN) return
    this.canvas.setPointerCapture(event.pointerId)
    const erases = this.erasing || event.button === BACK_OF_PEN
    const pointer = {id: event.pointerId, type: event.pointerType, erases}
    this.pointers.down(pointer, place(event, this.box()))
  }

  hover(event) {
    if (this.drawer === null && event.pointerType !== "touch")
      this.pointed.say(place(event, this.box()))
  }

  move(event) {
    const events = event.getCoalescedEvents?.() ?? []
    const places = (events.length ? events : [event]).map(each => place(each, this.box()))
    this.pointers.move(event.pointerId, places)
  }

  hearPointers() {
    const {canvas, pointers} = this
    canvas.addEventListener("pointerdown", event => this.down(event))
    canvas.addEventListener("pointermove", event => this.hover(event))
    canvas.addEventListener(earliestMove(canvas), event => this.move(event))
    canvas.addEventListener("pointerup", event => pointers.up(event.pointerId))
    for (const name of ["pointercancel", "lostpointercapture"])
      canvas.addEventListener(name, event => pointers.cancel(event.pointerId))
    canvas.addEventListener("pointerleave", () => this.pointed.say(null))
    canvas.addEventListener("contextmenu", event => event.preventDefault())
  }

  save() { download("drawing.json", new Blob([JSON.stringify(this.drawing)])) }

  // The strokes go along, so that it can be opened again.
  savePicture() {
    const drawing = JSON.stringify(this.drawing)
    this.canvas.toBlob(async blob => {
      const picture = withText(new Uint8Array(await blob.arrayBuffer()), KEYWORD, drawing)
      download("drawing.png", new Blob([picture], {type: blob.type}))
    })
  }
}

export function render({model, el}) {
  const pad = new Pad(model, el)
  pad.hearPointers()
  model.on("marked", () => pad.showMark())
  model.on("revision", () => pad.replace())
  model.on("locked", () => pad.invite())
  listen(model, el, {
    "hand-begins": ({detail}) => pad.start("hand", detail),
    "hand-moves": ({detail}) => pad.extend("hand", detail),
    "hand-lifts": () => pad.finish("hand"),
    "send-ink": () => pad.sender.hurry(),
    "control-set": ({detail: {name, value}}) => { pad.chosen[name] = value },
    "save-drawing": () => pad.save(),
    "save-picture": () => pad.savePicture(),
  })
  model.send_msg({type: "hello", drawing: tab.recall(pad.store)})
  return element("div", {className: "surface"}, pad.canvas, pad.hint, pad.mark)
}
