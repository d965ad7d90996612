// When Bokeh paints a figure, and where it stands in the tab order.

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

// Bokeh's canvas is in the tab order without a name; what is around it has both.
export function quiet(root) {
  for (const each of root.querySelectorAll("*")) {
    if (each.classList.contains("bk-events")) each.tabIndex = -1
    if (each.shadowRoot) quiet(each.shadowRoot)
  }
}

// The same, whenever Bokeh may have made its canvas anew.
export function keepQuiet(root) { new ResizeObserver(() => quiet(root)).observe(root) }
