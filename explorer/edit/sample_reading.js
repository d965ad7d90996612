// Before and after: a sentence, a row for each digit, and the digits that are newly misread.

import {element, write} from "../browser/dom.js"
import {number, text} from "../browser/texts.js"
import {thumbnail} from "../browser/thumbnail.js"

const percent = share => number(100 * share, 1)

// Which digits they are, and how they were seen.
function sampleName({count, source, centred}) {
  const digits = source === "synthetic" ? text("edit.sample_own", {count}) : text("edit.sample_mnist", {count})
  return centred ? text("edit.sample_normalised", {digits}) : digits
}

// How well the network reads, before and now if it is changed.
export function accuracy(content) {
  const {changed, before, now} = content
  const values = {digits: sampleName(content), before: percent(before.all), now: percent(now.all)}
  return changed ? text("edit.accuracy_change", values) : text("edit.accuracy", values)
}

// How many are newly misread, and how many newly read.
export const counts = ({newly_misread, newly_read}) =>
  text("edit.newly", {misread: number(newly_misread), read: number(newly_read)})

// Which of them are shown, and what they are good for.
export const caption = ({newly_misread, shown}) => shown < newly_misread
  ? text("edit.misread_first", {shown: number(shown)}) : text("edit.misread_all")

// A digit's row: what is read still is plain, what is lost or won stands out.
function row(digit, before, now) {
  const kept = element("i", {className: "kept"})
  const changed = element("i", {className: now < before ? "lost" : "won"})
  kept.style.width = `${100 * Math.min(before, now)}%`
  changed.style.width = `${100 * Math.abs(now - before)}%`
  const mark = now < before ? "▼" : now > before ? "▲" : ""
  return element("li", {className: now < before ? "worse" : ""},
    element("b", {textContent: digit}), element("span", {className: "bar"}, kept, changed),
    element("span", {className: "shares", textContent: text("edit.before_now",
      {before: percent(before), now: percent(now)})}),
    element("em", {textContent: mark}))
}

export const rows = ({before, now}) =>
  before.digits.map((share, digit) => row(digit, share, now.digits[digit]))

class SampleReading {
  constructor(model) {
    this.model = model
    this.sentence = element("p", {className: "accuracy"})
    this.sentence.setAttribute("role", "status")
    this.list = element("ol")
    this.counts = element("p")
    this.gallery = element("div", {className: "thumbnails"})
    this.caption = element("p")
    this.changes = element("div", {}, this.list, this.counts, this.caption, this.gallery)
    this.hypothesis = element("div", {}, model.get_child("hypothesis"))
    this.box = element("div", {},
      element("h3", {textContent: text("edit.sample")}),
      this.sentence, this.changes, this.hypothesis)
  }

  show() {
    const {content, reads_digits} = this.model
    this.hypothesis.hidden = !reads_digits
    const known = content.now !== undefined && reads_digits
    write(this.sentence, known ? accuracy(content)
      : reads_digits ? text("edit.reading") : text("edit.no_digits"))
    this.changes.hidden = !known || !content.changed
    if (this.changes.hidden) return
    this.list.replaceChildren(...rows(content))
    write(this.counts, counts(content))
    write(this.caption, caption(content))
    this.caption.hidden = content.shown === 0
    this.gallery.classList.toggle("old", !content.pictured)
  }

  showMisread() {
    const {misread} = this.model
    this.gallery.replaceChildren(...misread.map(each => this.thumbnail(each)))
  }

  thumbnail({number, digit, read, pixels}) {
    const draw = () => this.model.send_msg({type: "draw", number})
    const caption = text("edit.before_now", {before: digit, now: read})
    return thumbnail(text("edit.misread_digit", {digit, read}), pixels, caption, draw)
  }
}

export function render({model}) {
  const reading = new SampleReading(model)
  model.on(["content", "reads_digits"], () => reading.show())
  model.on("misread", () => reading.showMisread())
  reading.show()
  reading.showMisread()
  return reading.box
}
