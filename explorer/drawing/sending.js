// How ink and the pointer's place go to the server: one message under way at a time.

// What one message may bring: the server refuses more.
const MOST_PARTS = 16
const MOST_POINTS = 64

// The parts of a message, and those that are left for the next; a long stroke is cut.
export function split(parts) {
  const first = []
  let room = MOST_POINTS
  for (const [i, part] of parts.entries()) {
    if (first.length === MOST_PARTS || room === 0) return [first, parts.slice(i)]
    first.push({...part, points: part.points.slice(0, room)})
    if (part.points.length > room) {
      const rest = {begins: false, points: part.points.slice(room)}
      return [first, [rest, ...parts.slice(i + 1)]]
    }
    room -= part.points.length
  }
  return [first, []]
}

// Ink: nothing of it is lost, and what is drawn while a message is under way waits together. Where
// points come more often than frames, one message goes out in each frame: as soon as there is ink.
export class Sender {
  constructor(send, nextFrame = null) {
    Object.assign(this, {send, nextFrame})
    this.sentInFrame = false
    this.underway = []
    this.waiting = []
    this.unanswered = 0  // messages
  }

  // What the server does not know of yet, in the order in which it was drawn.
  get unheard() { return [...this.underway, ...this.waiting] }

  begin(stroke) {
    this.waiting.push({begins: true, ...stroke, points: [...stroke.points]})
    this.flush()
  }

  extend(points) {
    const last = this.waiting.at(-1)
    if (last) last.points.push(...points)
    else this.waiting.push({begins: false, points})
    this.flush()
  }

  flush() {
    if (this.unanswered > 0 || this.sentInFrame || this.waiting.length === 0) return
    this.rest()
    this.sendSome()
  }

  // What is said next must not overtake the ink (undo would leave the end of a stroke behind): all of
  // it goes out now.
  hurry() { while (this.waiting.length > 0) this.sendSome() }

  sendSome() {
    const [parts, rest] = split(this.waiting)
    this.waiting = rest
    this.underway = [...this.underway, ...parts]
    this.unanswered++
    this.send({type: "ink", parts})
  }

  rest() {
    if (this.nextFrame === null) return
    this.sentInFrame = true
    this.nextFrame(() => {
      this.sentInFrame = false
      this.flush()
    })
  }

  answered() {
    this.unanswered--
    if (this.unanswered > 0) return
    this.underway = []
    this.flush()
  }
}
