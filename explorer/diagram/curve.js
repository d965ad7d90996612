// An activation function as a curve, with a dot where a neuron stands on it.

import {shape} from "../browser/dom.js"
import {clip} from "../browser/numbers.js"

const [WIDTH, HEIGHT] = [200, 72]
const [TOP, BOTTOM] = [6, 66]

export class Curve {
  constructor() {
    this.svg = shape("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img"})
    this.dot = shape("circle", {r: 5, class: "dot"})
    this.points = []
  }

  // Draw the function through these points, [[z, a], …], from the lowest z to the highest.
  draw(points, label) {
    this.points = points
    this.svg.setAttribute("aria-label", label)
    if (points.length === 0) return
    const path = points.map(([z, a]) => `${this.x(z)},${this.y(a)}`).join(" ")
    this.svg.replaceChildren(
      shape("line", {x1: 0, x2: WIDTH, y1: this.y(0), y2: this.y(0), class: "axis"}),
      shape("line", {x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT, class: "axis"}),
      shape("polyline", {points: path, class: "curve"}), this.dot)
  }

  put(z, a) {
    if (this.points.length === 0) return
    this.dot.setAttribute("cx", this.x(z))
    this.dot.setAttribute("cy", this.y(a))
  }

  x(z) { return WIDTH / 2 * (1 + clip(z / this.points.at(-1)[0], -1, 1)) }

  // The scale holds all of the curve, and at least 0 to 1.
  y(a) {
    const values = this.points.map(point => point[1])
    const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)]
    return BOTTOM - (BOTTOM - TOP) * (a - low) / (high - low)
  }
}
