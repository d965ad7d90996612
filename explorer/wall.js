// All weight images of the first layer; each is as bright as its neuron is on.

const SIDE = 28
const DIMMEST = 0.25

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

function tile(weights, number, colours, choose) {
  const canvas = Object.assign(document.createElement("canvas"), {width: SIDE, height: SIDE})
  canvas.getContext("2d").putImageData(new ImageData(painted(weights, colours), SIDE, SIDE), 0, 0)
  const button = Object.assign(document.createElement("button"), {type: "button"})
  button.setAttribute("aria-label", `Weights of neuron 1:${number}`)
  button.append(canvas)
  button.addEventListener("click", () => choose(number))
  return button
}

export function render({model}) {
  const grid = document.createElement("div")
  grid.className = "grid"
  let weights = null

  const light = () => {
    const {layer, activation} = model.neurons.data
    const first = layer.indexOf(1)
    Array.from(grid.children).forEach((button, number) => {
      const share = Math.min(1, Math.max(0, activation[first + number]))
      button.style.opacity = DIMMEST + (1 - DIMMEST) * share
      button.classList.toggle("on", share > 0.5)
    })
  }
  const paint = () => {
    if (model.edges.data.weight === weights) return
    weights = model.edges.data.weight
    const choose = number => model.send_msg({type: "choose", number})
    grid.replaceChildren(...firstLayer(model.edges.data).map((row, number) =>
      tile(row, number, model.colours, choose)))
    grid.style.setProperty("--columns", Math.ceil(Math.sqrt(grid.children.length)))
    light()
  }
  model.edges.properties.data.change.connect(paint)
  model.neurons.properties.data.change.connect(light)
  paint()
  return grid
}
