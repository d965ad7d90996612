// How long a page waits for answers before it says that it waits. A line can fall silent without
// closing; nobody is told, and old answers would stand as if they were new.

export const PATIENCE = 2000  // milliseconds

// The browser's clock; its functions want to be called on the window alone.
const CLOCK = {later: (call, ms) => setTimeout(call, ms), never: timer => clearTimeout(timer)}

export class Patience {
  // `say(true)` is called when an answer is overdue, `say(false)` when one has come after all.
  constructor(say, {later, never} = CLOCK) {
    Object.assign(this, {say, later, never})
    this.timer = null
    this.waits = false
  }

  // The server was asked for something.
  ask() {
    if (!this.waits) this.timer ??= this.later(() => this.turn(true), PATIENCE)
  }

  // An answer has come; `all` says whether it was the last that is waited for.
  answer(all) {
    this.stop()
    this.turn(false)
    if (!all) this.ask()
  }

  stop() {
    this.never(this.timer)
    this.timer = null
  }

  turn(waits) {
    if (waits) this.timer = null
    if (waits === this.waits) return
    this.waits = waits
    this.say(waits)
  }
}
