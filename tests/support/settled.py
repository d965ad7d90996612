"""Whether the figure of the network stands still, asked in a browser of any engine."""

#: A function of Bokeh's view of the figure, to be asked until two answers agree. The frame in the
#: window decides how high the picture is, and the server is told once that frame is at rest: until
#: then the figure stands still too, but in a shape that it is about to lose.
SETTLED = """view => {
  let frame = view?.frame && view.el
  while (frame && !frame.matches(".frame"))
    frame = frame.parentElement ?? frame.getRootNode().host
  if (!frame) return false
  const {left, top, width, height} = view.el.getBoundingClientRect()
  const [across, high] = [view.model.x_range.end, view.model.y_range.end]
  const room = Math.round(across * frame.clientHeight / frame.clientWidth)
  const near = (a, b) => Math.abs(a - b) < 2
  const fits = near(Math.min(Math.max(room, 40), 200), high)
  const shaped = width > 0 && near(height, width / across * high)
  const laidOut = near(view.frame.bbox.width, width) && near(view.frame.bbox.height, height)
  const place = [left, top, width, height].join()
  const stands = place === window.placeBefore
  window.placeBefore = place
  return fits && shaped && laidOut && stands
}"""
