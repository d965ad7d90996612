// The pixels around the selected one, as circles that a finger can choose.

import {text} from "../browser/texts.js"

const SIDE = 28
export const SPAN = 9

// The first column and row of a patch of pixels around one, which lies within the image.
export function corner(pixel) {
  const clip = value => Math.min(SIDE - SPAN, Math.max(0, value - (SPAN - 1) / 2))
  return [clip(pixel % SIDE), clip(Math.floor(pixel / SIDE))]
}

// The pixel at a place of the patch, both 0-1.
export function pixelAt(x, y, pixel) {
  const [left, top] = corner(pixel)
  const cell = share => Math.min(SPAN - 1, Math.max(0, Math.floor(SPAN * share)))
  return SIDE * (top + cell(y)) + left + cell(x)
}

function circle(context, x, y, radius) {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

export function render({model}) {
  const canvas = document.createElement("canvas")
  canvas.dataset.testid = "magnifier"
  canvas.setAttribute("role", "img")
  const hint = document.createElement("p")
  const context = canvas.getContext("2d")

  const draw = () => {
    if (model.pixel === null || canvas.width === 0) return
    const pitch = canvas.width / SPAN
    context.clearRect(0, 0, canvas.width, canvas.height)
    for (let cell = 0; cell < SPAN * SPAN; cell++) {
      const [column, row] = [cell % SPAN + 0.5, Math.floor(cell / SPAN) + 0.5]
      const pixel = pixelAt(column / SPAN, row / SPAN, model.pixel)
      const chosen = pixel === model.pixel
      circle(context, column * pitch, row * pitch, 0.42 * pitch)
      context.fillStyle = `rgb(255 255 255 / ${model.inputs.data.activation[pixel]})`
      context.strokeStyle = chosen ? "#FFFF00" : "rgb(255 255 255 / 0.4)"
      context.lineWidth = pitch * (chosen ? 0.1 : 0.03)
      context.fill()
      context.stroke()
    }
  }
  const show = () => {
    if (model.pixel === null) return
    const [left, top] = corner(model.pixel)
    const [right, bottom] = [left + SPAN - 1, top + SPAN - 1]
    canvas.setAttribute("aria-label", text("magnifier.name", {left, right, top, bottom}))
    const [column, row] = [model.pixel % SIDE, Math.floor(model.pixel / SIDE)]
    hint.textContent = text("magnifier.hint", {column, row})
    draw()
  }
  const fit = () => {
    canvas.width = canvas.height = Math.round(canvas.clientWidth * devicePixelRatio)
    draw()
  }
  canvas.addEventListener("click", ({offsetX, offsetY}) => {
    const [x, y] = [offsetX / canvas.clientWidth, offsetY / canvas.clientHeight]
    model.send_msg({type: "choose", pixel: pixelAt(x, y, model.pixel)})
  })
  model.on("pixel", show)
  model.inputs.properties.data.change.connect(draw)
  show()
  new ResizeObserver(fit).observe(canvas)
  const box = document.createElement("div")
  box.append(canvas, hint)
  return box
}
