import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {SIZE, coverage, distanceToSegment, drawParts, rasterize} = await load("drawing/ink.js")
const {Latest} = await load("browser/latest.js")
const {Sender, split} = await load("drawing/sending.js")
const {earliestMove, place} = await load("drawing/pad.js")

const stroke = (points, erases = false) => ({points, width: 2.4, erases})
const drawn = (...strokes) => rasterize({base: null, strokes})

test("ink is full under the pen, half at its edge and gone beyond", () => {
  assert.equal(coverage(0, 2.4), 1)
  assert.ok(Math.abs(coverage(1.2, 2.4) - 0.5) < 1e-12)
  assert.equal(coverage(2, 2.4), 0)
})

test("the distance to a movement is that to its nearest point, also for a dot", () => {
  assert.equal(distanceToSegment(5, 3, [0, 0], [10, 0]), 3)
  assert.equal(distanceToSegment(13, 4, [0, 0], [10, 0]), 5)
  assert.equal(distanceToSegment(3, 4, [0, 0], [0, 0]), 5)
})

test("a touch leaves a dot", () => {
  const image = drawn(stroke([[14.5, 14.5]]))
  assert.equal(image[14 * SIZE + 14], 1)
})

test("a fast stroke has no gaps", () => {
  const image = drawn(stroke([[2, 14.5], [26, 14.5]]))
  for (let column = 2; column < 26; column++) assert.equal(image[14 * SIZE + column], 1)
})

test("an eraser takes ink away, and ink can come back on top", () => {
  const line = stroke([[2, 14.5], [26, 14.5]])
  const hole = stroke([[14.5, 14.5]], true)
  assert.equal(drawn(line, hole)[14 * SIZE + 14], 0)
  assert.equal(drawn(line, hole, stroke([[14.5, 14.5]]))[14 * SIZE + 14], 1)
})

test("points outside the pad are clipped, not drawn at its edge", () => {
  assert.ok(drawn(stroke([[-9, 40], [60, 40]])).every(ink => ink === 0))
})

test("a pointer's place is in pixels of the pad, to a hundredth", () => {
  const box = {left: 10, top: 20, width: 280, height: 280}
  assert.deepEqual(place({clientX: 150, clientY: 20.033}, box), [14, 0])
})

test("one message of ink goes out in a frame, as soon as there is ink, however early the answer", () => {
  const sent = []
  let frame = null
  const sender = new Sender(message => sent.push(message.parts), task => { frame = task })
  sender.begin(stroke([[1, 1]]))
  assert.equal(sent.length, 1)
  sender.answered()
  sender.extend([[2, 2]])
  sender.extend([[3, 3]])
  assert.equal(sent.length, 1)
  frame()
  assert.deepEqual(sent[1].map(part => part.points), [[[2, 2], [3, 3]]])
  frame()
  assert.equal(sent.length, 2, "one is under way")
  sender.answered()
  sender.extend([[4, 4]])
  assert.equal(sent.length, 3)
})

test("ink is heard of at the earliest event that a browser has", () => {
  assert.equal(earliestMove({onpointerrawupdate: null}, false), "pointerrawupdate")
  assert.equal(earliestMove({}, false), "pointermove")
  assert.equal(earliestMove({onpointerrawupdate: null}, true), "pointermove")
})

test("one message of ink is under way at a time, and nothing that was drawn is lost", () => {
  const sent = []
  const sender = new Sender(message => sent.push(message))
  sender.begin(stroke([[1, 1]]))
  sender.extend([[2, 2]])
  sender.extend([[3, 3]])
  sender.begin(stroke([[9, 9]]))
  assert.equal(sent.length, 1)
  sender.answered()
  assert.deepEqual(sent[1].parts.map(part => part.points), [[[2, 2], [3, 3]], [[9, 9]]])
  assert.deepEqual(sent[1].parts.map(part => part.begins), [false, true])
})

test("much ink at once goes in messages of a size that the server takes, and none is lost", () => {
  const points = (from, count) => Array.from({length: count}, (_, i) => [from + i, 0])
  const parts = [{begins: true, points: points(0, 150), width: 2, erases: false},
    ...points(200, 40).map(point => ({begins: true, points: [point], width: 2, erases: true}))]
  const messages = []
  for (let rest = parts; rest.length > 0;) {
    const [first, left] = split(rest)
    messages.push(first)
    rest = left
  }
  for (const message of messages) {
    assert.ok(message.length <= 16)
    assert.ok(message.flatMap(part => part.points).length <= 64)
  }
  const whole = {strokes: []}
  messages.reduce((open, message) => drawParts(whole, message, open), null)
  const expected = {strokes: []}
  drawParts(expected, parts)
  assert.deepEqual(whole, expected)
})

test("a drawing that replaces the ink keeps what the server has not heard of", () => {
  const sender = new Sender(() => {})
  sender.begin(stroke([[1, 1]]))
  sender.extend([[2, 2]])
  const cleared = {base: null, strokes: []}
  const open = drawParts(cleared, sender.unheard)
  assert.deepEqual(cleared.strokes.map(each => each.points), [[[1, 1], [2, 2]]])
  assert.equal(open, cleared.strokes[0])
})

test("what the server has answered is in its drawing already, and is not drawn twice", () => {
  const sender = new Sender(() => {})
  sender.begin(stroke([[1, 1]]))
  sender.answered()
  sender.extend([[2, 2]])
  const cleared = {base: null, strokes: []}
  assert.equal(drawParts(cleared, sender.unheard), null)
  assert.deepEqual(cleared.strokes, [])
})

test("before anything else is said, all ink goes out, and counts as heard once all is answered", () => {
  const sent = []
  const sender = new Sender(message => sent.push(message.parts))
  sender.begin(stroke([[1, 1]]))
  sender.extend([[2, 2]])
  assert.equal(sent.length, 1)
  sender.hurry()
  assert.deepEqual(sent[1], [{begins: false, points: [[2, 2]]}])
  sender.answered()
  assert.deepEqual(sender.unheard.map(part => part.points), [[[1, 1]], [[2, 2]]])
  sender.extend([[3, 3]])
  assert.equal(sent.length, 2)
  sender.answered()
  assert.deepEqual(sent[2], [{begins: false, points: [[3, 3]]}])
  sender.answered()
  assert.deepEqual(sender.unheard, [])
})

test("what grows while it waits does not change the stroke on the pad", () => {
  const sent = []
  const sender = new Sender(message => sent.push(message))
  sender.begin(stroke([[0, 0]]))
  const second = stroke([[1, 1]])
  sender.begin(second)
  sender.extend([[2, 2]])
  assert.deepEqual(second.points, [[1, 1]])
})

test("of the places of a pointer only the latest is sent", () => {
  const sent = []
  const latest = new Latest(value => sent.push(value))
  for (const value of [1, 2, 3, null]) latest.say(value)
  latest.answered()
  assert.deepEqual(sent, [1, null])
})

test("so many messages as are wanted are under way at a time, and the last is never lost", () => {
  const sent = []
  const latest = new Latest(value => sent.push(value), 3)
  for (const value of [1, 2, 3, 4, 5]) latest.say(value)
  assert.deepEqual(sent, [1, 2, 3])
  latest.answered()
  assert.deepEqual(sent, [1, 2, 3, 5])
  for (const quiet of [false, false, true]) {
    latest.answered()
    assert.equal(latest.isQuiet, quiet)
  }
  latest.answered()  // to something that was said by itself
  for (const value of [6, 7, 8, 9]) latest.say(value)
  assert.deepEqual(sent, [1, 2, 3, 5, 6, 7, 8])
})
