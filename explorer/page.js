// Where the parts of the page stand. The parts themselves are Panel's children.

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

const part = (name, label, ...children) => {
  const section = element("section", {className: name}, ...children)
  section.setAttribute("aria-label", label)
  return section
}

function legend(scales) {
  const largest = scales.map(scale => scale.toFixed(2)).join(" · ±")
  return element("p", {className: "legend", innerHTML: `
    <span>activation 0<i class="ramp grey"></i>1</span>
    <span>weight −<i class="ramp signed"></i>+</span>
    <span>brightest: the largest of each layer, ±${largest}</span>`})
}

const THEME = "neuron-explorer theme"

function themeButton() {
  const root = document.documentElement
  const button = element("button", {type: "button", className: "theme", textContent: "Light"})
  const show = theme => {
    root.dataset.theme = theme
    button.setAttribute("aria-pressed", theme === "light")
  }
  button.addEventListener("click", () => {
    const theme = root.dataset.theme === "light" ? "dark" : "light"
    localStorage.setItem(THEME, theme)
    show(theme)
  })
  show(localStorage.getItem(THEME) ?? "dark")
  return button
}

export function render({model}) {
  const child = name => model.get_child(name)
  const header = element("header", {},
    element("h1", {textContent: "Neuron explorer"}),
    element("p", {textContent: model.caption}), themeButton())
  const draw = part("draw", "Drawing", element("div", {className: "pad"}, child("pad")),
    child("controls"), child("outputs"))
  const stage = part("stage", "Network",
    element("div", {className: "frame"}, element("div", {className: "place"}, child("stage"))),
    legend(model.scales))
  const inspector = part("inspector", "Selected neuron", child("inspector"))
  return element("div", {className: "grid"}, header, element("main", {}, draw, stage, inspector))
}
