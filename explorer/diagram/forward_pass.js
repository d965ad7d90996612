// Where a forward pass stands that is told step by step: one step for each layer, from 1 on.

const ARRIVAL = 0.85             // of a step, when its signals have arrived

export class ForwardPass {
  constructor() { this.stop() }

  get isOn() { return this.layer > 0 }

  // Whether it stands at the input: there is nothing before it.
  get isAtStart() { return this.layer === 1 && this.share === 0 && !this.isMoving }

  // Whether time moves it on.
  get isMoving() { return this.isPlaying || this.isStepping }

  stop() { this.set(0, 0) }

  // From the start, or on from where it was paused. `layers` are those that have numbers to come.
  play(layers) {
    const over = this.layer === layers && this.share === 1
    this.set(over ? 1 : Math.max(1, this.layer), over ? 0 : this.share, {playing: true})
  }

  pause() { this.set(this.layer, this.share) }

  // Tell the next layer alone, or the one that it stands before; after the last comes the first again.
  step(layers) {
    const told = this.isOn && !this.isMoving ? Math.floor(this.place(layers)) : this.layer
    this.set(told % layers + 1, 0, {stepping: true})
  }

  // Stand where the step before has ended; before the first, at the input.
  back(layers) {
    const before = Math.ceil(this.place(layers)) - 1
    if (before > 0) this.set(before, 1)
    else this.seek(0, layers)
  }

  // Stand anywhere between the input, 0, and the answer, `layers`, where nothing more is told.
  seek(at, layers) {
    if (at >= layers) return this.stop()
    const layer = Math.floor(at) + 1
    this.set(layer, at - layer + 1)
  }

  // How far it is, from 0 to `layers`; where nothing is told, the answer is there.
  place(layers) { return this.isOn ? this.layer - 1 + this.share : layers }

  // Let a share of a step pass.
  advance(share, layers) {
    if (!this.isMoving) return
    const reached = this.share + share
    if (reached < 1) this.share = reached
    else if (this.isStepping) this.set(this.layer, 1)
    else if (this.layer === layers) this.stop()
    else this.set(this.layer + 1, reached % 1, {playing: true})
  }

  set(layer, share, {playing = false, stepping = false} = {}) {
    Object.assign(this, {layer, share, isPlaying: playing, isStepping: stepping})
  }
}

// What is to be seen of a step: how far its signals have run (null: they have arrived), and the
// first layer whose numbers are still to come.
export function scene({layer, share}) {
  const running = share < ARRIVAL
  return {signals: running ? share / ARRIVAL : null, hidden: running ? layer : layer + 1}
}
