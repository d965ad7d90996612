// Buttons, toggles and sliders: the browser's own elements, so that keyboards, screen readers
// and fingers meet what they know. Python says which there are and hears what is done.

import {element} from "../browser/dom.js"
import {inscribe} from "../browser/icons.js"
import {listen, tell} from "../browser/scope.js"
import {number} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

function button({name, label, hint = ""}) {
  const made = element("button", {type: "button", name})
  if (hint) made.title = hint
  inscribe(made, name, label)
  return made
}

const caption = label => element("span", {textContent: label})

function slider({name, label, start, end, step}) {
  const input = element("input", {type: "range", name, min: start, max: end, step})
  return element("label", {}, caption(label), input, element("output"))
}

// Each kind of control makes an element that shows at once what the person has done, and says it;
// `show` is what the server says of it.

function pressed(item, say) {
  const made = button(item)
  made.addEventListener("click", () => say({}))
  return {element: made, show: (_, disabled) => { made.disabled = disabled }}
}

function toggled(item, say) {
  const made = button(item)
  const show = value => made.setAttribute("aria-pressed", value)
  made.addEventListener("click", () => {
    const value = made.getAttribute("aria-pressed") !== "true"
    show(value)
    say({value})
  })
  return {element: made, show}
}

function moved(item, say) {
  const made = slider(item)
  const [, input, output] = made.children
  const write = value => { output.value = written(item, value) }
  input.addEventListener("input", () => {
    write(input.valueAsNumber)
    say({value: input.valueAsNumber})
  })
  const show = value => {
    input.value = value
    write(value)
  }
  return {element: made, show}
}

const written = ({shown, factor, digits}, value) =>
  shown.replace("{}", number(value * factor, digits))

const KINDS = {button: pressed, toggle: toggled, slider: moved}

// A control over one value; `update` shows what the server says of it, once it has heard all that
// was done to it here. What the control shows is told to the other parts of the page ("control-set"):
// to the pad, whose next stroke may begin before the server has heard which pen it is for.
function control(item, turns, model, el) {
  let turn = 0
  const share = value => {
    if (value !== undefined) tell(el, "control-set", {name: item.name, value})
  }
  const made = KINDS[item.kind](item, message => {
    turn = turns.send({name: item.name, ...message})
    share(message.value)
  })
  const update = () => {
    made.element.inert = model.locked.includes(item.name)
    if (!turns.heard(turn)) return
    made.show(model.values[item.name], model.disabled.includes(item.name))
    share(model.values[item.name])
  }
  return {element: made.element, update}
}

// A button that another part of the page answers, under the button's name. That part says what it
// is for now ("control").
function command(item, model, el) {
  const made = button(item)
  made.disabled = item.disabled
  made.addEventListener("click", () => tell(el, item.name))
  listen(model, el, {control: ({detail: {name, label, icon: shown, disabled}}) => {
    if (name !== item.name) return
    if (label) inscribe(made, shown, label)
    made.disabled = disabled ?? made.disabled
  }})
  return {element: made, update: () => {}}
}

// A rail that another part of the page moves along ("control"), and that can be dragged.
function rail(item, model, el) {
  const input = element("input", {type: "range", name: item.name, min: 0, max: 1, step: 0.01})
  input.setAttribute("aria-label", item.label)
  input.addEventListener("input", () => tell(el, item.name, input.valueAsNumber))
  listen(model, el, {control: ({detail: {name, place, end, said}}) => {
    if (name !== item.name) return
    input.max = end
    input.value = place
    input.setAttribute("aria-valuetext", said)
  }})
  return {element: input, update: () => {}}
}

const LOCAL = {command, rail}

// The keys that press a button, as a screen reader is told of them.
const SHORTCUTS = {undo: "Control+Z Meta+Z", redo: "Control+Shift+Z Control+Y Meta+Shift+Z"}

function hearShortcut(model, el, button) {
  button.setAttribute("aria-keyshortcuts", SHORTCUTS[button.name])
  listen(model, el, {[button.name]: event => {
    event.preventDefault()
    if (!button.inert) button.click()
  }})
}

export function render({model, el}) {
  const group = element("div", {className: model.one_line ? "group line" : "group"})
  group.setAttribute("role", "group")
  group.setAttribute("aria-label", model.label)
  const turns = new Turns(model, () => update())
  const controls = model.items.map(item => item.kind in LOCAL
    ? LOCAL[item.kind](item, model, el)
    : control(item, turns, model, el))
  const update = () => { for (const {update} of controls) update() }
  group.addEventListener("click", () => tell(el, "send-ink"), {capture: true})
  group.append(...controls.map(control => control.element))
  for (const {element} of controls) if (element.name in SHORTCUTS) hearShortcut(model, el, element)
  model.on(["values", "disabled", "locked"], update)
  update()
  return group
}
