// Which of two runs the page shows, and what differs between them.

import {button, element, write} from "../browser/dom.js"
import {text} from "../browser/texts.js"
import {Turns} from "../browser/turns.js"

class RunSwitch {
  constructor(model) {
    this.model = model
    this.turns = new Turns(model, () => this.show())
    this.buttons = model.letters.map(letter => [letter, this.choice(letter)])
    this.forget = button("", () => this.turns.send({type: "forget"}))
    this.forget.className = "forget"
    this.second = button("", () => this.turns.send({type: "second"}))
    this.choices = element("div", {className: "choices"}, ...this.buttons.map(([, made]) => made))
    this.choices.setAttribute("role", "group")
    this.choices.setAttribute("aria-label", text("two_runs.choice"))
    this.difference = element("p")
    this.difference.setAttribute("role", "status")
    this.box = element("div", {},
      element("div", {className: "row"}, this.choices, this.second, this.forget), this.difference)
    this.box.dataset.testid = "runs"
  }

  choice(letter) {
    const made = button(text("two_runs.run", {letter}), () => this.choose(letter))
    made.title = text("two_runs.rests")
    return made
  }

  // What is pressed is shown as pressed at once.
  choose(letter) {
    this.press(letter)
    this.turns.send({type: "show", letter})
  }

  press(letter) {
    for (const [each, made] of this.buttons) made.setAttribute("aria-pressed", each === letter)
  }

  show() {
    if (!this.turns.heard()) return
    const {letters, letter, has_two, seed, difference} = this.model
    this.press(letter)
    this.choices.hidden = this.forget.hidden = !has_two
    write(this.forget, text("two_runs.forget", {letter: letters.find(each => each !== letter)}))
    this.second.hidden = seed === null
    if (seed !== null) write(this.second, text("two_runs.second", {seed}))
    write(this.difference, difference)
  }
}

export function render({model}) {
  const runs = new RunSwitch(model)
  model.on(["letter", "has_two", "seed", "difference"], () => runs.show())
  runs.show()
  return runs.box
}
