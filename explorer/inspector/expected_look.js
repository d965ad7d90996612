// How circles and edges have to look, by the numbers that the server has stored. The formulas of
// explorer/diagram/ are written down a second time: an audit must not ask a picture about itself.

// The brightness of all circles, layer by layer, the input first.
export function expectedCircles({sizes, activations, full}) {
  const scales = sizes.flatMap((size, layer) => Array(size).fill(full[layer]))
  return scales.map((scale, i) => Math.min(1, Math.abs(activations[i]) / scale))
}

// All edges in the order of the network, by layer, target and source: what each shows (its weight,
// or with `signal` the weight times the activation it starts from), the size of that as a share of
// full strength, opacity and width.
export function expectedEdges({sizes, weights, activations, largest, full, least, signal}) {
  const edges = {weight: weights, carried: [], share: [], alpha: [], width: []}
  let neuron = 0
  for (let layer = 1; layer < sizes.length; layer++) {
    const [sources, start] = [sizes[layer - 1], edges.carried.length]
    const own = weights.slice(start, start + sources * sizes[layer])
    const strongest = largest[layer - 1] * (signal ? full[layer - 1] : 1)
    const factors = activations.slice(neuron, neuron + sources).map(a => signal ? a : 1)
    own.forEach((weight, i) => add(edges, weight * factors[i % sources], strongest, own.length, least))
    neuron += sources
  }
  return edges
}

// One more edge, of a layer with so many.
function add({carried, share, alpha, width}, value, strongest, count, least) {
  const size = Math.abs(value) / (strongest || 1)
  const strength = Math.min(size, 1)
  const spread = Math.min(1, 256 / count) ** 0.25
  carried.push(value)
  share.push(size)
  const faintest = Math.min(1, strength * 10) * (0.36 - 0.22 * spread)
  alpha.push(strength < least ? 0 : faintest + 0.45 * strength ** 1.5)
  width.push(0.7 + 1.8 * spread * strength)
}
