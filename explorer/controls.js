// Buttons, toggles and sliders: the browser's own elements, so that keyboards, screen readers
// and fingers meet what they know. Python says which there are and hears what is done.

const path = d => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${d}"/></svg>`

const ICONS = {
  undo: path("M8 5 3.5 9.5 8 14M4 9.5h10a5.5 5.5 0 0 1 0 11H9"),
  redo: path("M16 5l4.5 4.5L16 14M20 9.5H10a5.5 5.5 0 0 0 0 11h5"),
  clear: path("M6 6l12 12M18 6 6 18"),
  erasing: path("M9 19 3.5 13.5 14 3l6.5 6.5L11 19zM8.5 8.500l6.500 6.500M9 19.500h11"),
  holding: path("M7 11V6a1.500 1.500 0 0 1 3 0v5V4.500a1.500 1.500 0 0 1 3 0V11 6a1.500 1.500 0 0 1 3 0v6 -3a1.500 1.500 0 0 1 3 0v6c0 4-2.500 6-6 6s-5-1.500-6.500-4.500L5 14.500a1.500 1.500 0 0 1 2-2z"),
  pulses: path("M2 12h5l2.500-7 4 14L16 12h6"),
  signal: path("M4 20V14M9.300 20V9M14.700 20V12M20 20V4"),
  play: path("M7 4.500v15l12-7.500z"),
  step: path("M5 4.500v15l9-7.500zM18.500 5v14"),
  centred: path("M12 2v5M12 17v5M2 12h5M17 12h5M8 8h8v8H8z"),
}

function button({name, label}) {
  const element = document.createElement("button")
  element.type = "button"
  element.name = name
  element.innerHTML = ICONS[name] ?? ""
  element.append(Object.assign(document.createElement("span"), {textContent: label}))
  return element
}

function slider({name, label, start, end, step}) {
  const element = document.createElement("label")
  element.append(Object.assign(document.createElement("span"), {textContent: label}))
  const input = document.createElement("input")
  Object.assign(input, {type: "range", name, min: start, max: end, step})
  element.append(input, document.createElement("output"))
  return element
}

function choice({name, label, options}) {
  const element = document.createElement("label")
  element.append(Object.assign(document.createElement("span"), {textContent: label}))
  const select = Object.assign(document.createElement("select"), {name})
  for (const [value, text] of options) select.append(new Option(text, value))
  element.append(select)
  return element
}

const KINDS = {
  button: (item, send) => {
    const element = button(item)
    element.addEventListener("click", () => send({name: item.name}))
    const show = (_, disabled) => { element.disabled = disabled }
    return {element, show}
  },
  toggle: (item, send) => {
    const element = button(item)
    const pressed = () => element.getAttribute("aria-pressed") === "true"
    element.addEventListener("click", () => send({name: item.name, value: !pressed()}))
    const show = value => element.setAttribute("aria-pressed", value)
    return {element, show}
  },
  choice: (item, send) => {
    const element = choice(item)
    const select = element.lastChild
    select.addEventListener("change", () => send({name: item.name, value: select.value}))
    return {element, show: value => { select.value = value }}
  },
  slider: (item, send) => {
    const element = slider(item)
    const [, input, output] = element.children
    input.addEventListener("input", () => send({name: item.name, value: input.valueAsNumber}))
    const show = value => {
      input.value = value
      output.value = `${Number(value).toFixed(item.digits)} ${item.unit}`
    }
    return {element, show}
  },
}

export function render({model}) {
  const group = document.createElement("div")
  group.className = model.one_line ? "group line" : "group"
  group.setAttribute("role", "group")
  group.setAttribute("aria-label", model.label)
  const controls = model.items.map(item => ({
    name: item.name, ...KINDS[item.kind](item, model.send_msg),
  }))
  const show = () => {
    for (const {name, show} of controls) show(model.values[name], model.disabled.includes(name))
  }
  group.append(...controls.map(control => control.element))
  model.on(["values", "disabled"], show)
  show()
  return group
}
