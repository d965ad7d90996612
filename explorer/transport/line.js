// What lies between a page and its server: messages go out by Panel or over a channel, in one
// order, and frames come back.

import {Patience} from "../browser/patience.js"
import {decode} from "./frames.js"

// Messages are numbered, and answered in their order.
export class Line {
  // `arrive` is for who brings a component; `waits` is told when answers are overdue, and when they
  // come again.
  constructor({sendByPanel, change, arrive = () => {}, openChannel = null, waits = () => {}}) {
    Object.assign(this, {sendByPanel, change, arrive, openChannel, channel: null})
    this.patience = new Patience(waits)
    this.sent = 0
    this.answered = 0
    this.lastByPanel = 0  // the number of the last message that went by Panel
    this.waiting = []  // [number, callback] of those who want to know that they were answered
  }

  // Say something to a component's Python class; `answered` is called when it was answered.
  say(address, message, answered = null) {
    this.sent += 1
    this.patience.ask()
    if (answered) this.waiting.push([this.sent, answered])
    if (this.channel && this.answered >= this.lastByPanel)
      this.channel.send(JSON.stringify([address, message]))
    else {
      this.lastByPanel = this.sent
      this.sendByPanel([address, message])
    }
  }

  // A frame has come over the channel.
  hear(frame) {
    const told = decode(frame)
    this.answered = told.answered
    while (this.waiting.length > 0 && this.waiting[0][0] <= this.answered)
      this.waiting.shift()[1]()
    this.change(told)
    this.patience.answer(this.answered >= this.sent)
  }

  // A frame has come by Panel, which is told that it was read; after the first, there may be a
  // channel.
  hearByPanel(frame) {
    this.hear(frame)
    this.sendByPanel("read")
    this.openChannel?.(channel => { this.channel = channel })
    this.openChannel = null
  }
}
