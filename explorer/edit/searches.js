// Images that a search finds: each is shown as it comes, and can be put on the pad.

import {button, element, write} from "../browser/dom.js"
import {whenIdle} from "../browser/frames.js"
import {coloured, grey, imageCanvas, paint} from "../browser/images.js"
import {number, significant, text} from "../browser/texts.js"

// How far an ascent has come.
export function progress({step, top}, running) {
  if (top) return text("searches.at_the_top", {step})
  return running ? text("searches.climbing", {step}) : text("searches.stopped", {step})
}

export const numbers = ({z, a}) =>
  text("searches.ascent_numbers", {z: number(z, 2), activation: significant(a, 3)})

const row = (...children) => element("div", {className: "row"}, ...children)
const heading = words => element("h3", {textContent: words})

const words = (textContent = "") => element("p", {textContent})

// Words that a screen reader is told when they change.
function news() {
  const made = words()
  made.setAttribute("role", "status")
  return made
}

// What the selected neuron would like to see.
class Ascent {
  constructor(say) {
    this.what = words()
    this.starts = ["drawing", "noise"].map(start =>
      button(start === "drawing" ? text("searches.from_drawing") : text("searches.from_noise"),
        () => say({type: "ascend", start})))
    this.stop = button(text("searches.stop"), () => say({type: "stop"}))
    this.canvas = imageCanvas(text("searches.ascent_image"))
    this.numbers = element("output")
    this.progress = news()
    this.put = button(text("searches.put"), () => say({type: "put"}))
    this.isPut = news()
    this.image = element("figure", {}, this.canvas, element("figcaption", {},
      this.numbers, words(text("searches.honest")), this.progress, this.put, this.isPut))
    this.box = element("section", {}, heading(text("searches.ascent")), this.what,
      row(...this.starts, this.stop), this.image)
  }

  show(neuron, running, found) {
    const isFound = found.of === "ascent"
    write(this.what, neuron ? text("searches.ascent_what", {neuron}) : text("searches.choose"))
    for (const start of this.starts) start.disabled = !neuron
    this.stop.disabled = !(running && isFound)
    this.image.hidden = !isFound
    if (isFound) this.showImage(running, found)
  }

  showImage(running, found) {
    paint(this.canvas, grey(found.pixels))
    this.numbers.value = numbers(found)
    // A screen reader hears the end, and not each of ten steps a second.
    this.progress.setAttribute("aria-busy", running)
    write(this.progress, progress(found, running))
    this.put.disabled = running
    write(this.isPut, found.put ?? "")
  }
}

// The smallest change of the drawing that turns the answer into another.
class Change {
  constructor(say) {
    const find = measure => say({type: "change", measure})
    this.size = news()
    this.differences = imageCanvas(text("searches.differences"))
    this.image = imageCanvas(text("searches.changed_image"))
    this.isPut = news()
    this.found = element("div", {}, row(this.differences, this.image),
      words(text("searches.scale")),
      button(text("searches.put"), () => say({type: "put"})), this.isPut)
    this.box = element("section", {}, heading(text("searches.change")),
      words(text("searches.change_what")),
      row(button(text("searches.over_all"), () => find("distance")),
        button(text("searches.in_few"), () => find("pixels"))),
      this.size, this.found)
  }

  show(found, colours) {
    const isFound = found.of === "change" && found.pixels !== null
    write(this.size, found.of === "change" ? found.said : "")
    this.found.hidden = !isFound
    if (!isFound) return
    paint(this.differences, coloured(found.differences, colours))
    paint(this.image, grey(found.pixels))
    write(this.isPut, found.put ?? "")
  }
}

export function render({model}) {
  const say = message => model.send_msg(message)
  const [ascent, change] = [new Ascent(say), new Change(say)]
  const show = () => {
    const {neuron, running, found, colours} = model
    ascent.show(neuron, running, found)
    change.show(found, colours)
  }
  model.on(["neuron", "running", "found"], whenIdle(show))
  show()
  return element("div", {}, ascent.box, change.box)
}
