// What is seen on the page as files: the network as it is drawn, the weights of the selected neuron,
// and its sum.

import {button, element, write} from "../browser/dom.js"
import {download, downloadAnswer} from "../browser/download.js"
import {nextFrame} from "../browser/frames.js"
import {tell} from "../browser/scope.js"
import {makeSheet} from "../browser/sheet.js"
import {number, text} from "../browser/texts.js"
import {neuronCanvas} from "./neuron_picture.js"
import {png, rasterised, scaleWithin, svgBlob} from "./raster.js"
import {stageSvg} from "./stage_svg.js"

const SIZES = [2, 4]

// How wide texts are in the legend.
function measuring() {
  const context = element("canvas").getContext("2d")
  context.font = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
  return words => context.measureText(words).width
}

class SavePicture {
  constructor(model, el) {
    Object.assign(this, {model, el})
    this.seen = 0  // the server may tell everything once more: that is no reason to open it again
    this.measure = measuring()
    this.preview = element("img", {alt: text("take_away.preview")})
    this.legend = element("input", {type: "checkbox", checked: true})
    this.legend.addEventListener("change", () => this.showNetwork())
    this.sizes = SIZES.map(scale => button("", () => this.savePng(scale)))
    this.said = element("p", {className: "said"})
    this.said.setAttribute("role", "status")
    this.title = element("h3")
    this.none = element("p", {textContent: text("take_away.none")})
    this.weights = button(text("take_away.weights"), () => this.saveWeights())
    this.sum = button(text("take_away.sum"), () => downloadAnswer(model, {type: "sum"}))
    this.sum.title = text("take_away.sum_hint")
    this.neuron = element("div", {className: "row"}, this.weights, this.sum)
    this.sheet = this.makeSheet()
  }

  makeSheet() {
    const svg = button(text("take_away.svg"), () => download("network.svg", svgBlob(this.picture().markup)))
    const sheet = makeSheet(text("take_away.title"),
      element("h2", {textContent: text("take_away.title")}),
      element("h3", {textContent: text("take_away.network")}),
      this.preview,
      element("label", {}, this.legend, element("span", {textContent: text("take_away.legend")})),
      element("div", {className: "row"}, ...this.sizes, svg), this.said,
      this.title, this.neuron, this.none)
    sheet.dataset.testid = "save-picture"
    return sheet
  }

  // The network as it is drawn now, so many times as large; the parts of the page tell how.
  picture(scale = 1) {
    const told = {layers: [], marks: [], sentences: []}
    tell(this.el, "finish-edges")
    tell(this.el, "stage-picture", told)
    const {caption} = this.model
    return stageSvg(told, {isExplained: this.legend.checked, caption, scale, measure: this.measure})
  }

  enlarged(scale) {
    const {width, height} = this.picture()
    return this.picture(scaleWithin(scale, width, height))
  }

  async savePng(scale) {
    const blob = await rasterised(this.enlarged(scale))
    write(this.said, blob === null ? text("take_away.failed") : "")
    if (blob !== null) download("network.png", blob)
  }

  saveWeights() {
    this.model.send_msg({type: "picture"}, () => queueMicrotask(async () => {
      const {picture, neuron} = this.model
      if (picture.tiles === undefined) return
      download(`weights-${neuron.join("-")}.png`, await png(neuronCanvas(picture)))
      this.model.send_msg({type: "saved"})
    }))
  }

  showNetwork() {
    URL.revokeObjectURL(this.preview.src)
    this.preview.src = URL.createObjectURL(svgBlob(this.picture().markup))
    this.sizes.forEach((each, i) => {
      const {width, height} = this.enlarged(SIZES[i])
      write(each, text("take_away.png", {width: number(width), height: number(height)}))
    })
  }

  open() {
    const {opened, neuron, title} = this.model
    if (opened === this.seen) return
    this.seen = opened
    const isChosen = neuron.length > 0
    this.title.hidden = this.neuron.hidden = !isChosen
    this.none.hidden = isChosen
    this.sum.hidden = neuron[0] === 0
    write(this.title, title)
    write(this.said, "")
    nextFrame(() => {
      this.showNetwork()
      this.sheet.showPopover()
      this.sheet.focus()
    })
  }
}

export function render({model, el}) {
  const save = new SavePicture(model, el)
  model.on("opened", () => save.open())
  save.open()
  return save.sheet
}
