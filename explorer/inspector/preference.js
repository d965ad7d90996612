// What does it prefer: ten bars, and the drawings that excite it most and least.

const SIDE = 28

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

function bars(means, scale) {
  return element("ol", {}, ...means.map((mean, digit) => {
    const fill = element("i")
    fill.style.width = `${100 * Math.min(1, Math.max(0, mean / scale))}%`
    return element("li", {}, element("b", {textContent: digit}),
      element("span", {}, fill), element("output", {value: mean.toFixed(2)}))
  }))
}

function thumbnail({digit, pixels}) {
  const canvas = element("canvas", {width: SIDE, height: SIDE})
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", `a ${digit}`)
  const image = new ImageData(SIDE, SIDE)
  pixels.forEach((grey, i) => image.data.set([grey, grey, grey, 255], 4 * i))
  canvas.getContext("2d").putImageData(image, 0, 0)
  return canvas
}

const row = (title, images) =>
  element("div", {}, element("h3", {textContent: title}),
    element("div", {className: "images"}, ...images.map(thumbnail)))

function answer({known, means, scale, most, least, means_of, images_of}) {
  if (!known) return [element("p", {textContent: "Nobody has measured what this network prefers."})]
  return [
    element("h3", {textContent: "Mean activation for each digit"}), bars(means, scale),
    element("p", {textContent: `Over ${means_of}.`}),
    row("Excites it most", most), row("Excites it least", least),
    element("p", {textContent: `Among ${images_of}.`}),
  ]
}

export function render({model}) {
  const box = element("div")
  const show = () => {
    if (model.content.known !== undefined) box.replaceChildren(...answer(model.content))
  }
  model.on("content", show)
  show()
  return box
}
