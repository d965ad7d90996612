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
function starts(sizes) {
  const [circles, edges] = [[0], [0, 0]]
  for (let layer = 1; layer < sizes.length; layer++) {
    circles.push(circles.at(-1) + sizes[layer - 1])
    edges.push(edges.at(-1) + sizes[layer - 1] * sizes[layer])
  }
  return {circles, edges}
}

// The number of a row that is no edge of the network, or one that was there before.
const NONE = -1

// Which edge of the network each row is.
function identified({layer, source, target}, sizes) {
  const {edges} = starts(sizes)
  const seen = new Uint8Array(edges.at(-1))
  return Int32Array.from(layer, (at, row) => {
    const exists = source[row] < sizes[at - 1] && target[row] < sizes[at]
    const edge = edges[at] + target[row] * sizes[at - 1] + source[row]
    if (!exists || seen[edge]) return NONE
    seen[edge] = 1
    return edge
  })
}

// How the drawn edges differ from the expected, given the circles that are drawn: by how much a
// weight at most, and how many edges are wrong in each of their properties.
export function compareEdges(drawn, expected, circles, {sizes, least}) {
  const edges = identified(drawn, sizes)
  const first = starts(sizes).circles
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
    const from = first[drawn.layer[row] - 1] + drawn.source[row]
    const to = first[drawn.layer[row]] + drawn.target[row]
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
      missing: expected.share.length - known.length,
      opacity: count(hasOpacity),
      width: count(hasWidth),
      colour: count(hasColour),
      place: edges.length - known.length + count((...row) => isLeftOut(...row) || isPlaced(...row)),
      order: count(isOnTop),
    },
  }
}
