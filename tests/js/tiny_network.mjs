// A network of two inputs, two hidden neurons and one output, as the picture's tables have it.
import {load} from "./modules.mjs"

const {edgeColumns} = await load("diagram/edges.js")

export const columns = edgeColumns([2, 2, 1], Float32Array.of(0.5, -2, 1, 0.25, -3, 4))
export const inputs = {x: [0, 1], y: [5, 5], activation: [1, 0.5]}
export const neurons = {
  x: [10, 10, 20], y: [8, 2, 5], radius: [1, 1, 1], layer: [1, 1, 2], index: [0, 1, 0],
  activation: [0.2, 0.8, 1],
}
