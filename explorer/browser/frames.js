// What is done with the browser's frames in mind.

export const nextFrame = task => requestAnimationFrame(task)

// Milliseconds that what explains the circles may be older than they are.
const LATEST = 100

const idle = globalThis.requestIdleCallback  // WebKit has none
const later = idle ? task => idle(task, {timeout: LATEST}) : task => setTimeout(task, 0)

// The circles are painted first: what explains them is shown when the browser has time. A function
// that calls `task` then, once for all that ask meanwhile.
export function whenIdle(task, inTime = later) {
  let isAsked = false
  return () => {
    if (isAsked) return
    isAsked = true
    nextFrame(() => inTime(() => {
      isAsked = false
      task()
    }))
  }
}

// A function that asks anew in every frame, and only then: to ask where an element stands can make
// the browser lay out the page.
export function oncePerFrame(ask, inNextFrame = nextFrame) {
  let known = null
  return () => {
    if (known === null) {
      known = ask()
      inNextFrame(() => { known = null })
    }
    return known
  }
}

// Call `draw(milliseconds since the last frame)` in each frame, until `stop` or it returns false.
export class Animation {
  turn = 0

  run(draw) {
    const mine = ++this.turn
    let last = null
    const frame = now => {
      if (mine !== this.turn) return
      const passed = now - (last ?? now)
      last = now
      if (draw(passed)) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }

  stop() { this.turn++ }
}
