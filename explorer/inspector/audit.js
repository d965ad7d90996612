// The audit: is what is drawn what follows from the numbers that the server has stored?

import {button, element} from "../browser/dom.js"
import {tell} from "../browser/scope.js"
import {text} from "../browser/texts.js"
import {compareEdges, largestDifference} from "./comparison.js"
import {drawnCircles, drawnEdges} from "./drawn_look.js"
import {expectedCircles, expectedEdges} from "./expected_look.js"

// How far a 32-bit number may be from the one that it shows.
const EXACT = 1e-6

// A sentence on numbers that are drawn, and whether it is good news.
const within = (say, count, difference) =>
  [say({count, difference: difference.toExponential(1)}), difference <= EXACT]

// What is said of the circles, [[sentence, whether it is good news]].
export function onCircles(circles, stored) {
  const difference = Math.max(
    largestDifference(circles.brightness, expectedCircles(stored)),
    largestDifference(circles.activation, stored.activations))
  return [within(values => text("audit.circles", values), circles.brightness.length, difference)]
}

// What is said of the edges.
export function onEdges(edges, circles, stored) {
  const {difference, wrong} = compareEdges(edges, expectedEdges(stored), circles, stored)
  const shown = stored.signal ? text("audit.contribution") : text("audit.weight")
  return [
    within(values => text("audit.edges", values), edges.weight.length, difference),
    ...onLook(wrong, shown),
  ]
}

// One sentence for each property that is not as it has to be, or one for all.
function onLook({missing, opacity, width, colour, place, order}, shown) {
  const found = [
    [missing, text("audit.missing", {count: missing})],
    [opacity, text("audit.opacity", {count: opacity, shown})],
    [width, text("audit.width", {count: width, shown})],
    [colour, text("audit.colour", {count: colour, shown})],
    [place, text("audit.place", {count: place})],
    [order, text("audit.order", {count: order, shown})],
  ]
  const bad = found.filter(([count]) => count > 0).map(([, sentence]) => [sentence, false])
  return bad.length > 0 ? bad : [[text("audit.look", {shown}), true]]
}

function line([sentence, good]) {
  return element("li", {
    className: good ? "good" : "bad",
    textContent: good ? text("audit.good", {sentence}) : text("audit.bad", {sentence}),
  })
}

export function render({model, el}) {
  const ask = (label, type) => button(label, () => model.send_msg({type}))
  const neuron = ask(text("audit.neuron"), "neuron")
  const network = ask(text("audit.network"), "network")
  const verdict = element("ul")
  verdict.dataset.testid = "verdict"
  verdict.setAttribute("aria-live", "polite")

  // What waits to be painted after a stroke is painted first.
  const look = stored => {
    tell(el, "finish-edges")
    const circles = drawnCircles(model.inputs, model.neurons)
    return [...onCircles(circles, stored), ...onEdges(drawnEdges(model.edges), circles, stored)]
  }
  const show = () => {
    const {recomputed, stored} = model.result ?? {}
    const sentences = stored ? [...recomputed, ...look(stored)] : []
    verdict.replaceChildren(...sentences.map(line))
  }
  const offer = () => { neuron.hidden = !model.selected }
  model.on("result", show)
  model.on("selected", offer)
  show()
  offer()
  return element("div", {}, element("div", {className: "buttons"}, neuron, network), verdict)
}
