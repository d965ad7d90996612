// Examples to choose from, drawings as files, which are saved by the pad itself, and pictures, which
// are chosen, photographed, dropped or pasted. What turns out to be a network is opened as one.

import {button, element, shape} from "../browser/dom.js"
import {inscribe} from "../browser/icons.js"
import {isMeantFor, takesText} from "../browser/keys.js"
import {isInert, listen, listenOn, pageOf, tell} from "../browser/scope.js"
import {makeOpener, makeSheet} from "../browser/sheet.js"
import {text} from "../browser/texts.js"
import {areNetwork, message} from "./files.js"

function thumbnail({title, lines, greys}) {
  const svg = shape("svg", {viewBox: "0 0 28 28", "aria-hidden": "true"})
  for (const [i, grey] of [...greys].entries())
    svg.append(shape("rect", {
      x: i % 14 * 2, y: Math.floor(i / 14) * 2, width: 2, height: 2, "fill-opacity": grey / 9,
    }))
  for (const points of lines) svg.append(shape("polyline", {points}))
  return [svg, element("span", {textContent: title})]
}

function fileInput(accept, label, open) {
  const input = element("input", {type: "file", hidden: true, accept})
  input.setAttribute("aria-label", label)
  input.addEventListener("change", () => {
    open([...input.files])
    input.value = ""
  })
  return input
}

// Files that are dropped anywhere on the page; the browser would leave the page for them.
function hearDrops(model, el, open) {
  listen(model, el, {
    dragover: event => event.preventDefault(),
    drop: event => {
      event.preventDefault()
      open([...event.dataTransfer.files])
    },
  })
}

// A picture that is pasted, wherever no text is written.
function hearPastes(model, el, open) {
  listenOn(model, document, {paste: event => {
    const [target] = event.composedPath()
    const image = [...event.clipboardData.files].find(({type}) => type.startsWith("image/"))
    if (!image || takesText(target) || isInert(el) || !isMeantFor(pageOf(el), event)) return
    event.preventDefault()
    open([image])
  }})
}

// What is in the sheet; whatever is chosen closes it.
function choices(model, sheet) {
  const choose = name => {
    sheet.hidePopover()
    model.send_msg({type: "choose", name})
  }
  return model.thumbnails.map(example => {
    const choice = button("", () => choose(example.name))
    choice.append(...thumbnail(example))
    return choice
  })
}

function fileButtons(sheet, el, drawings) {
  const closing = (label, action) => button(label, () => {
    sheet.hidePopover()
    action()
  })
  return [
    closing(text("examples.open_drawing"), () => drawings.click()),
    closing(text("examples.save_drawing"), () => tell(el, "save-drawing")),
    closing(text("examples.save_picture"), () => tell(el, "save-picture")),
  ]
}

function opener(sheet) {
  const made = makeOpener(button(""), sheet)
  const more = element("span", {textContent: ` ${text("examples.and_files")}`})
  made.append(text("examples.open"), more)
  return made
}

// On a phone it offers the camera.
function pictureButton(pictures) {
  const made = button("", () => pictures.click())
  made.className = "picture"
  inscribe(made, "picture", text("examples.open_picture"))
  made.title = text("examples.picture_hint")
  return made
}

export function render({model, el}) {
  const open = async files => {
    if (files.length === 0) return
    if (await areNetwork(files)) tell(el, "open-network", files)
    else model.send_msg(await message(files[0]))
  }
  const sheet = makeSheet(text("examples.title"))
  const pictures = fileInput("image/*", text("examples.picture"), open)
  const drawings = fileInput(".json,application/json,image/*", text("examples.file"), open)
  hearDrops(model, el, open)
  hearPastes(model, el, open)
  sheet.append(
    element("div", {className: "files"}, ...fileButtons(sheet, el, drawings), drawings),
    element("div", {className: "grid"}, ...choices(model, sheet)))
  return element("div", {className: "openers"},
    pictureButton(pictures), pictures, opener(sheet), sheet, model.get_child("pictures"))
}
