// Where the parts of the page stand. The parts themselves are Panel's children.

import {element} from "../browser/dom.js"
import {listenToKeys} from "../browser/keys.js"
import {listenOn, markAsPage, tell} from "../browser/scope.js"
import {browser} from "../browser/storage.js"
import {number, text} from "../browser/texts.js"

const part = (name, label, ...children) => {
  const section = element("section", {className: name}, ...children)
  section.setAttribute("aria-label", label)
  return section
}

// The scales of the picture in words: of the circles, and of the edges.
export function legend({scales, full, signed, signal}) {
  const written = numbers => numbers.map(each => number(each, 2))
  const same = full.every(each => each === full[0])
  const before = [1, ...full]
  const largest = scales.map((scale, i) => signal ? scale * before[i] : scale)
  const values = written(full).join(" · ")
  const size = signed ? text("legend.size") : text("legend.activation")
  const strength = signal ? text("legend.signal") : text("legend.weight")
  return {
    circles: [
      `${size} 0`,
      same ? number(full[0], full[0] === 1 ? 0 : 2) : text("legend.white", {values}),
    ],
    edges: [`${strength} −`, "+"],
    brightest: text("legend.scale", {largest: written(largest).join(" · ±")}),
  }
}

function showLegend(place, model) {
  const {circles, edges, brightest} = legend(model)
  const scale = ([from, to], ramp) =>
    element("span", {}, from, element("i", {className: `ramp ${ramp}`}), to)
  place.replaceChildren(
    scale(circles, "grey"), scale(edges, "signed"), element("span", {textContent: brightest}))
}

// A switch that only this browser knows: `show` is told whether it is on.
function toggle(label, shortcut, on, show) {
  const button = element("button", {type: "button", textContent: label})
  button.setAttribute("aria-keyshortcuts", shortcut)
  const set = value => {
    button.setAttribute("aria-pressed", value)
    show(value)
  }
  button.addEventListener("click", () => set(button.getAttribute("aria-pressed") !== "true"))
  set(on)
  return button
}

const THEME = "neuron-explorer theme"

function themeButton(grid) {
  const show = light => {
    const theme = light ? "light" : "dark"
    for (const each of [grid, document.documentElement]) each.dataset.theme = theme
    browser.keep(THEME, theme)
  }
  return toggle(text("page.light"), "L", browser.recall(THEME) === "light", show)
}

function projectorButton(grid) {
  const button = toggle(text("page.projector"), "P", false, on => grid.classList.toggle("projector", on))
  button.className = "projecting"
  return button
}

// The keys of the page: its own switches, and what the parts have to say to "undo", "redo" and
// "escape".
function hearKeys(model, page, switches) {
  listenToKeys(model, page, command => {
    if (!(command in switches)) return !tell(page, command)
    switches[command].click()
    return true
  })
}

// Bokeh hangs its tooltips into the body, outside of every landmark: this names them for what
// they are, so that a screen reader knows where it is.
function nameTooltips() {
  new MutationObserver(changes => {
    for (const {addedNodes} of changes)
      for (const node of addedNodes)
        if (node.classList?.contains("bk-Tooltip")) node.setAttribute("role", "status")
  }).observe(document.body, {childList: true})
}

export function render({model, el}) {
  nameTooltips()
  const child = name => model.get_child(name)
  const scales = element("p", {className: "legend"})
  const caption = element("p")
  const pad = element("div", {className: "pad"}, child("pad"), child("hand"))
  const tools = element("div", {className: "tools"}, child("controls"), child("examples"))
  const draw = part("draw", text("page.drawing"), pad, tools, child("outputs"))
  const place = element("div", {className: "place"}, child("stage"), child("pulse"))
  const stage = part("stage", text("page.network"), element("div", {className: "frame"}, place),
    element("div", {className: "below"}, scales,
      element("div", {className: "lines"}, child("view"), child("propagation"))))
  const inspector = part("inspector", text("page.neuron"), child("inspector"))
  const grid = element("div", {className: "grid"})
  markAsPage(grid, el)
  const [projector, theme] = [projectorButton(grid), themeButton(grid)]
  const header = element("header", {},
    element("h1", {textContent: text("page.name")}),
    element("div", {className: "choice"}, child("networks")), child("card"), caption, projector, theme)
  grid.append(child("notice"), child("connection"), header, element("main", {}, draw, stage, inspector))
  const show = () => {
    showLegend(scales, model)
    caption.textContent = model.caption
  }
  hearKeys(model, grid, {projector, theme})
  // While an answer is overdue, what is old is dimmed; and while a forward pass is told that has
  // not come to it, the answer.
  listenOn(model, grid, {
    waiting: ({detail}) => grid.classList.toggle("waiting", detail),
    unfinished: ({detail}) => grid.classList.toggle("unfinished", detail),
  })
  const lock = () => { pad.inert = tools.inert = model.locked }
  model.on(["caption", "scales", "full", "signal"], show)
  model.on("locked", lock)
  show()
  lock()
  document.getElementById("skeleton")?.remove()
  return grid
}
