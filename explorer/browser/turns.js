// Whose word counts. What a person has done stands until the server has heard of it: an answer to
// something earlier must not undo it. Every message has a number, and the server says which one it
// has answered last (`heard`); it says so as well if it refused it.

export class Turns {
  constructor(model) {
    this.model = model
    this.last = model.heard
  }

  // Returns the number of the message.
  send(message) {
    this.last++
    this.model.send_msg({...message, turn: this.last})
    return this.last
  }

  // Whether the server has heard everything up to this number.
  heard(turn = this.last) { return this.model.heard >= turn }
}
