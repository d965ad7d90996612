// Does it know when it does not know? The reliability diagram in numbers, and what is rejected.

import {element, write} from "../browser/dom.js"
import {number, percent, text} from "../browser/texts.js"
import {Fold} from "../browser/fold.js"

// Of a bin: how sure it is, how often it is right, and of how many images.
export const row = ({low, high, count, accuracy}) => [
  text("calibration.between", {low: number(low, 1), high: number(high, 1)}), percent(accuracy), number(count)]

// The largest bin in a sentence, and the distance of all from the diagonal.
export function sentence({bins, error}) {
  const {low, high, accuracy} = bins.reduce((most, bin) => bin.count > most.count ? bin : most)
  return text("calibration.sentence", {
    low: number(low, 1), high: number(high, 1), share: percent(accuracy), error: number(100 * error, 1),
  })
}

// What the threshold turns away of the digits.
export const rejected = ({threshold, count, falsely, rightly}) => text("calibration.rejected", {
  threshold: number(threshold, 2), share: percent((falsely + rightly) / count),
  falsely: number(falsely), rightly: number(rightly),
})

const line = (tag, cells) => element("tr", {}, ...cells.map((textContent, i) => element(i ? tag : "th", {textContent})))

class Calibration {
  constructor(model) {
    this.model = model
    this.said = element("p")
    this.bins = element("table")
    this.rejected = element("p")
    this.others = element("table")
    this.box = element("div", {}, model.get_child("picture"), this.said, this.bins, this.rejected, this.others)
  }

  show() {
    const {content} = this.model
    this.box.hidden = content.bins === undefined
    if (this.box.hidden) return
    write(this.said, sentence(content))
    const head = [text("calibration.says"), text("calibration.right"), text("test.images")]
    this.bins.replaceChildren(line("th", head), ...content.bins.map(bin => line("td", row(bin))))
    write(this.rejected, rejected(content))
  }

  showOthers() {
    const {non_digits: kinds} = this.model
    const head = [text("calibration.no_digits"), text("calibration.share")]
    this.others.replaceChildren(...kinds.length ? [line("th", head)] : [],
      ...kinds.map(([kind, share]) => line("td", [kind, percent(share)])))
  }
}

export function render({model}) {
  const calibration = new Calibration(model)
  model.on("content", () => calibration.show())
  model.on("non_digits", () => calibration.showOthers())
  calibration.show()
  calibration.showOthers()
  return new Fold(model, text("calibration.name"), calibration.box).details
}
