// A frame that the stage fills: the page tells the stage how high its picture can be, and the stage
// tells the page what shape the picture has then.

import {clip} from "./numbers.js"
import {listenOn, tell} from "./scope.js"

// Units of the picture across, and how many there can be downwards (explorer/diagram/geometry.py).
const [ACROSS, LOWEST, HIGHEST] = [112, 40, 200]

// How high a picture is, in its own units, that fills a frame.
export const heightFor = (width, height) => clip(Math.round(ACROSS * height / width), LOWEST, HIGHEST)

const REST = 100  // milliseconds

// What can wait until a window is no longer being resized.
function whenAtRest(task) {
  let timer = null
  return () => {
    clearTimeout(timer)
    timer = setTimeout(task, REST)
  }
}

// Keep the stage that stands in `place` as large as its `frame`, as long as the part of `model`,
// which is the `page` of both, stands.
export function fillFrame(model, page, frame, place) {
  const tellRoom = () => {
    const {clientWidth, clientHeight} = frame
    if (clientWidth > 0) tell(page, "room", heightFor(clientWidth, clientHeight))
  }
  listenOn(model, page, {shaped: ({detail}) => {
    place.style.setProperty("--shape", detail)
    tellRoom()
  }})
  const observer = new ResizeObserver(whenAtRest(tellRoom))
  observer.observe(frame)
  model.on("remove", () => observer.disconnect())
}
