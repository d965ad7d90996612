// The answer of a network in words. `reading` is what its outputs stand for: their `labels`, and
// whether these are the `digits` in their order.

import {number, text} from "../browser/texts.js"

// The sentence for an answer; `digit`, the number of an output, is null on a blank pad, and `others`
// are the other outputs that count.
export function sentence({digit, sure}, others, {labels, digits}) {
  const [label, other] = [labels[digit], labels[others[0]]]
  if (digit === null) return digits ? text("outputs.blank") : text("outputs.blank_any")
  if (!sure) return digits ? text("outputs.unsure") : text("outputs.unsure_any")
  if (others.length > 0)
    return digits ? text("outputs.torn", {digit: label, other}) : text("outputs.torn_any", {label, other})
  return digits ? text("outputs.sure", {digit: label}) : text("outputs.sure_any", {label})
}

// The outputs that reach the threshold, but for the largest; the larger come first. Where softmaxes
// are to reach a half, no second one can.
export function rivals(activations, {digit}, {threshold, bySoftmax}) {
  if (bySoftmax) return []
  return [...activations.keys()]
    .filter(other => other !== digit && activations[other] >= threshold)
    .sort((one, other) => activations[other] - activations[one])
}

// The softmax of the largest of some outputs.
export function softmaxOfLargest(activations) {
  const largest = Math.max(...activations)
  return 1 / activations.reduce((sum, each) => sum + Math.exp(each - largest), 0)
}

// What an answer takes, and which is the closest when nothing reaches that.
export function doubt({digit, sure}, {threshold: least, bySoftmax}, activations, {labels}) {
  const threshold = number(least, 2)
  const counts = digit === null || sure
  if (!bySoftmax)
    return counts ? text("outputs.threshold", {threshold}) : text("outputs.below", {threshold, digit: labels[digit]})
  if (counts) return text("outputs.softmax", {threshold})
  const share = number(softmaxOfLargest(activations), 2)
  return text("outputs.below_softmax", {threshold, share, label: labels[digit]})
}

const short = ({digit, sure}, labels) =>
  digit === null ? "–" : sure ? labels[digit] : text("outputs.maybe", {digit: labels[digit]})

// What the lens makes of it: both answers side by side.
export function comparison({drawn, centred}, {labels}) {
  if (drawn.digit === null) return ""
  return text("outputs.centring", {drawn: short(drawn, labels), centred: short(centred, labels)})
}
