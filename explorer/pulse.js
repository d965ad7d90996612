// When the pen lifts, one pulse runs through the edges that carry signal, layer by layer, and
// the winner is boxed at its end. Played slowly, the same tells what a forward pass does. It
// only retells numbers that already stand in the picture.

import {listen} from "./browser/scope.js"

export const STEP = 190          // milliseconds from one layer to the next
const FLASH = 110
const SLOW = 1600                // the same, when the propagation is played at speed 1
const MOST = 48                  // edges a pulse runs along in one layer
const TAIL = 0.18
const COLOURS = {positive: "#58C4DD", negative: "#FC6255", box: "#FFFF00", ground: "#0b0d12", ring: "#fff"}

// The rows of the edges with the largest |weight × activation of the source| in a layer.
export function carriers(edges, activationOf, layer, most = MOST) {
  const rows = []
  for (let row = 0; row < edges.layer.length; row++)
    if (edges.layer[row] === layer) {
      const signal = Math.abs(edges.weight[row] * activationOf(layer - 1, edges.source[row]))
      if (signal > 0.01) rows.push([signal, row])
    }
  return rows.sort((a, b) => b[0] - a[0]).slice(0, most).map(([, row]) => row)
}

// How far a pulse is: the layer it runs to, and 0-1 of the way there; null at its end.
export function progress(elapsed, layers, step = STEP) {
  const layer = Math.floor(elapsed / step) + 1
  return layer > layers ? null : {layer, share: elapsed % step / step}
}

const eased = share => share * share * (3 - 2 * share)

// Everything that is drawn on the sheet, in the units of the picture.
class Sheet {
  constructor(canvas, {edges, inputs, neurons, winner, plot}) {
    Object.assign(this, {canvas, edges, inputs, neurons, winner, plot})
    this.context = canvas.getContext("2d")
  }

  get layers() { return Math.max(...this.neurons.data.layer) }

  // One size of bitmap and one table of carriers serve a whole run.
  prepare() {
    const {canvas, plot} = this
    canvas.hidden = false
    canvas.width = canvas.clientWidth * devicePixelRatio
    canvas.height = canvas.clientHeight * devicePixelRatio
    this.unit = canvas.width / plot.x_range.end
    const {layer: layers, activation} = this.neurons.data
    const activationOf = (layer, number) =>
      layer === 0 ? this.inputs.data.activation[number] : activation[layers.indexOf(layer) + number]
    this.rows = Array.from({length: this.layers}, (_, i) =>
      carriers(this.edges.data, activationOf, i + 1))
  }

  x(x) { return x * this.unit }
  y(y) { return this.canvas.height - y * this.canvas.height / this.plot.y_range.end }
  putAway() { this.canvas.hidden = true }
  clear() { this.context.clearRect(0, 0, this.canvas.width, this.canvas.height) }

  pulse({layer, share}) {
    const {x0, y0, x1, y1, weight} = this.edges.data
    const at = eased(share)
    this.context.lineWidth = 0.4 * this.unit
    this.context.lineCap = "round"
    for (const row of this.rows[layer - 1]) {
      const point = t =>
        [this.x(x0[row] + t * (x1[row] - x0[row])), this.y(y0[row] + t * (y1[row] - y0[row]))]
      this.context.strokeStyle = weight[row] > 0 ? COLOURS.positive : COLOURS.negative
      this.context.beginPath()
      this.context.moveTo(...point(Math.max(0, at - TAIL)))
      this.context.lineTo(...point(at))
      this.context.stroke()
    }
  }

  // Neurons from this layer on have no number yet.
  hideFrom(layer) {
    const {x, y, radius, layer: layers} = this.neurons.data
    this.context.fillStyle = COLOURS.ground
    this.context.strokeStyle = COLOURS.ring
    this.context.lineWidth = 0.28 * this.unit
    for (let row = 0; row < x.length; row++) {
      if (layers[row] < layer) continue
      this.context.beginPath()
      this.context.arc(this.x(x[row]), this.y(y[row]), radius[row] * this.unit, 0, 2 * Math.PI)
      this.context.fill()
      this.context.stroke()
    }
  }

  box(share) {
    const [x, y] = [this.winner.data.x?.[0], this.winner.data.y?.[0]]
    if (x === undefined) return
    const [width, height] = [11.4 + 5 * (1 - share), 5.6 + 5 * (1 - share)]
    this.context.strokeStyle = COLOURS.box
    this.context.globalAlpha = share
    this.context.lineWidth = 0.4 * this.unit
    this.context.strokeRect(
      this.x(x - width / 2), this.y(y + height / 2), width * this.unit, height * this.unit)
    this.context.globalAlpha = 1
  }
}

export function render({model, el}) {
  const canvas = document.createElement("canvas")
  canvas.setAttribute("aria-hidden", "true")
  const words = Object.assign(document.createElement("p"), {className: "words", hidden: true})
  words.setAttribute("role", "status")
  const sheet = new Sheet(canvas, model)
  sheet.putAway()
  const calm = matchMedia("(prefers-reduced-motion: reduce)")
  let running = 0
  let stepped = 0

  // Call `draw(milliseconds)` in each frame until it returns false or something else runs.
  const animate = draw => {
    const turn = ++running
    let start = null
    const frame = now => {
      if (turn !== running) return
      start ??= now
      sheet.clear()
      if (draw(now - start)) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }

  const stop = () => {
    running++
    stepped = 0
    words.hidden = true
    sheet.putAway()
  }

  const say = layer => {
    const text = `Step ${layer} of ${sheet.layers}: ${model.words[layer - 1]}`
    words.hidden = false
    if (words.textContent !== text) words.textContent = text
  }

  const pulse = () => {
    if (!model.enabled || calm.matches) return
    stop()
    sheet.prepare()
    animate(elapsed => {
      const step = progress(elapsed, sheet.layers)
      if (step !== null) sheet.pulse(step)
      const flash = (elapsed - sheet.layers * STEP) / FLASH
      if (flash >= 0 && flash < 1) sheet.box(flash)
      if (flash >= 1) stop()
      return flash < 1
    })
  }

  const tell = step => {
    sheet.hideFrom(step.layer + (step.share < 0.85 ? 0 : 1))
    if (step.share < 0.85 && !calm.matches) sheet.pulse({...step, share: step.share / 0.85})
    say(step.layer)
  }

  const play = () => {
    stop()
    sheet.prepare()
    animate(elapsed => {
      const step = progress(elapsed, sheet.layers, SLOW / model.pace)
      if (step === null) stop()
      else tell(step)
      return step !== null
    })
  }

  const step = () => {
    const layer = stepped % sheet.layers + 1
    stop()
    sheet.prepare()
    stepped = layer
    const pace = SLOW / model.pace
    animate(elapsed => {
      const share = Math.min(0.99, elapsed / pace)
      tell({layer, share})
      return share < 0.99
    })
  }

  listen(model, el, {"pen-up": pulse, "pen-down": stop})
  model.on("plays", play)
  model.on("steps", step)
  const box = document.createElement("div")
  box.append(canvas, words)
  return box
}
