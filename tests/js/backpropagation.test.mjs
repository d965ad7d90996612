import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

globalThis.requestAnimationFrame = task => task()

const {arrow, deltaText} = await load("backpropagation/layer_slopes.js")
const {shares, termText} = await load("backpropagation/loss_terms.js")
const {descent, legend, steepestWeights} = await load("backpropagation/gradient_overlay.js")
const {rowsOf, tileAt} = await load("backpropagation/gradient_wall.js")
const {checkRows, pixelAt, pixelBeside} = await load("backpropagation/neuron_slopes.js")
const {verdict} = await load("backpropagation/random_check.js")
const landscape = await load("backpropagation/landscape.js")
const {compact} = await load("browser/texts.js")
const timeLine = await load("backpropagation/time_line.js")

test("numbers of any size take little room", () => {
  assert.deepEqual([0.25, -0.25, 0, 0.0000123, -1e-13].map(value => compact(value, 2)),
    ["0.25", "−0.25", "0", "1.2e−5", "−1.0e−13"])
})

test("a term says what an output is and should be", () => {
  assert.equal(termText([0.5, 1, 0.25]), "a 0.50 · y 1 · 0.250")
  assert.deepEqual(shares([[0, 0, 0.5], [0, 0, -0.25], [0, 0, 0]]), [1, 0.5, 0])
  assert.deepEqual(shares([[0, 0, 0]]), [0])
})

test("δ is a product where it is one, and z is to go against it", () => {
  assert.equal(deltaText({factors: [-0.5, 0.25], delta: -0.125}), "−0.50 · 0.25 = −0.13")
  assert.equal(deltaText({factors: null, delta: 0.5}), "δ = 0.50")
  assert.deepEqual([-1, 1, 0].map(arrow), ["▲", "▼", "·"])
})

test("the way down is against the slope, on a scale that it cannot leave", () => {
  assert.deepEqual([descent(-0.5, 1), descent(0.5, 2), descent(9, 1)], [0.5, -0.25, -1])
})

test("weights change in proportion to the activation they start from", () => {
  const content = {deltas: [[-1, 0.5]], inputs: [1, 0.5, 0], full_weight: 1}
  assert.deepEqual(steepestWeights(content), [[1, 1, -0.25], [1, 0, 0.5], [0, 1, -0.5], [0, 0, 1]])
  assert.deepEqual(steepestWeights(content, 1), [[1, 1, -0.25], [0, 1, -0.5]])
  assert.deepEqual(steepestWeights(content, null, 1), [[0, 0, 1]])
})

test("of a mini-batch the gradient is told as it is", () => {
  const content = {count: 10, deltas: [[0, 0]], gradient: [-0.5, 0, 0, 0, 1, 0], sources: 3, full_weight: 1}
  assert.deepEqual(steepestWeights(content), [[0, 0, 0.5], [1, 1, -1]])
  assert.match(legend({...content, full: [0.5], grad_a: []}), /^What 10 digits/)
})

test("of a large layer the gradient is told where it is large, and drawn among what is drawn", () => {
  const content = {count: 10, deltas: [[0, 0]], gradient: [-0.5, 1], places: [0, 4], sources: 3, full_weight: 1}
  assert.deepEqual(steepestWeights(content), [[0, 0, 0.5], [1, 1, -1]])
  assert.deepEqual(steepestWeights(content, null, 9, {sources: [1, 2], targets: [0, 1]}), [[1, 1, -1]])
})

test("the scales of lines and rings are told", () => {
  const content = {full_weight: 0.02, full: [0.01, 0.5], grad_a: [], full_grad_a: 1}
  assert.match(legend(content), /lines .* = 0.02, rings .* = 0.01$/)
  assert.match(legend({...content, grad_a: [0.1], full_grad_a: 0.05}), /before .* = 0.05$/)
})

test("the wall has a picture for each neuron, of the drawing or of a mini-batch", () => {
  assert.deepEqual(rowsOf({delta: [2, -1], inputs: [0.5, 0]}), [[1, 0], [-0.5, -0]])
  const gradient = new Float32Array(2 * 784)
  gradient[784] = 0.5
  const rows = rowsOf({gradient, neurons: [3, 7]})
  assert.equal(rows.length, 2)
  assert.deepEqual([rows[0][0], rows[1][0]], [0, 0.5])
  assert.deepEqual([tileAt(0, 0, 16), tileAt(0.99, 0.3, 16), tileAt(0.9, 0.9, 12)], [0, 7, null])
})

test("beside a slope stands the numerical one", () => {
  const check = {source: "", gradient: 0.25, numerical: 0.2500001, difference: 4e-7}
  assert.deepEqual(checkRows(check).map(([, value]) => value), ["0.250000", "0.250000", "4.0e−7"])
  assert.match(checkRows({...check, source: "neuron 3"})[0][0], /neuron 3/)
  assert.deepEqual([pixelAt(0, 0), pixelAt(0.5, 0), pixelAt(1, 1)], [0, 14, 783])
})

test("arrow keys lead from pixel to pixel", () => {
  assert.deepEqual([pixelBeside(-1, "ArrowUp"), pixelBeside(30, "ArrowUp"), pixelBeside(30, "ArrowRight")], [406, 2, 31])
  assert.deepEqual([pixelBeside(0, "ArrowLeft"), pixelBeside(783, "ArrowDown"), pixelBeside(5, "Enter")], [0, 783, null])
})

test("a check says how far off the worst is, and what that means", () => {
  assert.equal(verdict({}), "")
  assert.match(verdict({count: 100, seed: 1, largest: 2e-8, agrees: true}), /2.0e−8.* is right/)
  assert.match(verdict({count: 100, seed: 1, largest: 0.5, agrees: false}), /0.50.* kink/)
})

// The slider of a landscape with a server that answers when it is told to.
function slider() {
  const told = [], answers = [], changed = []
  const model = {
    ready: true, distance: 0, ends: [5, 1], count: 200, seed: "1", get_child: () => "", on: (_, show) => changed.push(show),
    distances: {setv() {}}, losses: {setv() {}},
    send_msg: (message, answered) => { told.push(message); answers.push(answered) },
  }
  const [input] = landscape.render({model}).all("input")
  const drag = (value, event) => {
    input.value = input.valueAsNumber = value
    input.fire(event)
  }
  const change = news => { Object.assign(model, news); for (const show of changed) show() }
  return {told, drag, change, input, answer: () => answers.splice(0).forEach(each => each())}
}

test("of a slide through the landscape the latest is said, and its end at once", () => {
  const {told, drag, answer} = slider()
  for (const value of [10, 20, 30]) drag(value, "input")
  drag(40, "change")
  answer()
  assert.deepEqual(told.map(({distance, goes_on}) => [distance, goes_on]), [[0.5, true], [2, false]])
})

test("what is being moved is not overwritten by an answer to something earlier", () => {
  const {drag, change, input, answer} = slider()
  drag(20, "change")
  change({distance: 0})
  assert.equal(input.value, 20)
  answer()
  assert.equal(input.value, 0)
})

test("the time line stands at once where it is sent, and says it once", () => {
  const told = []
  const model = {place: 0, last: 3, ready: true, said: "The loss", on() {},
    send_msg: (message, answered) => told.push([message, answered])}
  const row = timeLine.render({model})
  const [first, back, next] = row.all("button")
  const [rail] = row.all("input")
  assert.deepEqual([first, back, next].map(each => each.disabled), [true, true, false])
  next.fire("click")
  next.fire("click")
  assert.deepEqual(told.map(([message]) => message.place), [1, 2])
  assert.equal(rail.value, 2)
  next.fire("click")
  assert.equal(next.disabled, true)
})
