import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {Pointers} = await load("drawing/pointers.js")

// Pointers, and the strokes that come of them; the last is open until it has ended.
function pad() {
  const strokes = []
  let open = null
  let frame = () => {}
  const pointers = new Pointers({
    begin: (point, erases) => {
      assert.equal(open, null, "one stroke at a time")
      strokes.push(open = {points: [point], ...(erases ? {erases} : {})})
    },
    extend: points => {
      assert.ok(points.length > 0)
      open.points.push(...points)
    },
    end: () => { open = null },
  }, task => { frame = task })
  const finger = (id, ...points) => pointers.down({id, type: "touch"}, ...points)
  const pen = (id, point, erases) => pointers.down({id, type: "pen", erases}, point)
  return {pointers, strokes, finger, pen, nextFrame: () => frame()}
}

const points = strokes => strokes.map(stroke => stroke.points)

test("a pen and a mouse draw at once", () => {
  for (const type of ["pen", "mouse"]) {
    const {pointers, strokes} = pad()
    pointers.down({id: 1, type}, [5, 5])
    assert.deepEqual(points(strokes), [[[5, 5]]])
    pointers.move(1, [[6, 6], [7, 7]])
    pointers.up(1)
    assert.deepEqual(points(strokes), [[[5, 5], [6, 6], [7, 7]]])
  }
})

test("a finger draws from where it came down, and leaves a dot if it only touches", () => {
  const {pointers, strokes, finger} = pad()
  finger(1, [5, 5])
  pointers.move(1, [[5.1, 5]])
  pointers.move(1, [[6, 5]])
  pointers.up(1)
  finger(2, [9, 9])
  pointers.up(2)
  assert.deepEqual(points(strokes), [[[5, 5], [5.1, 5], [6, 5]], [[9, 9]]])
})

test("a palm that rests first keeps neither pen nor finger from drawing, and leaves nothing", () => {
  for (const type of ["pen", "touch"]) {
    const {pointers, strokes, finger, nextFrame} = pad()
    finger(1, [25, 25])
    pointers.down({id: 2, type}, [5, 5])
    pointers.move(2, [[9, 9]])
    nextFrame()
    pointers.move(1, [[25.5, 25]])
    pointers.up(2)
    pointers.move(1, [[26, 25]])
    pointers.up(1)
    assert.deepEqual(points(strokes), [[[5, 5], [9, 9]]])
  }
})

test("of two fingers the one that moves draws", () => {
  const {pointers, strokes, finger, nextFrame} = pad()
  finger(1, [3, 3])
  finger(2, [20, 20])
  pointers.move(2, [[20, 22]])
  nextFrame()
  pointers.move(1, [[3, 3.2]])
  pointers.move(2, [[20, 24]])
  pointers.up(1)
  pointers.up(2)
  assert.deepEqual(points(strokes), [[[20, 20], [20, 22], [20, 24]]])
})

test("two fingers that move never draw two strokes at once", () => {
  const {pointers, strokes, finger, nextFrame} = pad()
  finger(1, [3, 3])
  finger(2, [20, 20])
  for (let i = 1; i < 5; i++) {
    pointers.move(2, [[20, 20 + i]])
    pointers.move(1, [[3, 3 + i]])
    nextFrame()
  }
  assert.deepEqual(points(strokes), [[[3, 3], [3, 4], [3, 5], [3, 6], [3, 7]]], "the first")
  pointers.up(1)
  pointers.move(2, [[20, 25]])
  assert.equal(strokes.length, 1, "it has rested meanwhile, and has to move anew")
  pointers.move(2, [[20, 27]])
  assert.equal(strokes.length, 2)
})

test("a finger that lifts before it was chosen has drawn all the same", () => {
  const {pointers, strokes, finger} = pad()
  finger(1, [3, 3])
  finger(2, [20, 20])
  pointers.move(2, [[20, 22]])
  pointers.up(2)
  assert.deepEqual(points(strokes), [[[20, 20], [20, 22]]])
})

test("a pen beats a finger that draws, and fingers beside it draw nothing", () => {
  const {pointers, strokes, finger, pen} = pad()
  finger(1, [3, 3])
  pointers.move(1, [[4, 4]])
  pen(2, [10, 10])
  pointers.move(1, [[9, 9]])
  finger(3, [20, 20])
  pointers.move(3, [[25, 25]])
  pointers.move(2, [[11, 11]])
  pointers.up(2)
  pointers.move(3, [[10, 25]])
  pointers.up(3)
  pointers.up(1)
  assert.deepEqual(points(strokes), [[[3, 3], [4, 4]], [[10, 10], [11, 11]]])
})

test("a pointer that is taken away ends its stroke, and a finger leaves no dot", () => {
  const {pointers, strokes, finger, pen} = pad()
  pen(1, [10, 10])
  pointers.cancel(1)
  pointers.move(1, [[12, 12]])
  finger(2, [3, 3])
  pointers.cancel(2)
  assert.deepEqual(points(strokes), [[[10, 10]]])
})

test("the back of a pen erases", () => {
  const {pointers, strokes, pen} = pad()
  pen(1, [10, 10], true)
  pointers.up(1)
  assert.deepEqual(strokes, [{points: [[10, 10]], erases: true}])
})
