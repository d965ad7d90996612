// A Bokeh plot as an SVG: the same shapes, in the same places, colours and order, as vectors. Only
// what the plots of the explorer use is known: segments, circles, rectangles, texts.

// In which order Bokeh paints them.
const LEVELS = ["image", "underlay", "glyph", "guide", "annotation", "overlay"]

export const fixed = value => String(Number(value.toFixed(2)))

const ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

export const escaped = words => String(words).replace(/[&<>"]/g, sign => ESCAPES[sign])

// An element with its attributes; those without a value are left out.
export function tag(name, attributes, content = null) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? fixed(value) : value)}"`)
  return content === null ? `<${name}${written.join("")}/>`
    : `<${name}${written.join("")}>${escaped(content)}</${name}>`
}

// The colour that a linear scale gives a value.
export function mapped({palette, low, high}, value) {
  const place = Math.floor((value - low) / (high - low) * palette.length)
  return palette[Math.max(0, Math.min(palette.length - 1, place))]
}

// What a property of a glyph is in each row: a column of the data, or one value for all.
function reader(property, data) {
  if (property === null || typeof property !== "object") return () => property
  const {field, value, transform} = property
  if (field === undefined) return () => value
  const column = data[field]
  return transform ? row => mapped(transform, column[row]) : row => column[row]
}

const NAMES = ["x", "y", "x0", "y0", "x1", "y1", "radius", "width", "height", "text", "text_color", "text_font_size", "text_align",
  "fill_color", "fill_alpha", "line_color", "line_alpha", "line_width"]

// Where numbers of a plot are, in pixels.
function placing({x_range, y_range}, width, height) {
  const across = width / (x_range.end - x_range.start)
  const up = height / (y_range.end - y_range.start)
  return {
    x: value => (value - x_range.start) * across,
    y: value => height - (value - y_range.start) * up,
    across: value => value * across,
    up: value => value * up,
  }
}

const colours = ({fill_color, fill_alpha, line_color, line_alpha, line_width}) => ({
  fill: fill_color ?? "none",
  "fill-opacity": fill_color && fill_alpha < 1 ? fill_alpha : null,
  ...line(line_color ? {line_color, line_alpha, line_width} : {}),
})

const line = ({line_color: stroke = null, line_alpha, line_width}) => stroke === null ? {} :
  {stroke, "stroke-opacity": line_alpha < 1 ? line_alpha : null, "stroke-width": line_width}

const isSeen = ({fill_color, fill_alpha, line_color, line_alpha}) =>
  fill_color && fill_alpha > 0 || line_color && line_alpha > 0

// Where a text has its place, as an SVG calls it; all stand by the middle of their height.
const ANCHORS = {left: "start", center: "middle", right: "end"}

const SHAPES = {
  Segment: (at, row) => row.line_alpha > 0 && tag("line", {
    x1: at.x(row.x0), y1: at.y(row.y0), x2: at.x(row.x1), y2: at.y(row.y1), ...line(row),
  }),
  Circle: (at, row) => isSeen(row) && tag("circle", {
    cx: at.x(row.x), cy: at.y(row.y), r: at.across(row.radius), ...colours(row),
  }),
  Rect: (at, row, glyph) => isSeen(row) && tag("rect", {
    x: at.x(row.x) - at.across(row.width) / 2, y: at.y(row.y) - at.up(row.height) / 2,
    width: at.across(row.width), height: at.up(row.height), rx: glyph.border_radius || null,
    ...colours(row),
  }),
  Text: (at, row) => tag("text", {
    x: at.x(row.x), y: at.y(row.y), fill: row.text_color, "font-size": row.text_font_size,
    "text-anchor": ANCHORS[row.text_align], "dominant-baseline": "central",
  }, row.text),
}

function* shapes({glyph, data_source: {data}}, at) {
  const draw = SHAPES[glyph.type]
  if (!draw) return
  const readers = NAMES.filter(name => glyph[name] !== undefined)
    .map(name => [name, reader(glyph[name], data)])
  const rows = Object.values(data)[0]?.length ?? 0
  for (let i = 0; i < rows; i++) {
    const row = Object.fromEntries(readers.map(([name, read]) => [name, read(i)]))
    const isPlaced = [row.x, row.y, row.x0, row.y0, row.x1, row.y1].every(each => !Number.isNaN(each))
    const drawn = isPlaced && draw(at, row, glyph)
    if (drawn) yield drawn
  }
}

// The elements of a plot of so many pixels.
export function plotShapes(plot, width, height) {
  const at = placing(plot, width, height)
  const seen = plot.renderers.filter(({visible}) => visible)
  return LEVELS.flatMap(level => seen.filter(each => each.level === level))
    .flatMap(renderer => [...shapes(renderer, at)])
}
