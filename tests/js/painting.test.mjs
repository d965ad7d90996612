import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {paintInNextFrame} = await load("diagram/painting.js")

test("whatever asks for a painting before the next frame gets that frame, and one painting", async () => {
  const frames = []
  let painted = 0
  const view = {is_destroyed: false, repaint: () => painted++}
  paintInNextFrame(view, frame => frames.push(frame))
  const all = [view.throttled_paint(), view.throttled_paint()]
  assert.deepEqual([frames.length, painted], [1, 0])
  frames[0]()
  await Promise.all(all)
  const later = view.throttled_paint()
  assert.deepEqual([frames.length, painted], [2, 1])
  view.is_destroyed = true
  frames[1]()
  await later
  assert.equal(painted, 1)
})
