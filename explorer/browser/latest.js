// Something that only matters while it is new: so many messages are under way at a time, and of
// those that would follow, the latest waits.

export class Latest {
  // `send` sends a message, after whose answer `answered` is to be called.
  constructor(send, most = 1) {
    Object.assign(this, {send, most, waiting: undefined, underWay: 0})
  }

  // Whether everything that was said is answered.
  get isQuiet() { return this.underWay === 0 && this.waiting === undefined }

  say(value) {
    this.waiting = value
    this.flush()
  }

  flush() {
    if (this.underWay === this.most || this.waiting === undefined) return
    const value = this.waiting
    this.waiting = undefined
    this.underWay++
    this.send(value)
  }

  answered() {
    this.underWay = Math.max(0, this.underWay - 1)  // of what was said by itself, too
    this.flush()
  }
}
