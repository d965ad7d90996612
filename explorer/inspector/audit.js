// The audit: hands the server what this browser really holds, and shows the verdict.

import {text} from "../browser/texts.js"

// The weights of the drawn edges in the order of the network: layer, target, source.
export function weightsInOrder({layer, source, target, weight}) {
  const order = Array.from(weight.keys()).sort((i, j) =>
    layer[i] - layer[j] || target[i] - target[j] || source[i] - source[j])
  return order.map(i => weight[i])
}

// How many edges are drawn stronger than a heavier one of their layer, or lie on the wrong side
// of the colours: a heavier weight must never be the fainter line.
export function miscoloured({layer, weight, alpha}) {
  const order = Array.from(weight.keys()).sort((i, j) =>
    layer[i] - layer[j] || Math.abs(weight[i]) - Math.abs(weight[j]))
  let wrong = 0
  for (let k = 1; k < order.length; k++) {
    const [before, here] = [order[k - 1], order[k]]
    if (layer[before] === layer[here] && alpha[here] < alpha[before] - 1e-6) wrong++
  }
  return wrong
}

export function held({inputs, neurons, edges}) {
  return {
    circles: [...inputs.data.activation, ...neurons.data.activation],
    weights: weightsInOrder(edges.data),
    miscoloured: miscoloured(edges.data),
  }
}

export function render({model}) {
  const button = (label, type) => {
    const made = Object.assign(document.createElement("button"), {type: "button", textContent: label})
    made.addEventListener("click", () => model.send_msg({type, held: held(model)}))
    return made
  }
  const neuron = button(text("audit.neuron"), "neuron")
  const network = button(text("audit.network"), "network")
  const verdict = document.createElement("ul")
  verdict.dataset.testid = "verdict"
  verdict.setAttribute("aria-live", "polite")

  const show = () => {
    neuron.hidden = !model.selected
    verdict.replaceChildren(...model.verdict.map(([sentence, good]) => {
      const line = document.createElement("li")
      line.className = good ? "good" : "bad"
      line.textContent = good ? text("audit.good", {sentence}) : text("audit.bad", {sentence})
      return line
    }))
  }
  model.on(["verdict", "selected"], show)
  show()
  const buttons = document.createElement("div")
  buttons.className = "buttons"
  buttons.append(neuron, network)
  const box = document.createElement("div")
  box.append(buttons, verdict)
  return box
}
