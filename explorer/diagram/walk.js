// The way through the network by the arrow keys.

import {clip} from "../browser/numbers.js"
import {Turns} from "../browser/turns.js"

const SIDE = 28

const within = (value, size) => clip(value, 0, size - 1)

// The neuron that an arrow key leads to from another; layers side by side, neurons one below the
// other, and the pixels of the input in rows and columns.
export function neighbour([layer, number], key, sizes) {
  const across = {ArrowLeft: -1, ArrowRight: 1}[key] ?? 0
  const along = {ArrowUp: -1, ArrowDown: 1}[key] ?? 0
  if (layer === 0) return fromPixel(number, across, along, sizes)
  const next = within(layer + across, sizes.length)
  if (next === layer) return [layer, within(number + along, sizes[layer])]
  return atHeight(number / Math.max(1, sizes[layer] - 1), next, sizes)
}

function fromPixel(number, across, along, sizes) {
  const [row, column] = [Math.floor(number / SIDE), number % SIDE + across]
  if (column === SIDE) return atHeight(row / (SIDE - 1), 1, sizes)
  return [0, SIDE * within(row + along, SIDE) + within(column, SIDE)]
}

// The neuron of a layer at a height (0 is its first, 1 its last), or the last pixel of a row.
function atHeight(height, layer, sizes) {
  if (layer === 0) return [0, SIDE * Math.round((SIDE - 1) * height) + SIDE - 1]
  return [layer, Math.round(height * (sizes[layer] - 1))]
}

// Keys may come faster than the server answers: the walk goes on from where it got to here.
export class Walk {
  constructor(model) {
    this.model = model
    this.here = model.chosen
    this.turns = new Turns(model, () => this.follow())
  }

  // Stand where the server says, once it has heard of every step.
  follow() { if (this.turns.heard()) this.here = this.model.chosen }

  press(event) {
    if (!event.key.startsWith("Arrow")) return
    event.preventDefault()
    this.go(this.here === null ? [1, 0] : neighbour(this.here, event.key, this.model.sizes))
  }

  go(next) {
    if (String(next) === String(this.here)) return
    this.here = next
    this.turns.send({type: "select", neuron: next})
  }
}
