// A map of images. A line that is drawn around some of them with pointer or finger, or a circle that
// the arrow keys move, opens those inside.

import {element, shape, write} from "../browser/dom.js"
import {clip} from "../browser/numbers.js"
import {number, text} from "../browser/texts.js"
import {keepQuiet} from "../diagram/painting.js"
import {Fold} from "../browser/fold.js"

const RADIUS = 0.08
const STEP = 0.04
const STEPS = {ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP]}
const SMALLEST = 3  // corners of a region

// Whether a place is inside a polygon: a ray to the right crosses its edges an odd number of times.
export function isInside([x, y], corners) {
  let inside = false
  corners.forEach(([toX, toY], i) => {
    const [fromX, fromY] = corners.at(i - 1)
    const crosses = fromY > y !== toY > y
    if (crosses && x < fromX + (y - fromY) / (toY - fromY) * (toX - fromX)) inside = !inside
  })
  return inside
}

// The numbers of the places that are wanted.
export const numbersOf = ({x, y}, isWanted) =>
  Array.from(x, (_, i) => i).filter(i => isWanted([x[i], y[i]]))

// How many are on the map, and how much of the differences it shows.
export const caption = ({shown, count, share}) => text("map.caption", {
  shown: number(shown), count, percent: number(100 * share, 0),
})

class ActivationMap {
  constructor(model) {
    this.model = model
    this.here = [0.5, 0.5]
    this.corners = null  // of the line that is being drawn
    this.line = shape("polygon", {points: ""})
    this.circle = shape("circle", {r: RADIUS, cx: 0.5, cy: 0.5})
    const marks = shape("svg", {viewBox: "0 0 1 1", "aria-hidden": "true"})
    marks.append(this.line, this.circle)
    this.figure = element("div", {className: "map", tabIndex: 0}, model.get_child("picture"), marks)
    this.figure.setAttribute("role", "application")
    this.figure.setAttribute("aria-label", text("map.name"))
    this.caption = element("p", {className: "note"})
    this.what = element("p", {className: "note"})
    this.box = element("div", {}, this.what, this.figure, this.caption, model.get_child("gallery"))
  }

  // A network without hidden layers has its images by its outputs.
  showLayer() {
    const {has_hidden} = this.model
    write(this.what, has_hidden ? text("map.what") : text("map.what_outputs"))
    write(this.fold.querySelector("summary"), has_hidden ? text("map.title") : text("map.title_outputs"))
  }

  show() {
    const {content} = this.model
    this.figure.hidden = content.shown === undefined
    write(this.caption, this.figure.hidden ? text("map.few") : caption(content))
  }

  open(isWanted) {
    this.model.send_msg({type: "region", numbers: numbersOf(this.model.points.data, isWanted)})
  }

  // Where a pointer is, from 0 to 1, y up.
  place({clientX, clientY}) {
    const {left, bottom, width, height} = this.figure.getBoundingClientRect()
    return [clip((clientX - left) / width, 0, 1), clip((bottom - clientY) / height, 0, 1)]
  }

  drawLine(corners) {
    this.corners = corners
    this.line.setAttribute("points", (corners ?? []).map(([x, y]) => `${x},${1 - y}`).join(" "))
  }

  hearPointer() {
    const {figure} = this
    figure.addEventListener("pointerdown", event => {
      figure.setPointerCapture(event.pointerId)
      this.drawLine([this.place(event)])
    })
    figure.addEventListener("pointermove", event => {
      if (this.corners) this.drawLine([...this.corners, this.place(event)])
    })
    figure.addEventListener("pointerup", () => this.close())
    figure.addEventListener("pointercancel", () => this.drawLine(null))
  }

  close() {
    const {corners} = this
    this.corners = null
    if (corners?.length >= SMALLEST) this.open(place => isInside(place, corners))
    else this.drawLine(null)
  }

  hearKeys() {
    this.figure.addEventListener("keydown", event => {
      const {key} = event
      if (key in STEPS) this.move(STEPS[key])
      else if (key === "Enter" || key === " ")
        this.open(([x, y]) => Math.hypot(x - this.here[0], y - this.here[1]) < RADIUS)
      else return
      event.preventDefault()
    })
  }

  move(by) {
    this.here = this.here.map((at, i) => clip(at + by[i], 0, 1))
    this.circle.setAttribute("cx", this.here[0])
    this.circle.setAttribute("cy", 1 - this.here[1])
  }
}

export function render({model}) {
  const map = new ActivationMap(model)
  map.hearPointer()
  map.hearKeys()
  keepQuiet(map.figure)
  model.on("content", () => map.show())
  map.fold = new Fold(model, "", map.box).details
  model.on("has_hidden", () => map.showLayer())
  map.showLayer()
  map.show()
  return map.fold
}
