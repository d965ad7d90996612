import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {mapped, plotShapes, tag} = await load("exchange/plot_svg.js")
const {flowed, said, stageSvg} = await load("exchange/stage_svg.js")
const {scaleWithin} = await load("exchange/raster.js")
const {measures} = await load("exchange/neuron_picture.js")

const renderer = (type, level, glyph, data, visible = true) =>
  ({level, visible, glyph: {type, ...glyph}, data_source: {data}})

// A plot of 10 × 10 units, so that on 100 × 100 pixels a unit has ten.
const plot = (...renderers) =>
  ({x_range: {start: 0, end: 10}, y_range: {start: 0, end: 10}, renderers})

const drawn = (...renderers) => plotShapes(plot(...renderers), 100, 100)

const sign = {palette: ["red", "blue"], low: -1e-30, high: 1e-30}

const edges = {
  x0: {field: "x0"}, y0: {field: "y0"}, x1: {field: "x1"}, y1: {field: "y1"},
  line_color: {field: "carried", transform: sign}, line_alpha: {field: "alpha"}, line_width: {field: "width"},
}

test("an edge is a line where it is drawn, in its colour, opacity and width", () => {
  const data = {x0: [1, NaN, 1], y0: [2, 2, 2], x1: [3, 3, 3], y1: [4, 4, 4], carried: [-0.5, 1, 1],
    alpha: Float32Array.of(0.25, 1, 0), width: [1.5, 1, 1]}
  assert.deepEqual(drawn(renderer("Segment", "underlay", edges, data)), [
    '<line x1="10" y1="80" x2="30" y2="60" stroke="red" stroke-opacity="0.25" stroke-width="1.5"/>',
  ], "what begins nowhere and what is left out is not drawn")
})

test("a circle has the look of its neuron, and one without any is not there", () => {
  const circle = {x: {field: "x"}, y: {field: "y"}, radius: {value: 0.5}, fill_color: {value: "#ffffff"},
    fill_alpha: {field: "a"}, line_color: {value: null}, line_alpha: {value: 1}, line_width: {value: 1}}
  assert.deepEqual(drawn(renderer("Circle", "overlay", circle, {x: [5, 6], y: [5, 6], a: [0.5, 0]})),
    ['<circle cx="50" cy="50" r="5" fill="#ffffff" fill-opacity="0.5"/>'])
})

test("a box is centred where it is, with its round corners, and a text is no markup", () => {
  const box = {x: {field: "x"}, y: {field: "y"}, width: {value: 2}, height: {value: 1}, border_radius: 4,
    fill_color: {value: null}, line_color: {value: "yellow"}, line_alpha: {value: 1}, line_width: {value: 2}}
  const label = {x: {field: "x"}, y: {field: "y"}, text: {field: "text"}, text_color: {value: "white"},
    text_font_size: {value: "12px"}, text_align: {field: "align"}}
  assert.deepEqual(drawn(renderer("Rect", "overlay", box, {x: [5], y: [5]}),
    renderer("Text", "glyph", label, {x: [1, 2], y: [1, 2], text: ["<3 & \"A\"", "b"], align: ["center", "left"]})), [
    '<text x="10" y="90" fill="white" font-size="12px" text-anchor="middle" dominant-baseline="central">&lt;3 &amp; &quot;A&quot;</text>',
    '<text x="20" y="80" fill="white" font-size="12px" text-anchor="start" dominant-baseline="central">b</text>',
    '<rect x="40" y="45" width="20" height="10" rx="4" fill="none" stroke="yellow" stroke-width="2"/>',
  ], "and what is painted on top comes last")
})

test("what is hidden, or of a kind that nobody knows, is left out", () => {
  const label = {x: {value: 1}, y: {value: 1}, text: {field: "text"}}
  assert.deepEqual(drawn(renderer("Text", "glyph", label, {text: ["a"]}, false),
    renderer("Wedge", "glyph", {}, {x: [1]})), [])
})

test("values beyond a scale of colours have its last ones", () => {
  const scale = {palette: ["a", "b", "c", "d"], low: -2, high: 2}
  assert.deepEqual([-9, -2, -0.5, 0, 1.9, 2, 9].map(value => mapped(scale, value)),
    ["a", "a", "b", "c", "d", "d", "d"])
})

const told = {
  plot: plot(), width: 100, height: 100, marks: [[5, 5]], layers: ["data:image/png;base64,AA"], sentences: ["the gradient"],
  legend: {circles: ["activation 0", "1"], edges: ["weight −", "+"], brightest: "largest ±1"},
}
const options = {isExplained: true, caption: "Net <1>", measure: words => 6 * words.length}

test("the picture stands on the dark ground, with all that lies over the plot", () => {
  const {markup, width, height} = stageSvg(told, {...options, isExplained: false})
  assert.deepEqual([width, height], [100, 100])
  assert.match(markup, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="100" height="100" viewBox="0 0 100 100"/)
  assert.match(markup, /<rect width="100" height="100" fill="#0b0d12"\/>/)
  assert.match(markup, /<circle cx="50" cy="50" r="3.5" fill="#FFFF00"/)
  assert.match(markup, /<image href="data:image\/png;base64,AA" width="100" height="100"/)
  assert.doesNotMatch(markup, /Net|activation/)
})

test("below it stand the legend, what other parts say of their colours, and the network", () => {
  const {markup, height} = stageSvg(told, options)
  for (const words of ["activation 0", "weight −", "largest ±1", "Net &lt;1&gt;"])
    assert.ok(markup.includes(`>${words}</text>`), words)
  assert.ok(height > 150)
  const larger = stageSvg(told, {...options, scale: 4})
  assert.deepEqual([larger.width, larger.height], [400, 4 * height])
  assert.match(larger.markup, new RegExp(`viewBox="0 0 100 ${height}"`), "the same picture, larger")
})

test("a legend goes on in the next line where there is no room, sentences at a space", () => {
  const parts = said("one two three four", 60, options.measure)
  assert.deepEqual(parts.map(({width}) => width), [42, 60])
  const {height} = flowed(parts, 80)
  assert.equal(height, flowed(parts.slice(0, 1), 80).height + 20)
})

test("attributes without a value are left out", () =>
  assert.equal(tag("a", {b: null, c: undefined, d: 0.123456}), '<a d="0.12"/>'))

test("a picture is as large as asked for, if a canvas can be", () => {
  assert.equal(scaleWithin(4, 1000, 500), 4)
  const scale = scaleWithin(4, 4000, 2000)
  assert.ok(scale < 4 && Math.round(scale * 4000) * Math.round(scale * 2000) <= 16_100_000)
})

test("pixels are enlarged by whole numbers, and tiles fill lines", () => {
  assert.deepEqual([measures(1, 28).scale, measures(1, 28).across], [29, 812])
  const {columns, scale, tile, across, down} = measures(16, 28)
  assert.deepEqual([columns, Number.isInteger(scale), across], [4, true, down])
  assert.ok(across <= 800 && tile === 28 * scale + 18)
  assert.ok(measures(10, 4).down < measures(10, 4).across)
  assert.equal(measures(512, 64).scale, 1)
})
