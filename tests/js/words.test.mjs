import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {comparison, doubt, rivals, sentence, softmaxOfLargest} = await load("diagram/answer_words.js")
const {formula} = await load("inspector/inspector.js")
const {signed, steps} = await load("inspector/waterfall.js")
const {account} = await load("inspector/contrast.js")
const {pause, saying} = await load("page/notice.js")
const {movements, moved} = await load("drawing/hand.js")
const {areSame, firstLayer} = await load("inspector/first_layer.js")

const DIGITS = {labels: [..."0123456789"], digits: true}
const LETTERS = {labels: [..."QRS"], digits: false}
const half = {threshold: 0.5, bySoftmax: false}

test("the answer is a sentence, and says when it is not sure", () => {
  const said = (answer, others = []) => sentence(answer, others, DIGITS)
  assert.equal(said({digit: null, sure: false}), "Draw a digit")
  assert.equal(said({digit: 7, sure: true}), "It's a 7")
  assert.equal(said({digit: 4, sure: true}, [9, 7]), "A 4 or a 9")
  assert.equal(said({digit: 7, sure: false}), "Doesn't look like a digit")
})

test("the answer of a network that reads anything else is what its output stands for", () => {
  const said = (answer, others = []) => sentence(answer, others, LETTERS)
  assert.equal(said({digit: null, sure: false}), "Draw something")
  assert.equal(said({digit: 0, sure: true}), "It's “Q”")
  assert.equal(said({digit: 0, sure: true}, [2]), "“Q” or “S”")
  assert.equal(said({digit: 0, sure: false}), "Unsure")
})

test("one line says what an output has to reach, and that it may be no digit if none does", () => {
  const said = answer => doubt(answer, {threshold: 0.3016}, [], DIGITS)
  assert.equal(said({digit: 7, sure: true}), "Threshold 0.30")
  assert.equal(said({digit: null, sure: false}), "Threshold 0.30")
  assert.equal(said({digit: 7, sure: false}), "Closest: 7, below threshold 0.30")
})

test("of outputs without a bound it is the softmax that counts", () => {
  const rule = {threshold: 0.5, bySoftmax: true}
  assert.ok(Math.abs(softmaxOfLargest([0, Math.log(2), 0]) - 0.5) < 1e-12)
  assert.equal(doubt({digit: 1, sure: false}, rule, [3, 3, 3], LETTERS), "Closest: R, softmax 0.33, below 0.50")
  assert.equal(doubt({digit: 1, sure: true}, rule, [0, 9, 0], LETTERS), "Threshold 0.50 of the softmax")
  assert.deepEqual(rivals([5, 9, 8], {digit: 1}, rule), [])
})

test("a rival is another digit whose output counts as well, the strongest first", () => {
  assert.deepEqual(rivals([0, 0.5, 0.9, 0.7, 0.49], {digit: 2}, half), [3, 1])
  assert.deepEqual(rivals([0, 0.1, 0.9], {digit: 2}, half), [])
})

test("both answers of the lens stand side by side", () => {
  const [two, seven] = [{digit: 2, sure: false}, {digit: 7, sure: true}]
  assert.equal(comparison({drawn: two, centred: seven}, DIGITS), "Without centring 2? · with 7")
  assert.equal(comparison({drawn: {digit: 1, sure: true}, centred: two}, LETTERS), "Without centring R · with S?")
})

test("the waterfall ends at z", () => {
  const rows = steps({terms: [["1:2", 2, 0.5, 1, 1]], rest: [15, -3], sum: -2, bias: 0.5, z: -1.5})
  assert.deepEqual(rows.map(row => row.to), [1, -2, -2, -1.5, -1.5])
  assert.equal(rows[1].label, "15 others")
})

test("small numbers keep their size and every number its sign", () => {
  assert.equal(signed(-1.2347), "−1.235")
  assert.equal(signed(0), "+0.000")
  assert.equal(signed(0.000012), "+1.2e-5")
})

test("what is exact and what integrated gradients say are told apart", () => {
  assert.match(account({total: 1, constant: 2, residual: 0, exact: true}, 3), /^exact/)
  assert.match(account({total: 1, constant: 2, residual: 0, exact: false}, 3), /^integrated gradients/)
})

test("a lost page asks soon at first, then every few seconds, and pupils do not ask together", () => {
  assert.ok(pause(0, 0) < 0.5)
  assert.ok(pause(20, 1) <= 6.25)
  assert.notEqual(pause(3, 0), pause(3, 1))
})

test("a replayed drawing has the same strokes", () => {
  const strokes = [{points: [[1, 1], [2, 2]], width: 2, erases: false}]
  assert.deepEqual(movements(strokes), [
    {begins: {points: [[1, 1]], width: 2, erases: false}}, {moves: [[2, 2]]},
  ])
})

test("arrow keys move the drawing cursor and stop at the edge", () => {
  assert.deepEqual(moved([14, 14], {key: "ArrowUp", shiftKey: false}), [14, 13])
  assert.deepEqual(moved([28, 14], {key: "ArrowRight", shiftKey: false}), [28, 14])
  assert.equal(moved([14, 14], {key: "x", shiftKey: false}), null)
})

const edges = {layer: [1, 1, 1], source: [1, 0, 2], target: [0, 0, 0], weight: [0.1, 0.2, -0.9]}

test("the wall finds the weights of each first-layer neuron", () => {
  const [first] = firstLayer(edges)
  assert.deepEqual([...first.slice(0, 3)].map(w => w.toFixed(1)), ["0.2", "0.1", "-0.9"])
})

test("the wall is painted anew for other weights, and not for another order of the edges", () => {
  const drawn = weight => firstLayer({...edges, weight})
  const reversed = Object.fromEntries(
    Object.entries(edges).map(([name, column]) => [name, column.toReversed()]))
  assert.ok(areSame(firstLayer(edges), firstLayer(reversed)))
  assert.ok(!areSame(firstLayer(edges), drawn([0.1, 0.2, -0.8])))
  assert.ok(!areSame([], firstLayer(edges)))
})

test("of what there is to say the worst is said", () => {
  const quiet = {lost: false, waits: false, forgets: false, unkept: false, said: ""}
  assert.deepEqual(saying(quiet), ["", true])
  assert.match(saying({...quiet, forgets: true, unkept: true})[0], /gone when you reload/)
  assert.deepEqual(saying({...quiet, unkept: true, said: "Hear me."}), ["Hear me.", true])
  assert.deepEqual(saying({...quiet, waits: true, said: "Hear me."}), ["Waiting for the server…", false])
  assert.match(saying({...quiet, lost: true, waits: true, said: "Hear me."})[0], /^Reconnecting…/)
  assert.match(saying({...quiet, lost: true})[0], /Your drawing is kept/)
  assert.match(saying({...quiet, lost: true, forgets: true})[0], /drawing will be gone/)
})

const {legend} = await load("page/page.js")

test("the legend states the scale of the circles, and of each layer's edges", () => {
  const usual = {least: 0.16, scales: [5, 2], full: [1, 1], signed: false, signal: false}
  assert.deepEqual(legend(usual).circles, ["activation 0", "1"])
  assert.match(legend(usual).brightest, /±5 · ±2 · under 16 % left out$/)
  const other = {...usual, full: [3.456, 1]}
  assert.deepEqual(legend(other).circles, ["activation 0", "white from 3.46 · 1"])
  assert.match(legend({...other, signal: true}).brightest, /±5 · ±6.91 · under 16 %/)
  assert.deepEqual(legend({...usual, signed: true}).circles[0], "|activation| 0")
})

const {sortedBy} = await load("inspector/terms_table.js")

test("an activation is its function of the sum and the bias, with their signs", () => {
  assert.equal(formula("σ", {"weighted-sum": 4.283, bias: -0.034}), "σ(4.28 − 0.03)")
  assert.equal(formula("ReLU", {"weighted-sum": -1, bias: 0.5}), "ReLU(−1.00 + 0.50)")
})

test("terms are sorted by the numbers of their sources, or by their size whatever their sign", () => {
  const rows = [["1:10", 1, 0, 2], ["1:2", -3, 0, 1], ["1:1", 2, 0, -4]]
  assert.deepEqual(sortedBy(rows, 0).map(row => row[0]), ["1:1", "1:2", "1:10"])
  assert.deepEqual(sortedBy(rows, 1).map(row => row[1]), [-3, 2, 1])
  assert.deepEqual(sortedBy(rows, 3).map(row => row[3]), [-4, 2, 1])
  assert.equal(rows[0][0], "1:10")
})

const {caption} = await load("classroom/wall.js")
const {outdated, progress} = await load("classroom/teacher.js")

test("a tile says what the network said, and what was meant", () => {
  assert.deepEqual(caption({digit: null, sure: false, meant: null}), ["–", ""])
  assert.deepEqual(caption({digit: 3, sure: true, meant: null}), ["3", ""])
  assert.deepEqual(caption({digit: 3, sure: false, meant: 8}), ["3?", "meant 8"])
})

test("the teacher is told how far the class is, and how old the page is", () => {
  assert.match(progress({phase: "vote", digit: null}, 2, 5), /2.*5/)
  assert.notEqual(progress({phase: "vote", digit: null}, 5, 5), progress({phase: "vote", digit: null}, 4, 5))
  assert.match(progress({phase: "present", digit: 7}, 5, 5), /7/)
  assert.match(progress({phase: "free", digit: null}, 0, 5), /Click a drawing/)
  assert.equal(progress({phase: "free", digit: null}, 0, 5, {edited: false}), "")
  assert.match(progress({phase: "free", digit: null}, 0, 5, {edited: true}), /changed the network/)
  assert.match(outdated(59), /59/)
  assert.match(outdated(150), /\b2 min/)
})

const {heightFor} = await load("browser/stage_frame.js")

test("a picture is made for its frame, within the shapes that there are", () => {
  assert.equal(heightFor(770, 667), 97)
  assert.equal(heightFor(366, 425), 130)
  assert.equal(heightFor(2000, 100), 40)
  assert.equal(heightFor(100, 2000), 200)
})
