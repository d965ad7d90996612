// Times every move of the pen from its pointer event to the frame that shows what came of it.
// Installed before a page's own scripts. A page tells `sent` (a message has left), `answered`
// (its answer is in the page) and `painted` (the canvas was repainted); for pages of Bokeh,
// `watchBokeh` finds these moments by itself.
window.probe = (() => {
  const probe = {times: [], longTasks: []}
  let drawn = []      // moves that wait for a message
  let underway = []   // moves of the message that is under way
  let answered = []   // moves whose answer waits for a frame

  probe.sent = () => { underway.push(...drawn.splice(0)) }
  probe.answered = () => { answered.push(...underway.splice(0)) }

  // The frame is over when a task that was posted while it was painted gets its turn.
  const frame = new MessageChannel()
  const painted = []
  frame.port1.onmessage = () => {
    const now = performance.now()
    for (const start of painted.splice(0)) probe.times.push(now - start)
  }
  probe.painted = () => {
    if (answered.length === 0) return
    painted.push(...answered.splice(0))
    frame.port2.postMessage(null)
  }

  probe.waits = () => drawn.length + underway.length + answered.length + painted.length > 0

  // The event that comes first: a page may answer it before `pointermove` is told.
  const earliest = "onpointerrawupdate" in window ? "pointerrawupdate" : "pointermove"
  window.addEventListener(earliest, event => {
    if (event.buttons) drawn.push(event.timeStamp)
  }, {capture: true})

  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (...data) {
    probe.sent()
    return send.apply(this, data)
  }

  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) probe.longTasks.push(entry.duration)
  }).observe({type: "longtask"})

  probe.watchBokeh = () => {
    const named = name => Bokeh.documents[0].get_model_by_name(name)
    named("neurons").properties.data.change.connect(probe.answered)
    Bokeh.index.find_one(named("network")).repainted.connect(probe.painted)
  }

  // Pages that build a new figure for every answer: a frame with another figure in it.
  probe.watchNewFigures = () => {
    const shown = () => Bokeh.index.query_one(view => view.model.type === "Figure")
    let last = shown()
    const look = () => {
      const figure = shown()
      if (figure !== null && figure !== last && figure.has_finished()) {
        last = figure
        probe.answered()
        probe.painted()
      }
      requestAnimationFrame(look)
    }
    look()
  }

  probe.restart = () => {
    for (const list of [probe.times, probe.longTasks, drawn, underway, answered]) list.length = 0
  }
  return probe
})()
