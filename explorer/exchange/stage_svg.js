// The stage as an SVG on its dark ground, whatever the theme: the plot, what other parts have painted
// over it, and below it what the colours mean.

import {GROUND, NEGATIVE, POSITIVE, RING, SELECTED} from "../browser/palette.js"
import {escaped, plotShapes, tag} from "./plot_svg.js"

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
const CAPTION = "#a9b1be"
const [SIZE, LINE, MARGIN, GAP, RAMP] = [12, 20, 10, 18, 48]

// A scale of colours from the left to the right.
function gradient(id, ...colours) {
  const stop = (colour, i) => tag("stop", {offset: i / (colours.length - 1), "stop-color": colour})
  return `<linearGradient id="${id}">${colours.map(stop).join("")}</linearGradient>`
}

const GRADIENTS = `<defs>${gradient("grey", GROUND, RING)}${gradient("signed", NEGATIVE, GROUND, POSITIVE)}</defs>`

const words = (x, y, said) =>
  tag("text", {x, y, fill: CAPTION, "font-size": `${SIZE}px`, "dominant-baseline": "central"}, said)

// A part of the legend from x on: its width, and what draws it on a line.
function ramp([from, to], gradient, measure) {
  const [before, after] = [measure(from), measure(to)]
  const draw = (x, y) => words(x, y, from) + tag("rect", {
    x: x + before + 5, y: y - 5, width: RAMP, height: 10, rx: 3, fill: `url(#${gradient})`, stroke: "#3a4150",
  }) + words(x + before + RAMP + 10, y, to)
  return {width: before + RAMP + 10 + after, draw}
}

// A sentence in as many parts as it takes lines of this width.
export function said(sentence, width, measure) {
  const lines = []
  for (const word of sentence.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map(line => ({width: measure(line), draw: (x, y) => words(x, y, line)}))
}

// The parts in lines of this width: what draws them, and how high they are.
export function flowed(parts, width) {
  const [drawn, last] = [[], {x: MARGIN, y: MARGIN + LINE / 2}]
  for (const part of parts) {
    if (last.x > MARGIN && last.x + part.width > width - MARGIN)
      Object.assign(last, {x: MARGIN, y: last.y + LINE})
    drawn.push([part, last.x, last.y])
    last.x += part.width + GAP
  }
  const height = parts.length === 0 ? 0 : last.y + LINE / 2 + MARGIN
  return {height, draw: top => drawn.map(([part, x, y]) => part.draw(x, top + y))}
}

function legendParts({legend, sentences, caption, width}, measure) {
  return [
    ramp(legend.circles, "grey", measure), ramp(legend.edges, "signed", measure),
    ...[legend.brightest, ...sentences, caption].flatMap(each => said(each, width - 2 * MARGIN, measure)),
  ]
}

// What a part has painted over the stage, which is no vectors.
const painted = (address, width, height) =>
  `<image href="${address}" width="${width}" height="${height}" preserveAspectRatio="none"/>`

// The dots of changed neurons.
function mark([x, y], {x_range, y_range}, width, height) {
  const place = {cx: x / x_range.end * width, cy: height - y / y_range.end * height}
  return tag("circle", {...place, r: 3.5, fill: SELECTED, stroke: GROUND, "stroke-width": 2})
}

// `told` is what the parts of the page tell of the stage: its plot and size in pixels, the marks over
// it, pictures that are painted over it, its legend. `measure` says how wide a text is. The picture is
// `scale` times as large as on the page.
export function stageSvg(told, {isExplained, caption, scale = 1, measure}) {
  const {plot, width, height, marks, layers} = told
  const key = flowed(isExplained ? legendParts({...told, caption}, measure) : [], width)
  const all = height + key.height
  return {width: Math.round(scale * width), height: Math.round(scale * all), markup: [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(scale * width)}" height="${Math.round(scale * all)}" viewBox="0 0 ${width} ${all}" font-family="${escaped(FONT)}">`,
    GRADIENTS,
    tag("rect", {width, height: all, fill: GROUND}),
    ...plotShapes(plot, width, height),
    ...marks.map(place => mark(place, plot, width, height)),
    ...layers.map(address => painted(address, width, height)),
    ...key.draw(height),
    "</svg>",
  ].join("\n")}
}
