// Ink: from the points of strokes to pixels, by the formula of core/ink/brush.py.

export const SIZE = 28
const SOFTNESS = 1.2

// Ink, 0-1, at a distance in pixels from the path of a pen that is `width` pixels wide.
export function coverage(distance, width) {
  const ink = ((width + SOFTNESS) / 2 - distance) / SOFTNESS
  return Math.min(1, Math.max(0, ink))
}

export function distanceToSegment(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const along = squared > 0 ? ((x - ax) * dx + (y - ay) * dy) / squared : 0
  const share = Math.min(1, Math.max(0, along))
  return Math.hypot(x - ax - share * dx, y - ay - share * dy)
}

// Draw (or erase) one movement of the pen into `image`, 784 numbers row by row.
export function stamp(image, from, to, width, erases) {
  const reach = (width + SOFTNESS) / 2
  const clip = value => Math.min(SIZE, Math.max(0, value))
  const first = axis => clip(Math.floor(Math.min(from[axis], to[axis]) - reach))
  const last = axis => clip(Math.ceil(Math.max(from[axis], to[axis]) + reach))
  for (let row = first(1); row < last(1); row++)
    for (let column = first(0); column < last(0); column++) {
      const ink = coverage(distanceToSegment(column + 0.5, row + 0.5, from, to), width)
      const at = row * SIZE + column
      image[at] = erases ? Math.min(image[at], 1 - ink) : Math.max(image[at], ink)
    }
}

// Draw the movements of a stroke from the point number `since` on.
export function draw(image, {points, width, erases}, since = 0) {
  for (let i = since; i < points.length; i++)
    stamp(image, points[Math.max(0, i - 1)], points[i], width, erases)
}

export function rasterize({base, strokes}) {
  const image = base ? Float32Array.from(base.flat()) : new Float32Array(SIZE * SIZE)
  for (const stroke of strokes) draw(image, stroke)
  return image
}

// Draw parts of strokes, as they are sent, on top of a drawing. Returns the stroke that goes on
// (`open` if there is one), or null: what goes on with a stroke that is gone is no ink.
export function drawParts(drawing, parts, open = null) {
  for (const {begins, points, width, erases} of parts)
    if (begins) drawing.strokes.push(open = {points: [...points], width, erases})
    else open?.points.push(...points)
  return open
}
