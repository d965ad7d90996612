// The sheet that comes up when a picture was opened: what was found in it, and the steps to that.

import {bytesOf} from "../browser/bytes.js"
import {button, element, write} from "../browser/dom.js"
import {nextFrame} from "../browser/frames.js"
import {grey, imageOf} from "../browser/images.js"
import {makeSheet} from "../browser/sheet.js"
import {number, text} from "../browser/texts.js"

// An image in shades of grey as a canvas of its own size.
function canvasOf({width, height, pixels}) {
  const canvas = element("canvas", {width, height})
  canvas.getContext("2d").putImageData(new ImageData(grey(bytesOf(atob(pixels))), width, height), 0, 0)
  return canvas
}

// A part of an image; `box` is its place and size in shares of the image.
function cropOf(canvas, [left, top, wide, high]) {
  const [width, height] = [wide * canvas.width, high * canvas.height].map(each => Math.max(1, Math.ceil(each)))
  const crop = element("canvas", {width, height})
  crop.getContext("2d").drawImage(canvas, left * canvas.width, top * canvas.height, width, height, 0, 0, width, height)
  return crop
}

// What the network makes of a digit, in a few letters.
export const caption = ({digit, output, sure}) =>
  sure ? `${digit} · ${number(output, 2)}` : text("pictures.unsure", {digit, output: number(output, 2)})

// How many digits there are, and that there are more.
export function summary({digits, left_out}) {
  const count = digits.length
  if (left_out > 0) return text("pictures.more", {shown: count, count: count + left_out})
  return text("pictures.found", {count})
}

// The middle and the size of a digit in the picture, for a style.
export function styleOf([left, top, width, height]) {
  const percent = share => `${100 * share}%`
  return {
    left: percent(left + width / 2), top: percent(top + height / 2),
    width: percent(width), height: percent(height),
  }
}

// A digit to choose: a radio button with its image and what the network makes of it.
function choice(digit, position, isChosen, choose) {
  const input = element("input", {type: "radio", name: "digit", id: `digit-${position}`, checked: isChosen})
  input.setAttribute("aria-label", text("pictures.digit", {position: position + 1, read: caption(digit)}))
  input.addEventListener("change", () => choose(position))
  const image = imageOf(bytesOf(atob(digit.pixels)))
  return element("label", {}, input, image, element("span", {textContent: caption(digit)}))
}

// The box around a digit in the picture; a press of it chooses the digit.
function frame(digit, position) {
  const box = element("label", {htmlFor: `digit-${position}`})
  Object.assign(box.style, styleOf(digit.box))
  return box
}

// A step: its image and what was done.
const step = (canvas, words) =>
  element("li", {}, element("div", {}, canvas), element("span", {textContent: words}))

class PictureSheet {
  constructor(model) {
    this.model = model
    this.title = element("h2", {translate: false})
    this.count = element("p")
    this.count.setAttribute("role", "status")
    this.picture = element("div", {className: "picture"})
    this.choices = element("div", {className: "choices"})
    this.choices.setAttribute("role", "radiogroup")
    this.choices.setAttribute("aria-label", text("pictures.choices"))
    this.steps = element("ol", {className: "steps"})
    const use = button(text("pictures.use"), () => this.sheet.hidePopover())
    use.className = "use"
    const buttons = element("div", {className: "bar"}, use, button(text("pictures.cancel"), () => this.cancel()))
    this.sheet = makeSheet(text("pictures.title"), this.title, this.count,
      element("div", {className: "found"}, this.picture, this.choices),
      element("h3", {textContent: text("pictures.steps")}), this.steps, buttons)
    this.sheet.dataset.testid = "picture"
  }

  cancel() {
    this.sheet.hidePopover()
    this.model.send_msg({type: "cancel"})
  }

  // Another picture.
  show() {
    const {model} = this
    if (model.revision === 0) return
    write(this.title, model.file)
    write(this.count, summary(model))
    this.canvases = Object.fromEntries(
      Object.entries(model.steps).map(([name, image]) => [name, canvasOf(image)]))
    this.picture.replaceChildren(canvasOf(model.steps.grey), ...model.digits.map(frame))
    this.choices.replaceChildren(...model.digits.map((digit, i) =>
      choice(digit, i, i === model.chosen, position => model.send_msg({type: "choose", number: position}))))
    this.showChosen()
    nextFrame(() => this.open())
  }

  open() {
    this.sheet.showPopover()
    this.inputs[this.model.chosen].focus()
  }

  get inputs() { return [...this.choices.querySelectorAll("input")] }

  // Which digit is on the pad, and the last steps to it.
  showChosen() {
    const {model: {digits, chosen, is_dark: isDark}, canvases: {grey: first, flat, ink, mask}} = this
    this.inputs[chosen].checked = true
    this.picture.querySelectorAll("label").forEach((box, i) => box.classList.toggle("chosen", i === chosen))
    this.steps.replaceChildren(
      step(first, text("pictures.step_grey")),
      step(flat, text("pictures.step_flat")),
      step(ink, isDark ? text("pictures.step_dark") : text("pictures.step_light")),
      step(mask, text("pictures.step_mask")),
      step(cropOf(ink, digits[chosen].box), text("pictures.step_crop")),
      step(imageOf(bytesOf(atob(digits[chosen].pixels))), text("pictures.step_image")))
  }
}

export function render({model}) {
  const sheet = new PictureSheet(model)
  model.on("revision", () => sheet.show())
  model.on("chosen", () => sheet.showChosen())
  sheet.show()
  return sheet.sheet
}
