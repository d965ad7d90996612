// What the picture really draws: its glyphs' properties, row by row, as Bokeh takes them from the
// columns of their sources.

// A number for each row: from a column, or the same for all.
const numbers = ({field, value}, data, count) => field ? data[field] : Array(count).fill(value)

// Colours as 0xRRGGBBAA. Edges have them from a column, by their sign, or they have none.
const colours = ({field, transform}, data) => field && transform ? transform.v_compute(data[field]) : []

// The edges in the order in which they are drawn: which they are, and how they look.
export function drawnEdges({glyph, data_source: {data}}) {
  const count = data.weight.length
  const places = ["x0", "y0", "x1", "y1"].map(name => [name, numbers(glyph[name], data, count)])
  return {
    layer: data.layer, source: data.source, target: data.target, weight: data.weight,
    alpha: numbers(glyph.line_alpha, data, count),
    width: numbers(glyph.line_width, data, count),
    colour: colours(glyph.line_color, data),
    ...Object.fromEntries(places),
  }
}

// All circles, layer by layer, the input first: where they are, how bright, and the activation that
// is told under the pointer.
export function drawnCircles(...renderers) {
  const circles = {x: [], y: [], brightness: [], activation: []}
  for (const {glyph, data_source: {data}} of renderers) {
    circles.x.push(...data.x)
    circles.y.push(...data.y)
    circles.activation.push(...data.activation)
    circles.brightness.push(...numbers(glyph.fill_alpha, data, data.x.length))
  }
  return circles
}
