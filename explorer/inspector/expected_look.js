// How circles and edges have to look, by the numbers that the server has stored. The formulas of
// explorer/diagram/ are written down a second time: an audit must not ask a picture about itself.

// The brightness of all circles, layer by layer, the input first. `counts` is how many of each layer
// are shown; activations and weights are theirs.
export function expectedCircles({counts, activations, full}) {
  const scales = counts.flatMap((count, layer) => Array(count).fill(full[layer]))
  return scales.map((scale, i) => Math.min(1, Math.abs(activations[i]) / scale))
}

// All edges in the order of the network, by layer, target and source: what each shows (its weight,
// or with `signal` the weight times the activation it starts from), the size of that as a share of
// full strength, opacity and width. Edges of the layers that are `shared` are fainter. Of each layer
// the strongest are drawn, as many as `most` says: how many these are in all, and for each edge the
// size of a weight from which on it has to be drawn.
export function expectedEdges({counts, weights, activations, largest, full, least, signal, most, shared = []}) {
  const edges = {weight: weights, carried: [], share: [], alpha: [], width: [], reach: [], drawn: 0}
  let neuron = 0
  for (let layer = 1; layer < counts.length; layer++) {
    const [sources, start] = [counts[layer - 1], edges.carried.length]
    const own = weights.slice(start, start + sources * counts[layer])
    const strongest = largest[layer - 1] * (signal ? full[layer - 1] : 1)
    const factors = activations.slice(neuron, neuron + sources).map(a => signal ? a : 1)
    const drawn = most[layer - 1]
    const look = {strongest, count: drawn, least, opacity: shared[layer - 1] ? 0.2 : 1}
    own.forEach((weight, i) => add(edges, weight * factors[i % sources], look))
    const reach = weakestOf(own, drawn)
    own.forEach(() => edges.reach.push(reach))
    edges.drawn += drawn
    neuron += sources
  }
  return edges
}

// The size of the weakest of so many of the strongest weights.
function weakestOf(weights, count) {
  if (count === weights.length) return 0
  return Float32Array.from(weights, Math.abs).sort()[weights.length - count]
}

// One more edge, of a layer with so many.
function add({carried, share, alpha, width}, value, {strongest, count, least, opacity}) {
  const size = Math.abs(value) / (strongest || 1)
  const strength = Math.min(size, 1)
  const spread = Math.min(1, 256 / count) ** 0.25
  carried.push(value)
  share.push(size)
  const faintest = Math.min(1, strength * 10) * (0.36 - 0.22 * spread)
  alpha.push(strength < least ? 0 : opacity * (faintest + 0.45 * strength ** 1.5))
  width.push(0.7 + 1.8 * spread * strength)
}
