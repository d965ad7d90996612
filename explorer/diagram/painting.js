// When Bokeh paints a figure.

// Bokeh lets 16.7 ms pass between two paintings and then waits for a frame, so that a stroke missed
// every other one. A painting that is asked for belongs into the next frame, whatever was before.
export function paintInNextFrame(view, nextFrame = requestAnimationFrame) {
  let asked = null
  const paint = async () => {
    await new Promise(nextFrame)
    asked = null
    if (!view.is_destroyed) view.repaint()
  }
  view.throttled_paint = () => asked ??= paint()
}
