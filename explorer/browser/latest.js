// Something that only matters while it is new: one message is under way at a time, the latest waits.

export class Latest {
  constructor(send) {
    this.send = send
    this.waiting = undefined
    this.busy = false
  }

  // Whether everything that was said is answered.
  get isQuiet() { return !this.busy && this.waiting === undefined }

  say(value) {
    this.waiting = value
    this.flush()
  }

  flush() {
    if (this.busy || this.waiting === undefined) return
    this.busy = true
    this.send(this.waiting)
    this.waiting = undefined
  }

  answered() {
    this.busy = false
    this.flush()
  }
}
