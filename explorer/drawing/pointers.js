// Which of several pointers draws: one stroke at a time. A pen or a mouse draws at once, and beats
// every finger. A finger draws as soon as it moves, or leaves a dot when it lifts: a palm or a thumb
// that rests on the pad keeps nobody from drawing, and leaves nothing behind.

// Pixels of the pad that a finger must move to draw: one that has just come down, and one that
// has rested while another pointer drew.
const STIR = 0.5
const WAKE = 2

const distance = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by)

// A finger that does not draw: where it rests, and where it has moved since.
class Finger {
  constructor(point, erases, late) { Object.assign(this, {point, erases, late, points: []}) }

  get place() { return this.points.at(-1) ?? this.point }
  get draws() { return distance(this.point, this.place) >= (this.late ? WAKE : STIR) }

  // Another pointer draws meanwhile.
  restOn() { Object.assign(this, {point: this.place, points: [], late: true}) }
}

export class Pointers {
  // `begin(point, erases)`, `extend(points)` and `end()` are told of the one stroke there is.
  constructor({begin, extend, end}, nextFrame = task => requestAnimationFrame(task)) {
    Object.assign(this, {begin, extend, end, nextFrame})
    this.drawing = null          // the pointer that draws: {id, isFinger}
    this.resting = new Map()     // the fingers that do not, by their ids, in the order they came
    this.choosing = false
  }

  // A pointer has come down; `type` is that of a pointer event.
  down({id, type, erases = false}, point) {
    if (type === "touch") this.rest(id, point, erases)
    else if (this.drawing === null || this.drawing.isFinger) this.press(id, point, erases)
  }

  rest(id, point, erases) {
    const besidePen = this.drawing !== null && !this.drawing.isFinger
    if (!besidePen) this.resting.set(id, new Finger(point, erases, this.drawing !== null))
  }

  // What rests under a pen is a hand, as long as it rests.
  press(id, point, erases) {
    if (this.drawing !== null) this.finish()
    this.resting.clear()
    this.drawing = {id, isFinger: false}
    this.begin(point, erases)
  }

  move(id, points) {
    const finger = this.resting.get(id)
    if (this.drawing?.id === id) this.extend(points)
    else finger?.points.push(...points)
    if (this.drawing !== null) finger?.restOn()
    else if (finger?.draws) this.stir(id)
  }

  // Of several fingers that move in the same frame, the one draws that came first.
  stir(id) {
    if (this.resting.size === 1) this.wake(id)
    else if (!this.choosing) {
      this.choosing = true
      this.nextFrame(() => this.choose())
    }
  }

  choose() {
    this.choosing = false
    if (this.drawing !== null) return
    for (const [id, finger] of this.resting) if (finger.draws) return this.wake(id)
  }

  wake(id) {
    const {point, points, erases} = this.resting.get(id)
    this.resting.delete(id)
    this.drawing = {id, isFinger: true}
    this.begin(point, erases)
    if (points.length > 0) this.extend(points)
  }

  // A pointer has lifted. A finger that has only touched the pad leaves a dot.
  up(id) {
    const finger = this.resting.get(id)
    if (this.drawing === null && finger && (finger.draws || !finger.late)) this.wake(id)
    this.cancel(id)
  }

  // The browser or the system has taken a pointer away.
  cancel(id) {
    this.resting.delete(id)
    if (this.drawing?.id === id) this.finish()
  }

  finish() {
    this.drawing = null
    for (const finger of this.resting.values()) finger.restOn()
    this.end()
  }
}
