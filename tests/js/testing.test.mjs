import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {cellAt, cellName, neighbour, textSize} = await load("diagram/confusion_matrix.js")
const {caption, heading} = await load("testing/gallery.js")
const {rows, sentence, share, subject} = await load("testing/panel.js")

const {percent} = await load("browser/texts.js")
const {isInside, numbersOf, caption: mapCaption} = await load("testing/activation_map.js")
const {places} = await load("testing/robustness.js")
const {rejected, row, sentence: calibrated} = await load("testing/calibration.js")

const counts = [...Array(10).keys()].map(digit => Array(10).fill(0).with(digit, 90).with((digit + 1) % 10, 10))
counts[7] = Array(10).fill(0)

test("a place of the figure is a cell, and its edges are none", () => {
  assert.deepEqual(cellAt(1.5 / 11, 1.5 / 11), [0, 0])
  assert.deepEqual(cellAt(10.9 / 11, 4.2 / 11), [3, 9])
  for (const place of [[0.5 / 11, 0.5], [0.5, 0.5 / 11], [1, 0.5], [0.5, 1.2]])
    assert.equal(cellAt(...place), null)
})

test("arrows lead from cell to cell, and not out of the matrix", () => {
  assert.deepEqual(neighbour([4, 9], "ArrowUp"), [3, 9])
  assert.deepEqual(neighbour([4, 9], "ArrowRight"), [4, 9])
  assert.deepEqual(neighbour([4, 9], "ArrowLeft"), [4, 8])
  assert.deepEqual(neighbour([9, 0], "ArrowDown"), [9, 0])
})

test("a cell says what it counts, and its share of the digit", () => {
  assert.equal(cellName(counts, [3, 4]), "True 3, read as 4: 10 of 100, 10.0 %")
  assert.equal(cellName(counts, [7, 1]), "True 7, read as 1: there is no 7.")
})

test("numbers stay legible and fit their cells", () => {
  assert.equal(textSize(10), 9)
  assert.equal(textSize(50), 19)
  assert.equal(textSize(100), 22)
})

test("a gallery says what its images have in common", () => {
  assert.equal(heading({kind: "cell", network: 0, true: 4, predicted: 9, count: 1}), "1 image of 4, read as 9")
  assert.equal(heading({kind: "cell", network: 0, true: 4, predicted: 4, count: 1200}),
    "1,200 images of 4, read correctly")
  assert.equal(heading({kind: "one", network: 0, count: 2}), "2 images that only the first network reads correctly")
  assert.equal(heading({kind: "one", network: 1, count: 2}), "2 images that only the second network reads correctly")
  assert.equal(heading({kind: "region", count: 12}), "12 images in this region")
  assert.equal(caption({read: [9, 4], output: [0.871, 0.99]}), "9 0.87 · 4 0.99")
})

const network = (title, recall) => ({title, accuracy: 0.9712, right: 9712,
  recall: Array(10).fill(recall), precision: [null, ...Array(9).fill(0.5)]})

test("accuracy is a sentence that says on what, and how it was seen", () => {
  const content = {source: "mnist", count: 10000, centred: true}
  assert.equal(sentence(content, network("A", 1)),
    "97.1 % of 10,000 MNIST test images read correctly, normalised; 288 misread")
  assert.equal(sentence({...content, source: "synthetic", centred: false}, network("A", 1)),
    "97.1 % of 10,000 synthetic digits read correctly, not normalised; 288 misread")
})

test("of two networks, what they read is said once", () => {
  assert.equal(subject({source: "own", count: 1, centred: true}), "1 drawing of yours, normalised:")
  assert.equal(subject({source: "mnist", count: 10000, centred: false}), "10,000 MNIST test images, not normalised:")
  assert.equal(share({count: 10000}, network("A", 1)), "97.1 % read correctly, 288 misread")
})

test("by digit there are recall and precision of one network, and the recall of two", () => {
  assert.deepEqual(rows({networks: [network("A", 0.9)]}).slice(0, 2), [["90.0 %", "–"], ["90.0 %", "50.0 %"]])
  assert.deepEqual(rows({networks: [network("A", 0.9), network("B", 0.8)]})[0], ["90.0 %", "80.0 %"])
  assert.equal(percent(null), "–")
})

test("a place is inside a line that was drawn around it, also where the line bends inwards", () => {
  const bent = [[0, 0], [1, 0], [1, 1], [0.5, 0.2], [0, 1]]
  for (const place of [[0.5, 0.1], [0.1, 0.7], [0.9, 0.7]]) assert.ok(isInside(place, bent))
  for (const place of [[0.5, 0.7], [-0.1, 0.5], [1.1, 0.1], [0.5, 1.2]]) assert.ok(!isInside(place, bent))
  assert.deepEqual(numbersOf({x: [0.5, 0.5, 0.9], y: [0.1, 0.7, 0.7]}, place => isInside(place, bent)), [0, 2])
  assert.equal(mapCaption({shown: 1000, count: 10000, share: 0.475}),
    "1,000 of 10,000 images; these two directions (the principal components) explain 48 % of the variance.")
})

test("where the drawing is on the curves is said in the unit of each", () => {
  assert.deepEqual(places({shift: [2.04, 0.9], size: [0.5, 0.5], rotation: [-12.4, 1], stroke: [-0.5, 0.25], noise: [0, 0.97]}), [
    "2.0 px from the centre: 90 %", "0.50 × the original size: 50 %", "turned by −12°: 100 %",
    "strokes wider by −0.5 px: 25 %", "noise of 0.00: 97 %"])
})

test("calibration is said of the largest bin, and rejection apart for what is right and wrong", () => {
  const bins = [{low: 0.2, high: 0.3, count: 9, accuracy: 0.5}, {low: 0.9, high: 1, count: 8910, accuracy: 0.987}]
  assert.equal(calibrated({bins, error: 0.0123}),
    "When its largest output is 0.9–1.0, it is right 98.7 % of the time. On average, confidence and accuracy differ by 1.2 percentage points (expected calibration error).")
  assert.deepEqual(row(bins[1]), ["0.9–1.0", "98.7 %", "8,910"])
  assert.match(rejected({threshold: 0.5, count: 10000, falsely: 120, rightly: 80}),
    /^Threshold 0.50: 2.0 % are rejected, 120 falsely .* and 80 rightly/)
})
