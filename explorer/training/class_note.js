// What the teacher has said about trainings, with a button to the class's run or to one's own.

import {button, element, write} from "../browser/dom.js"
import {text} from "../browser/texts.js"

const LABELS = {follow: text("class_run.follow"), leave: text("class_run.leave")}

export function render({model}) {
  const said = element("p")
  said.setAttribute("role", "status")
  const way = button("", () => model.send_msg({type: model.way}))
  const box = element("div", {className: "note"}, said, way)
  box.dataset.testid = "class-note"
  const show = () => {
    box.hidden = model.said === ""
    write(said, model.said)
    way.hidden = model.way === ""
    write(way, LABELS[model.way] ?? "")
  }
  model.on(["said", "way"], show)
  show()
  return box
}
