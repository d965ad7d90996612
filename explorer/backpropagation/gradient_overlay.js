// The gradient, painted over the picture: of the weights into one layer as lines, of the neurons as
// rings. Blue is to be raised, red to be lowered; the scales are fixed, and told.

import {element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {clip} from "../browser/numbers.js"
import {NEGATIVE, POSITIVE} from "../browser/palette.js"
import {listen, tell, watch} from "../browser/scope.js"
import {compact, text} from "../browser/texts.js"

const MOST = 1500                // lines: more take longer than a frame, and cannot be told apart
const FAINTEST = 0.02            // of full colour
const RING = 1.5                 // of a neuron's radius
const RING_A = 1.2               // the same for the gradient of an activation

// The way down is against the slope, from -1 to 1 of what full colour stands for.
export const descent = (slope, full) => clip(-slope / full, -1, 1)

// ∂C/∂w from a source to a target: of one drawing it is δ times the activation of the source. Of a
// mini-batch it is told, of a large layer only where it is large, by its places.
function slopeOf({deltas: [delta], inputs, gradient, places}) {
  if (gradient === undefined) return (source, target) => delta[target] * inputs[source]
  if (places === undefined) return (source, target, sources) => gradient[target * sources + source]
  const byPlace = new Map(Array.from(places, (place, i) => [place, gradient[i]]))
  return (source, target, sources) => byPlace.get(target * sources + source) ?? 0
}

const sourcesOf = ({inputs, sources}) => sources ?? inputs.length

// All numbers below this one.
const upTo = count => Array.from({length: count}, (_, number) => number)

// The weights into a layer with the largest gradients: source, target, and the way down. They are
// sought among some sources and targets, by default among all.
export function steepestWeights(content, only = null, most = MOST,
  {sources = upTo(sourcesOf(content)), targets = upTo(content.deltas[0].length)} = {}) {
  const [slope, all, found] = [slopeOf(content), sourcesOf(content), []]
  for (const target of targets) {
    if (only !== null && target !== only) continue
    for (const source of sources) {
      const size = descent(slope(source, target, all), content.full_weight)
      if (Math.abs(size) > FAINTEST) found.push([source, target, size])
    }
  }
  return found.sort((a, b) => Math.abs(a[2]) - Math.abs(b[2])).slice(-most)
}

// The numbers of the neurons that are drawn, of a layer's places.
const drawn = places => Object.keys(places).map(Number)

// The scales in words.
export function legend({count, full_weight: weight, full: [delta], grad_a, full_grad_a}) {
  const whose = count ? `${text("backward.wall_batch", {count})} ` : ""
  const said = whose + text("backward.legend", {weight: compact(weight, 1), delta: compact(delta, 1)})
  return grad_a.length === 0 ? said : said + text("backward.legend_before", {grad_a: compact(full_grad_a, 1)})
}

class GradientOverlay {
  constructor(model, canvas) {
    Object.assign(this, {model, canvas})
    this.legend = element("p", {hidden: true})
    this.context = canvas.getContext("2d")
    this.isShown = false
  }

  show() {
    const {content} = this.model
    const isShown = content.layer !== undefined
    this.canvas.hidden = this.legend.hidden = !isShown
    if (isShown !== this.isShown) tell(this.canvas, "stage-covered", isShown)
    this.isShown = isShown
    if (!isShown) return
    write(this.legend, legend(content))
    this.paint(content)
  }

  // A picture of the stage holds the gradient, and its scales.
  describePicture({layers, sentences}) {
    if (this.canvas.hidden || this.canvas.width === 0) return
    layers.push(this.canvas.toDataURL())
    sentences.push(this.legend.textContent)
  }

  paint(content) {
    const {canvas, model: {plot}} = this
    canvas.width = canvas.clientWidth * devicePixelRatio
    canvas.height = canvas.clientHeight * devicePixelRatio
    if (canvas.width === 0) return
    this.unit = canvas.width / plot.x_range.end
    this.high = plot.y_range.end
    this.places = this.columns()
    if (!this.fits(content)) return
    this.paintLines(content)
    this.paintRings(content)
  }

  // The neurons of each layer that are drawn, from the input on, by their numbers as [x, y, radius].
  columns() {
    const {inputs: {data: inputs}, neurons: {data: neurons}} = this.model
    const layers = [Array.from(inputs.x, (x, i) => [x, inputs.y[i], 0])]
    neurons.layer.forEach((layer, i) => {
      (layers[layer] ??= [])[neurons.index[i]] = [neurons.x[i], neurons.y[i], neurons.radius[i]]
    })
    return layers
  }

  // Another network can be there already, or not yet.
  fits({sizes}) {
    return this.places.length === sizes.length && this.places[0].length === sizes[0] &&
      sizes.every((size, layer) => this.places[layer].length <= size)
  }

  paintLines(content) {
    const {chosen} = this.model
    const {layer} = content
    const only = chosen?.[0] === layer ? chosen[1] : null
    const [sources, targets] = [layer - 1, layer].map(each => drawn(this.places[each]))
    for (const [source, target, size] of steepestWeights(content, only, MOST, {sources, targets}))
      this.line(this.places[layer - 1][source], this.places[layer][target], size)
  }

  // From rim to rim, so that the circles stay as they are.
  line([x0, y0, r0], [x1, y1, r1], size) {
    const length = Math.hypot(x1 - x0, y1 - y0)
    const at = share => [this.x(x0 + share * (x1 - x0)), this.y(y0 + share * (y1 - y0))]
    this.look(size, (0.05 + 0.35 * Math.abs(size)) * this.unit)
    this.context.beginPath()
    this.context.moveTo(...at(r0 / length))
    this.context.lineTo(...at(1 - r1 / length))
    this.context.stroke()
  }

  paintRings({layer, deltas, full, grad_a, full_grad_a}) {
    deltas.forEach((delta, i) => this.rings(layer + i, delta, full[i], RING))
    if (grad_a.length > 0) this.rings(layer - 1, grad_a, full_grad_a, RING_A)
    this.context.globalAlpha = 1
  }

  rings(layer, slopes, full, share) {
    this.places[layer].forEach(([x, y, radius], i) => {
      this.look(descent(slopes[i], full), 0.5 * this.unit)
      this.context.beginPath()
      this.context.arc(this.x(x), this.y(y), share * radius * this.unit, 0, 2 * Math.PI)
      this.context.stroke()
    })
  }

  look(size, width) {
    this.context.strokeStyle = size < 0 ? NEGATIVE : POSITIVE
    this.context.globalAlpha = Math.abs(size) ** 0.6
    this.context.lineWidth = width
  }

  x(x) { return x * this.unit }
  y(y) { return this.canvas.height * (1 - y / this.high) }
}

export function render({model, el}) {
  const canvas = element("canvas", {hidden: true})
  canvas.setAttribute("aria-hidden", "true")
  canvas.dataset.testid = "gradient-overlay"
  const overlay = new GradientOverlay(model, canvas)
  listen(model, el, {"stage-picture": ({detail}) => overlay.describePicture(detail)})
  const showSoon = whenIdle(() => overlay.show())
  model.on(["content", "chosen"], showSoon)
  watch(model, model.neurons, "data", showSoon)
  new ResizeObserver(showSoon).observe(canvas)
  showSoon()
  return element("div", {}, canvas, overlay.legend)
}
