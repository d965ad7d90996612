// What a class has said, counted: the votes as bars.

import {element} from "../browser/dom.js"
import {text} from "../browser/texts.js"

const DIGITS = [...Array(10).keys()]

class Bar {
  constructor(digit) {
    this.fill = element("i")
    this.count = element("output")
    this.row = element("li", {}, element("b", {textContent: digit}),
      element("span", {className: "track"}, this.fill), this.count)
  }

  show(count, most, wins) {
    this.fill.style.width = `${100 * count / most}%`
    this.count.value = count
    this.row.classList.toggle("winner", wins)
  }
}

export class Votes {
  constructor() {
    this.bars = DIGITS.map(digit => new Bar(digit))
    this.list = element("ol", {className: "votes"}, ...this.bars.map(bar => bar.row))
    this.list.dataset.testid = "votes"
    this.list.setAttribute("aria-label", text("teacher.votes"))
  }

  // How many voted for each digit (no numbers while nobody shall know), and what the network says.
  show(votes, answer) {
    const most = Math.max(1, ...votes)
    this.list.hidden = votes.length === 0
    this.bars.forEach((bar, digit) => bar.show(votes[digit] ?? 0, most, digit === answer))
  }
}
