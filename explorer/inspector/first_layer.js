// All weight images of the first layer; each is as bright as its neuron is on.

import {text} from "../browser/texts.js"

const SIDE = 28
const DIMMEST = 0.25
const GAP = 0.02   // of the width

// The circles are painted first: what explains them follows in the same breath, after the frame.
const afterFrame = task => requestAnimationFrame(() => setTimeout(task))

// The weights into each neuron of the first layer, from the table of edges: one array each.
export function firstLayer(edges) {
  const rows = []
  for (let i = 0; i < edges.layer.length; i++) {
    if (edges.layer[i] !== 1) continue
    const row = rows[edges.target[i]] ??= new Float32Array(SIDE * SIDE)
    row[edges.source[i]] = edges.weight[i]
  }
  return rows
}

// RGBA bytes of weights against their own largest, by the palette of 255 colours.
export function painted(weights, colours) {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1
  const bytes = new Uint8ClampedArray(4 * weights.length).fill(255)
  weights.forEach((weight, i) => {
    const shade = Math.round(127 * (1 + weight / largest))
    for (let channel = 0; channel < 3; channel++) bytes[4 * i + channel] = colours[3 * shade + channel]
  })
  return bytes
}

// One picture of the weights, to be drawn at any size.
function bitmap(weights, colours) {
  const canvas = Object.assign(document.createElement("canvas"), {width: SIDE, height: SIDE})
  canvas.getContext("2d").putImageData(new ImageData(painted(weights, colours), SIDE, SIDE), 0, 0)
  return canvas
}

// Where the tiles stand in a square of this many pixels: the columns, their side, their pitch.
export function tiling(count, size) {
  const columns = Math.ceil(Math.sqrt(count))
  const gap = GAP * size
  const side = (size - gap) / columns - gap
  return {columns, side, place: at => gap + at * (side + gap)}
}

function button(number, choose) {
  const made = Object.assign(document.createElement("button"), {type: "button"})
  made.setAttribute("aria-label", text("first_layer.weights", {neuron: `1:${number}`}))
  made.addEventListener("click", () => choose(number))
  return made
}

// All tiles are drawn on one canvas: tiles with an opacity of their own cost more in each frame
// than all circles of the network.
export function render({model}) {
  const wall = Object.assign(document.createElement("div"), {className: "tiles"})
  const canvas = document.createElement("canvas")
  canvas.setAttribute("aria-hidden", "true")
  const context = canvas.getContext("2d")
  const choose = number => model.send_msg({type: "choose", number})
  let weights = null
  let bitmaps = []

  const light = () => {
    if (canvas.width === 0) return  // nobody sees it: a neuron is selected
    const {layer, brightness} = model.neurons.data
    const first = layer.indexOf(1)
    const {columns, side, place} = tiling(bitmaps.length, canvas.width)
    context.imageSmoothingEnabled = false
    context.globalAlpha = 1
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.strokeStyle = "#fff"
    context.lineWidth = side / 24
    bitmaps.forEach((picture, number) => {
      const share = brightness[first + number]
      const [x, y] = [place(number % columns), place(Math.floor(number / columns))]
      context.globalAlpha = DIMMEST + (1 - DIMMEST) * share
      context.drawImage(picture, x, y, side, side)
      if (share > 0.5) context.strokeRect(x, y, side, side)
    })
  }
  const fit = () => {
    canvas.width = canvas.height = Math.round(canvas.clientWidth * devicePixelRatio)
    light()
  }
  const paint = () => {
    if (model.edges.data.weight === weights) return
    weights = model.edges.data.weight
    bitmaps = firstLayer(model.edges.data).map(row => bitmap(row, model.colours))
    const {columns} = tiling(bitmaps.length, 1)
    wall.style.setProperty("--columns", columns)
    wall.replaceChildren(canvas, ...bitmaps.map((_, number) => button(number, choose)))
    light()
  }
  model.edges.properties.data.change.connect(paint)
  model.neurons.properties.data.change.connect(() => afterFrame(light))
  paint()
  new ResizeObserver(fit).observe(canvas)
  return wall
}
