// What people call a neuron, as explorer/texts/names.py has it.

import {text} from "./texts.js"

const SIDE = 28

// The name of neuron [layer, index] (both from 0), in a network of so many layers.
export function neuronName([layer, index], layers) {
  if (layer === 0) return pixelName(index)
  if (layer === layers - 1) return text("name.output", {digit: index})
  return text("name.hidden", {layer, number: index + 1})
}

export const pixelName = index =>
  text("name.pixel", {row: Math.floor(index / SIDE) + 1, column: index % SIDE + 1})
