// The way through the network by the arrow keys.

import {clip} from "../browser/numbers.js"
import {Turns} from "../browser/turns.js"

const within = (value, size) => clip(value, 0, size - 1)

// The numbers of the neurons of a layer that are shown; of most layers all are.
const shownOf = (layer, {sizes, numbers}) =>
  numbers[layer]?.length ? numbers[layer] : Array.from({length: sizes[layer]}, (_, number) => number)

const sideOf = ({sizes}) => Math.sqrt(sizes[0])

// The neuron that an arrow key leads to from another; layers side by side, neurons one below the
// other, and the pixels of the input in rows and columns. Where not all neurons of a layer are
// shown, `toHidden` leads to the next number, and otherwise the next that is shown.
export function neighbour([layer, number], key, network, toHidden = false) {
  const across = {ArrowLeft: -1, ArrowRight: 1}[key] ?? 0
  const along = {ArrowUp: -1, ArrowDown: 1}[key] ?? 0
  if (layer === 0) return fromPixel(number, across, along, network)
  if (network.maps?.[layer]) return fromMap([layer, number], across, along, network)
  const next = within(layer + across, network.sizes.length)
  if (next !== layer) return atHeight(heightOf(layer, number, network), next, network, across)
  if (toHidden) return [layer, within(number + along, network.sizes[layer])]
  const shown = shownOf(layer, network)
  return [layer, shown[within(placeIn(shown, number) + along, shown.length)]]
}

// Where a number stands among others, or would stand if it were there.
const placeIn = (shown, number) => Math.max(0, shown.findLastIndex(each => each <= number))

function heightOf(layer, number, network) {
  const maps = network.maps?.[layer]
  if (maps) return Math.floor(number / maps.side) / (maps.count * maps.side - 1)
  const shown = shownOf(layer, network)
  return placeIn(shown, number) / Math.max(1, shown.length - 1)
}

function fromPixel(number, across, along, network) {
  const side = sideOf(network)
  const [row, column] = [Math.floor(number / side), number % side + across]
  if (column === side) return atHeight(row / (side - 1), 1, network, 1)
  return [0, side * within(row + along, side) + within(column, side)]
}

// Feature maps have rows and columns, and the rows of one go on in the next.
function fromMap([layer, number], across, along, network) {
  const {side, count} = network.maps[layer]
  const [row, column] = [Math.floor(number / side), number % side + across]
  if (column >= 0 && column < side) return [layer, side * within(row + along, count * side) + column]
  const next = within(layer + across, network.sizes.length)
  return next === layer ? [layer, number] : atHeight(heightOf(layer, number, network), next, network, across)
}

// The neuron of a layer at a height (0 is its first, 1 its last), or of those that stand in rows the
// one nearest to where one comes from: -1 from the right, 1 from the left.
function atHeight(height, layer, network, across) {
  const side = sideOf(network)
  if (layer === 0) return [0, side * Math.round((side - 1) * height) + side - 1]
  const maps = network.maps?.[layer]
  if (maps) {
    const row = Math.round(height * (maps.count * maps.side - 1))
    return [layer, maps.side * row + (across < 0 ? maps.side - 1 : 0)]
  }
  const shown = shownOf(layer, network)
  return [layer, shown[Math.round(height * (shown.length - 1))]]
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
    const {model, here} = this
    this.go(here === null ? atHeight(0, 1, model, 1) : neighbour(here, event.key, model, event.shiftKey))
  }

  go(next) {
    if (String(next) === String(this.here)) return
    this.here = next
    this.turns.send({type: "select", neuron: next})
  }
}
