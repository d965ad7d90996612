import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"
import {neurons} from "./tiny_network.mjs"

const {Pointing, neuronAt, pixelAt} = await load("diagram/pointing.js")

test("the pointer finds the circle it is on, and the background is none", () => {
  assert.deepEqual(neuronAt(10.5, 2, neurons), [1, 1])
  assert.equal(neuronAt(15, 2, neurons), null)
})

// The pixels of an image of this side, two units apart.
function latticeOf(side) {
  const places = Array.from({length: side * side}, (_, i) => [100 + 2 * (i % side), 60 - 2 * Math.floor(i / side)])
  return {x: places.map(([x]) => x), y: places.map(([, y]) => y)}
}

test("a lattice of any side has its last pixel at its lower right, and none beyond", () => {
  for (const side of [8, 16, 64]) {
    const last = 2 * (side - 1)
    assert.equal(pixelAt(100 + last, 60 - last, latticeOf(side)), side * side - 1)
    assert.equal(pixelAt(102 + last, 60, latticeOf(side)), null)
  }
})

test("a place on the lattice is the pixel whose square it lies in", () => {
  const lattice = latticeOf(28)
  assert.equal(pixelAt(100, 60, lattice), 0)
  assert.equal(pixelAt(100.9, 59.1, lattice), 0)
  assert.equal(pixelAt(101.1, 60, lattice), 1)
  assert.equal(pixelAt(100, 58.9, lattice), 28)
  assert.equal(pixelAt(154.9, 5.1, lattice), 783)
  for (const [x, y] of [[98.9, 60], [155.1, 60], [100, 61.1], [100, 4.9]])
    assert.equal(pixelAt(x, y, lattice), null)
})

test("what lies under the pointer is told once, and again when the pointer leaves it", () => {
  const [chosen, pixels] = [[], []]
  const pointing = new Pointing({
    inputs: {data: {x: [0, 1, 0, 1], y: [5, 5, 4, 4]}}, neurons: {data: neurons},
    onNeuron: neuron => chosen.push(neuron), onPixel: pixel => pixels.push(pixel),
  })
  for (const [x, y] of [[10, 8], [10.5, 8], [10, 2], [15, 2]]) pointing.move(x, y)
  assert.deepEqual(chosen, [[1, 0], [1, 1], null])
  pixels.length = 0
  for (const [x, y] of [[1, 5], [1.1, 5], [0, 4]]) pointing.move(x, y)
  pointing.leave()
  pointing.leave()
  assert.deepEqual([chosen.length, pixels], [3, [1, 2, null]])
})
