// Examples to choose from, and drawings as files: opened here, saved by the pad itself.

import {listen, tell} from "../browser/scope.js"
import {makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"
import {message} from "./files.js"

const SVG = "http://www.w3.org/2000/svg"

const button = (label, action) => {
  const element = Object.assign(document.createElement("button"), {type: "button"})
  element.textContent = label
  element.addEventListener("click", action)
  return element
}

const shape = (name, attributes) => {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

function thumbnail({title, lines, greys}) {
  const svg = shape("svg", {viewBox: "0 0 28 28", "aria-hidden": "true"})
  for (const [i, grey] of [...greys].entries())
    svg.append(shape("rect", {
      x: i % 14 * 2, y: Math.floor(i / 14) * 2, width: 2, height: 2, "fill-opacity": grey / 9,
    }))
  for (const points of lines) svg.append(shape("polyline", {points}))
  const caption = Object.assign(document.createElement("span"), {textContent: title})
  return [svg, caption]
}

function fileInput(open) {
  const input = Object.assign(document.createElement("input"), {type: "file", hidden: true})
  input.accept = ".json,application/json,image/*"
  input.setAttribute("aria-label", text("examples.file"))
  input.addEventListener("change", () => {
    open(input.files[0])
    input.value = ""
  })
  return input
}

export function render({model, el}) {
  const sheet = makeSheet(text("examples.title"))

  const grid = document.createElement("div")
  grid.className = "grid"
  for (const example of model.thumbnails) {
    const choice = button("", () => {
      sheet.hidePopover()
      model.send_msg({type: "choose", name: example.name})
    })
    choice.append(...thumbnail(example))
    grid.append(choice)
  }

  const ask = name => () => {
    sheet.hidePopover()
    tell(el, name)
  }
  const open = async file => model.send_msg(await message(file))
  const input = fileInput(open)
  // A file that is dropped anywhere on the page; the browser would leave the page for it.
  listen(model, el, {
    dragover: event => event.preventDefault(),
    drop: event => {
      event.preventDefault()
      const [file] = event.dataTransfer.files
      if (file) open(file)
    },
  })
  const files = document.createElement("div")
  files.className = "files"
  files.append(
    button(text("examples.open_drawing"), () => { sheet.hidePopover(); input.click() }),
    button(text("examples.save_drawing"), ask("save-drawing")),
    button(text("examples.save_picture"), ask("save-picture")), input)
  sheet.append(files, grid)

  const opener = button("", () => sheet.togglePopover())
  const more = Object.assign(document.createElement("span"), {textContent: ` ${text("examples.and_files")}`})
  opener.append(text("examples.open"), more)
  opener.setAttribute("aria-haspopup", "dialog")
  const box = document.createElement("div")
  box.append(opener, sheet)
  return box
}
