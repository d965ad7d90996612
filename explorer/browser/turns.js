// Whose word counts. What a person has done stands until the server has heard of it: an answer to
// something earlier must not undo it. The server answers every message, also if it refused it.

export class Turns {
  // `answered` is called after each answer.
  constructor(model, answered = () => {}) {
    Object.assign(this, {model, answered, last: 0, latest: 0})
  }

  // Returns the number of the message.
  send(message) {
    const turn = ++this.last
    this.model.send_msg(message, () => {
      this.latest = turn
      this.answered()
    })
    return turn
  }

  // Whether the server has heard everything up to this number.
  heard(turn = this.last) { return this.latest >= turn }
}
