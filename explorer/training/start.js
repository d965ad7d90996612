// What a training begins with: a menu of random weights and of all networks.

import {element} from "../browser/dom.js"
import {text} from "../browser/texts.js"

const option = (value, textContent) => element("option", {value, textContent})

export function render({model}) {
  const menu = element("select")
  const hint = element("small", {textContent: text("train.start_hint")})
  const label = element("label", {}, element("span", {textContent: text("train.begin_with")}), menu)
  menu.addEventListener("change", () => model.send_msg({type: "begin", name: menu.value}, show))
  const fill = () => {
    menu.replaceChildren(option("", text("train.random")),
      ...model.networks.map(([name, title]) => option(name, title)))
    show()
  }
  const show = () => {
    menu.value = model.chosen
    hint.hidden = model.chosen === ""
  }
  model.on("networks", fill)
  model.on("chosen", show)
  fill()
  return element("div", {}, label, hint)
}
