// What is drawn against what has to be drawn.

import {NEGATIVE, POSITIVE} from "../browser/palette.js"

// How far opacities, widths and places may be off: no screen shows as small a difference.
const TOLERANCE = 1e-4

// How far two strengths must be apart to be different: 32-bit numbers are that coarse.
const TIE = 1e-6

const rgba = colour => (parseInt(colour.slice(1), 16) * 256 + 255) >>> 0
const [RED, BLUE] = [rgba(NEGATIVE), rgba(POSITIVE)]

const near = (one, other) => Math.abs(one - other) <= TOLERANCE

// The largest difference between two lists of numbers; without end where one is missing.
export function largestDifference(drawn, expected) {
  if (drawn.length !== expected.length) return Infinity
  let largest = 0
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(drawn[i] - expected[i])
    largest = Number.isNaN(apart) ? Infinity : Math.max(largest, apart)
  }
  return largest
}

// Where each layer begins: in a list of all circles, and its incoming edges in one of all edges.
function starts(counts) {
  const [circles, edges] = [[0], [0, 0]]
  for (let layer = 1; layer < counts.length; layer++) {
    circles.push(circles.at(-1) + counts[layer - 1])
    edges.push(edges.at(-1) + counts[layer - 1] * counts[layer])
  }
  return {circles, edges}
}

// Where a neuron stands among those of its layer that are shown, by their numbers; none are listed
// where all are. Undefined for one that stands nowhere.
function placesIn({counts, numbers}) {
  const listed = numbers.map(each => new Map(each.map((number, place) => [number, place])))
  return (layer, number) => {
    if (numbers[layer]?.length) return listed[layer].get(number)
    return number < counts[layer] ? number : undefined
  }
}

// The number of a row that is no edge of the network, or one that was there before.
const NONE = -1

// Which edge of those that are shown each row is.
function identified({layer, source, target}, counts, placeOf) {
  const {edges} = starts(counts)
  const seen = new Uint8Array(edges.at(-1))
  return Int32Array.from(layer, (at, row) => {
    const [from, to] = [placeOf(at - 1, source[row]), placeOf(at, target[row])]
    const edge = edges[at] + to * counts[at - 1] + from
    if (from === undefined || to === undefined || seen[edge]) return NONE
    seen[edge] = 1
    return edge
  })
}

// How many edges are missing: of all that are to be drawn, or stronger ones in whose place weaker
// ones are.
function missing(edges, {weight, reach, drawn}) {
  const known = edges.filter(edge => edge !== NONE)
  const tooWeak = known.filter(edge => Math.abs(weight[edge]) < reach[edge])
  return Math.max(drawn - known.length, tooWeak.length)
}

// How the drawn edges differ from the expected, given the circles that are drawn: by how much a
// weight at most, and how many edges are wrong in each of their properties.
export function compareEdges(drawn, expected, circles, {counts, numbers, least}) {
  const placeOf = placesIn({counts, numbers})
  const edges = identified(drawn, counts, placeOf)
  const first = starts(counts).circles
  const known = [...edges.keys()].filter(row => edges[row] !== NONE)
  const count = isRight => known.filter(row => !isRight(row, edges[row])).length

  const hasOpacity = (row, edge) =>
    near(drawn.alpha[row], expected.alpha[edge]) || Math.abs(expected.share[edge] - least) < TIE
  const hasWidth = (row, edge) => near(drawn.width[row], expected.width[edge])
  const hasColour = (row, edge) =>
    expected.alpha[edge] === 0 || drawn.colour[row] === (expected.carried[edge] > 0 ? BLUE : RED)
  const isLeftOut = (row, edge) =>
    Number.isNaN(drawn.x0[row]) &&
    (expected.alpha[edge] === 0 || Math.abs(expected.share[edge] - least) < TIE)
  const isPlaced = row => {
    const from = first[drawn.layer[row] - 1] + placeOf(drawn.layer[row] - 1, drawn.source[row])
    const to = first[drawn.layer[row]] + placeOf(drawn.layer[row], drawn.target[row])
    return near(drawn.x0[row], circles.x[from]) && near(drawn.y0[row], circles.y[from]) &&
      near(drawn.x1[row], circles.x[to]) && near(drawn.y1[row], circles.y[to])
  }
  const isOnTop = (row, edge) => {
    const below = edges[row - 1] ?? NONE
    return below === NONE || drawn.layer[row - 1] !== drawn.layer[row] ||
      expected.share[edge] >= expected.share[below] - TIE
  }

  return {
    difference: largestDifference(
      known.map(row => drawn.weight[row]), known.map(row => expected.weight[edges[row]])),
    wrong: {
      missing: missing(edges, expected),
      opacity: count(hasOpacity),
      width: count(hasWidth),
      colour: count(hasColour),
      place: edges.length - known.length + count((...row) => isLeftOut(...row) || isPlaced(...row)),
      order: count(isOnTop),
    },
  }
}
