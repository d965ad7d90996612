// What lies under the pointer: a neuron's circle, a pixel of the input.

// The neuron nearest to a point of the picture, if the point is on it: [layer, number].
export function neuronAt(x, y, neurons) {
  for (let row = 0; row < neurons.x.length; row++)
    if (Math.hypot(neurons.x[row] - x, neurons.y[row] - y) <= 1.25 * neurons.radius[row])
      return [neurons.layer[row], neurons.index[row]]
  return null
}

// The input pixel at a point of the picture, or null outside the lattice.
export function pixelAt(x, y, inputs) {
  const side = Math.sqrt(inputs.x.length)
  const pitch = inputs.x[1] - inputs.x[0]
  const column = Math.floor((x - inputs.x[0]) / pitch + 0.5)
  const row = Math.floor((inputs.y[0] - y) / pitch + 0.5)
  const inside = column >= 0 && column < side && row >= 0 && row < side
  return inside ? side * row + column : null
}

// Where the pointer is, told when that is something else than before.
export class Pointing {
  // `onNeuron` is told [layer, number], `onPixel` the number of a pixel, both null for none.
  constructor({inputs, neurons, onNeuron, onPixel}) {
    Object.assign(this, {inputs, neurons, onNeuron, onPixel, neuron: null, pixel: null})
  }

  // To a point of the picture, in its own units.
  move(x, y) { this.find(neuronAt(x, y, this.neurons.data), pixelAt(x, y, this.inputs.data)) }

  leave() { this.find(null, null) }

  find(neuron, pixel) {
    if (String(neuron) !== String(this.neuron)) this.onNeuron(this.neuron = neuron)
    if (pixel !== this.pixel) this.onPixel(this.pixel = pixel)
  }
}
