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

const SHORTEST = 80  // milliseconds

const afterwards = (task, milliseconds) => setTimeout(task, milliseconds)

// A task that takes longer than a frame, painting included, and follows what changes many times a
// second: `ask` has it done soon, once for all who ask meanwhile. Between two times the page has
// twice as long for everything else as one of them took.
export class Steps {
  constructor(task, {now = () => performance.now(), inNextFrame = nextFrame, later = afterwards} = {}) {
    Object.assign(this, {task, now, inNextFrame, later})
    this.isAsked = this.isWaiting = false
    this.free = 0  // not before
  }

  ask() {
    this.isAsked = true
    this.wait()
  }

  // Whether it has rested.
  get isFree() { return this.now() >= this.free }

  // Something more urgent goes on: not before it has rested.
  postpone() { this.free = Math.max(this.free, this.now() + SHORTEST) }

  wait() {
    if (this.isWaiting) return
    this.isWaiting = true
    this.later(() => {
      this.isWaiting = false
      if (this.isAsked && this.now() < this.free) this.wait()
      else this.finish()
    }, Math.max(0, this.free - this.now()))
  }

  // Do it now, if it was asked for.
  finish() {
    if (!this.isAsked) return
    this.isAsked = false
    const start = this.now()
    this.task()
    // What the task changes is painted in the next frame; the one after it begins when that is done.
    this.inNextFrame(() => this.inNextFrame(() => this.rest(this.now() - start)))
    this.free = start + SHORTEST
  }

  rest(taken) { this.free = this.now() + Math.max(SHORTEST, 2 * taken) }
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
