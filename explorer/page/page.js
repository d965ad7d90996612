// Where the parts of the page stand. The parts themselves are Panel's children.

import {button, element} from "../browser/dom.js"
import {listenToKeys} from "../browser/keys.js"
import {languageSwitch} from "../browser/languages.js"
import {listenOn, markAsPage, tell} from "../browser/scope.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {fillFrame} from "../browser/stage_frame.js"
import {isKernels} from "../browser/storage.js"
import {number, text} from "../browser/texts.js"
import {aboutSheet} from "./about.js"
import {makeDraggable} from "./grip.js"
import {makeMenu, menuItem} from "./menu.js"
import {Places} from "./places.js"
import {promptLine} from "./prompts.js"
import {SPOKEN_OF, goToWork} from "./spoken_of.js"
import {shortcutSheet} from "./shortcuts.js"
import {Theme} from "./theme.js"

const part = (name, label, ...children) => {
  const section = element("section", {className: name}, ...children)
  section.setAttribute("aria-label", label)
  return section
}

// The scales of the picture in words: of the circles, and of the edges.
export function legend({scales, full, signed, signal, least}) {
  const strength = signal ? text("legend.signal") : text("legend.weight")
  return {
    circles: [`${signed ? text("legend.size") : text("legend.activation")} 0`, white(full)],
    edges: [`${strength} −`, "+"],
    brightest: text("legend.scale", {
      largest: largest(scales, full, signal),
      percent: number(100 * least),
    }),
  }
}

// From where on circles are white: one number, or one for each layer.
function white(full) {
  if (full.some(each => each !== full[0]))
    return text("legend.white", {values: listed(full, " · ")})
  return listed(full.slice(0, 1), "")
}

// What the brightest edges of each layer carry.
function largest(scales, full, signal) {
  const before = [1, ...full]
  return listed(scales.map((scale, i) => signal ? scale * before[i] : scale), " · ±")
}

const listed = (numbers, between) =>
  numbers.map(each => number(each, Number.isInteger(each) ? 0 : 2)).join(between)

function showLegend(place, model) {
  const {circles, edges, brightest} = legend(model)
  const scale = ([from, to], ramp) =>
    element("span", {}, from, element("i", {className: `ramp ${ramp}`}), to)
  place.replaceChildren(
    scale(circles, "grey"), scale(edges, "signed"), element("span", {textContent: brightest}))
}

// What the projector shows; a button over it leaves it again.
class Projector {
  constructor(page, button) {
    Object.assign(this, {page, button})
    this.leave = element("button", {type: "button", className: "leave", textContent: text("page.leave_projector")})
    for (const each of [button, this.leave]) each.addEventListener("click", () => this.toggle())
    button.setAttribute("aria-pressed", false)
  }

  get isOn() { return this.page.classList.contains("projector") }

  toggle() {
    this.page.classList.toggle("projector")
    this.button.setAttribute("aria-pressed", this.isOn)
  }
}

// The keys of the page: its own switches, and what the parts have to say to "undo", "redo" and
// "escape", which leaves the projector when no part has anything to end.
function hearKeys(model, page, {shortcuts, projector, theme}) {
  const switches = {
    shortcuts: () => shortcuts.togglePopover(),
    projector: () => projector.toggle(),
    theme: () => theme.button.click(),
  }
  listenToKeys(model, page, command => {
    if (command in switches) switches[command]()
    else if (tell(page, command)) {
      if (command !== "escape" || !projector.isOn) return false
      projector.toggle()
    }
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

class Parts {
  constructor(model, el) {
    const child = name => model.get_child(name)
    this.model = model
    this.legend = element("p", {className: "legend"})
    this.caption = element("p")
    this.pad = element("div", {className: "pad"}, child("pad"), child("hand"))
    // In a notebook, back and forward are the notebook's.
    const ownsAddress = document.getElementById("skeleton") !== null && !isKernels()
    this.places = new Places(model, {ownsAddress})
    this.files = element("div", {className: "files"}, child("examples"))
    this.backward = button(text("backward.open"), () =>
      model.send_msg({type: "backpropagation", on: !model.backpropagates}))
    this.backward.className = "backward-opener"
    this.backward.title = text("backward.hint")
    this.backward.setAttribute("aria-label", text("backward.title"))
    this.grid = element("div", {className: "grid"})
    markAsPage(this.grid, el, ownsAddress)
    this.grid.append(element("div", {className: "said"}, child("notice")),
      child("own_networks"), child("kept_edits"), child("run_keeper"), child("taken_away"), child("connection"), this.header(child),
      element("main", {}, this.guide(child), this.drawing(child), this.stage(child), this.inspector(child)),
      ...this.sheets)
  }

  header(child) {
    return element("header", {},
      element("h1", {textContent: text("page.name")}),
      element("div", {className: "choice"}, child("networks")), this.caption,
      this.places.row, child("share"), ...this.menu())
  }

  // The menu's buttons; its sheets stand at the end of the page.
  menu() {
    const light = menuItem(text("page.light"), "L")
    const projecting = menuItem(text("page.projector"), "P")
    const [shortcuts, about] = [shortcutSheet(), aboutSheet()]
    this.switches = {
      shortcuts,
      theme: new Theme(this.grid, light),
      projector: new Projector(this.grid, projecting),
    }
    const sharing = menuItem(text("share.title"), null, () => tell(this.grid, "share"))
    const lesson = menuItem(text("place.lesson"), null, () => this.places.toggleLesson())
    for (const item of [sharing, lesson]) item.className = "narrow"
    const takingAway = (label, sheet) => menuItem(label, null, () => tell(this.grid, "take-away", sheet))
    const [opener, menu] = makeMenu([lesson, sharing, light, projecting,
      takingAway(text("take_away.picture"), "picture"),
      takingAway(text("take_away.worksheet"), "worksheet"),
      menuItem(text("page.print"), null, () => print()),
      menuItem(text("shortcuts.title"), "?", () => shortcuts.showPopover()),
      menuItem(text("about.title"), null, () => about.showPopover()),
      ...languageSwitch()])
    this.sheets = [menu, shortcuts, about]
    return [this.switches.projector.leave, opener]
  }

  // The lesson stands above the panel of the place that it speaks of.
  guide(child) {
    this.lesson = part("lesson", text("place.lesson"), child("guide"))
    const observer = new ResizeObserver(() => this.makeRoom())
    observer.observe(this.lesson)
    this.model.on("remove", () => observer.disconnect())
    return this.lesson
  }

  // On a narrow page the lesson lies over its lower end: what is there must know how high it is.
  makeRoom() {
    const isOver = getComputedStyle(this.lesson).position === "fixed"
    this.grid.style.setProperty("--card", `${isOver ? this.lesson.offsetHeight : 0}px`)
  }

  drawing(child) {
    const tools = element("div", {className: "tools"}, child("controls"), this.files)
    return part("draw", text("page.drawing"), this.pad, tools, child("outputs"))
  }

  stage(child) {
    this.place = element("div", {className: "place"}, child("stage"), child("pulse"),
      element("div", {className: "gradient-overlay"}, child("gradient_overlay")))
    this.frame = element("div", {className: "frame"}, this.place, promptLine(this.model, this.grid))
    const settings = makeSheet(text("page.settings"), child("settings"))
    settings.classList.add("settings")
    const opener = makeOpener(button(text("page.settings")), settings)
    const times = element("div", {className: "times"},
      element("div", {className: "passing"}, child("propagation")),
      element("div", {className: "training-time"}, child("time_line")),
      element("div", {className: "backward-time"}, child("backward_time")))
    const line = element("div", {className: "line"}, times, child("view"), this.backward, opener)
    this.above = element("div", {className: "above"}, this.legend, child("columns"))
    return part("stage", text("page.network"), this.frame, this.above, line, settings)
  }

  inspector(child) {
    this.grip = element("div", {className: "grip"})
    return part("inspector", text("page.neuron"), this.grip,
      element("div", {className: "look"}, child("inspector")),
      element("div", {className: "backward"}, child("backward")),
      element("div", {className: "editor"}, child("edit")),
      element("div", {className: "trainer"}, child("training")),
      element("div", {className: "tester"}, child("testing")))
  }

  // On a phone a neuron's panel is a sheet over the page: the stage moves above it.
  hearSelection() {
    listenOn(this.model, this.grid, {selected: ({detail: some}) => {
      if (some === this.grid.classList.contains("chosen")) return
      this.grid.classList.toggle("chosen", some)
      this.grid.style.removeProperty("--sheet")
      if (some && getComputedStyle(this.grip).display !== "none")
        this.frame.scrollIntoView({block: "start"})
    }})
    makeDraggable(this.grip, {
      move: height => this.grid.style.setProperty("--sheet", `${height}px`),
      putAway: () => tell(this.grid, "escape"),
    })
  }

  // The place changes the side panel alone.
  showPlace() {
    const {place, backpropagates, guided} = this.model
    this.grid.dataset.place = place
    this.grid.classList.toggle("guided", guided)
    if (!guided) this.highlight("")
    this.grid.classList.toggle("backpropagates", backpropagates)
    this.backward.setAttribute("aria-pressed", backpropagates)
    this.places.show()
  }

  // A card of the lesson, or the list of its chapters, which takes the panel's room.
  showCard({isOpen, highlight}) {
    this.grid.classList.toggle("lists", !isOpen)
    this.highlight(highlight)
  }

  // What the lesson speaks of; where the page scrolls, it is brought into sight above the card. A
  // panel that is over the page is in sight, and what it is about shall be.
  highlight(name) {
    this.grid.dataset.highlight = name
    const named = name && this.grid.querySelector(SPOKEN_OF[name])
    if (!named || this.grid.scrollHeight <= this.grid.clientHeight) return
    this.makeRoom()
    const part = getComputedStyle(named).position === "fixed" ? this.frame : named
    const isTall = part.offsetHeight > innerHeight - this.lesson.offsetHeight
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
    part.scrollIntoView({
      block: isTall || part !== named ? "start" : "nearest", behavior: calm ? "auto" : "smooth"})
  }

  show() {
    showLegend(this.legend, this.model)
    this.above.style.setProperty("--columns", this.model.scales.length)
    this.caption.textContent = this.model.caption
  }

  // The controls know which of them a lock leaves: one may look at what one may not draw on.
  lock() {
    const {locked, paused} = this.model
    this.pad.inert = this.files.inert = locked
    this.pad.classList.toggle("paused", paused)
  }

  // What a part asks for: more room; or, while an answer is overdue, that what is old is dimmed, and
  // while a forward pass is told that has not come to it, the answer.
  hearParts() {
    const {grid: {classList}} = this
    listenOn(this.model, this.grid, {
      lesson: () => this.places.toggleLesson(),
      card: ({detail}) => this.showCard(detail),
      work: ({detail}) => goToWork(this.grid, detail),
      enlarge: ({detail}) => classList.toggle("enlarged", detail),
      waiting: ({detail}) => classList.toggle("waiting", detail),
      unfinished: ({detail}) => classList.toggle("unfinished", detail),
      "take-away": ({detail}) => this.model.send_msg({type: "take-away", sheet: detail}),
      "stage-picture": ({detail}) => { detail.legend = legend(this.model) },
    })
  }
}

export function render({model, el}) {
  nameTooltips()
  const parts = new Parts(model, el)
  hearKeys(model, parts.grid, parts.switches)
  parts.hearParts()
  fillFrame(model, parts.grid, parts.frame, parts.place)
  parts.hearSelection()
  model.on(["caption", "scales", "full", "signal", "least"], () => parts.show())
  model.on(["place", "backpropagates", "guided"], () => parts.showPlace())
  model.on(["locked", "paused"], () => parts.lock())
  parts.show()
  parts.lock()
  parts.showPlace()
  document.getElementById("skeleton")?.remove()
  return parts.grid
}
