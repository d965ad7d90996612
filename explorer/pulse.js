// When the pen lifts, one pulse runs through the edges that carry signal, layer by layer, and
// the winner is boxed at its end. It only retells numbers that already stand in the picture.

export const STEP = 190          // milliseconds from one layer to the next
const FLASH = 110
const MOST = 48                  // edges a pulse runs along in one layer
const COLOURS = {positive: "#58C4DD", negative: "#FC6255", box: "#FFFF00"}

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
export function progress(elapsed, layers) {
  const layer = Math.floor(elapsed / STEP) + 1
  return layer > layers ? null : {layer, share: elapsed % STEP / STEP}
}

const eased = share => share * share * (3 - 2 * share)

export function render({model}) {
  const {edges, inputs, neurons, winner, plot} = model
  const canvas = document.createElement("canvas")
  canvas.setAttribute("aria-hidden", "true")
  const context = canvas.getContext("2d")
  const calm = matchMedia("(prefers-reduced-motion: reduce)")
  let running = 0

  const firsts = () => {
    const first = []
    neurons.data.layer.forEach((layer, row) => { first[layer] ??= row })
    return first
  }

  const plan = layers => {
    const first = firsts()
    const activationOf = (layer, number) =>
      (layer === 0 ? inputs.data.activation[number] : neurons.data.activation[first[layer] + number])
    return Array.from({length: layers}, (_, i) => carriers(edges.data, activationOf, i + 1))
  }

  const fit = () => {
    const ratio = devicePixelRatio
    canvas.width = canvas.clientWidth * ratio
    canvas.height = canvas.clientHeight * ratio
    const [sx, sy] = [canvas.width / plot.x_range.end, canvas.height / plot.y_range.end]
    return {x: x => x * sx, y: y => canvas.height - y * sy, unit: sx}
  }

  const drawStep = (rows, share, to) => {
    const {x0, y0, x1, y1, weight} = edges.data
    const at = eased(share)
    const tail = Math.max(0, at - 0.18)
    context.lineWidth = 0.55 * to.unit
    context.lineCap = "round"
    for (const row of rows) {
      const point = t => [to.x(x0[row] + t * (x1[row] - x0[row])), to.y(y0[row] + t * (y1[row] - y0[row]))]
      context.strokeStyle = weight[row] > 0 ? COLOURS.positive : COLOURS.negative
      context.beginPath()
      context.moveTo(...point(tail))
      context.lineTo(...point(at))
      context.stroke()
    }
  }

  const drawBox = (share, to) => {
    const [x, y] = [winner.data.x?.[0], winner.data.y?.[0]]
    if (x === undefined) return
    const [width, height] = [11.4 + 5 * (1 - share), 5.6 + 5 * (1 - share)]
    context.strokeStyle = COLOURS.box
    context.globalAlpha = share
    context.lineWidth = 0.4 * to.unit
    context.strokeRect(to.x(x - width / 2), to.y(y + height / 2), width * to.unit, height * to.unit)
    context.globalAlpha = 1
  }

  const run = () => {
    if (!model.enabled || calm.matches) return
    const layers = Math.max(...neurons.data.layer)
    const [rows, to, turn] = [plan(layers), fit(), ++running]
    let start = null
    const frame = now => {
      if (turn !== running) return
      start ??= now
      context.clearRect(0, 0, canvas.width, canvas.height)
      const step = progress(now - start, layers)
      const flash = (now - start - layers * STEP) / FLASH
      if (step !== null) drawStep(rows[step.layer - 1], step.share, to)
      else if (flash < 1) drawBox(flash, to)
      else return
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }

  const stop = () => {
    running++
    context.clearRect(0, 0, canvas.width, canvas.height)
  }

  document.addEventListener("pen-up", run)
  document.addEventListener("pen-down", stop)
  model.on("remove", () => {
    document.removeEventListener("pen-up", run)
    document.removeEventListener("pen-down", stop)
  })
  return canvas
}
