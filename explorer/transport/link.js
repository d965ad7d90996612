// The browser's end of a page's link (`link.py`): what scripts say goes out in one order, and what
// the server tells is put into their models, from which it never travels back.

import {element} from "../browser/dom.js"
import {tell} from "../browser/scope.js"
import {openChannel} from "./channel.js"
import {Line} from "./line.js"
import {Models, sourcesOf} from "./models.js"

// Links and components of all pages in this document, by their addresses. In a notebook every
// component brings its own copy of this module: all of them share one table.
const shared = globalThis.neuronExplorer ??=
  {links: new Map(), components: new Map(), waiting: new Map()}

const pageIn = address => address.split(".")[0]

function componentsOf(page) {
  return [...shared.components].filter(([address]) => pageIn(address) === page)
    .map(([, component]) => component)
}

// Say something to the Python class of a component; what is said before there is a link, waits.
export function say(model, message, answered = null) {
  const page = pageIn(model.address)
  const said = [model.address, message, answered]
  if (shared.links.has(page)) shared.links.get(page).say(...said)
  else shared.waiting.set(page, [...shared.waiting.get(page) ?? [], said])
}

// Put a style sheet beside the place of a component, which Panel empties; once, if it draws it anew.
function dress(place, style) {
  const root = place.parentNode
  if (style && !root.querySelector("style[data-own]")) {
    const sheet = element("style", {textContent: style})
    sheet.dataset.own = ""
    root.append(sheet)
  }
}

// A component of this model is there, until Panel removes it.
function join(model) {
  shared.components.set(model.address, model)
  model.on("remove", () => shared.components.delete(model.address))
  const line = shared.links.get(pageIn(model.address))
  if (!line) return
  line.arrive()
  say(model, "all")  // it has missed what was told
}

// A model whose messages go by the page's link; one without an address has no page.
function withLink(model) {
  if (!model.address) return model
  join(model)
  const send_msg = (message, answered) => say(model, message, answered)
  return new Proxy(model, {
    get: (target, name) => name === "send_msg" ? send_msg : target[name],
  })
}

// A component as Panel calls it, with its style and its page's link.
export function linked({render, ...rest}, style = "") {
  return {...rest, render: properties => {
    dress(properties.el, style)
    return render({...properties, model: withLink(properties.model)})
  }}
}

function lineOf(model, el, page) {
  const models = new Models(sourcesOf(() => componentsOf(page)), shared.components)
  const line = new Line({
    sendByPanel: message => model.send_msg(message),
    change: told => models.change(told),
    arrive: () => models.arrive(),
    waits: overdue => tell(el, "waiting", overdue),
    openChannel: model.channel === "" ? null : opened => openChannel(model.channel, model.ticket, {
      hear: frame => line.hear(frame),
      opened,
      lost: () => tell(el, "connection-lost"),
    }),
  })
  return line
}

// Say what was said before there was a link.
function sayWaiting(line, page) {
  for (const said of shared.waiting.get(page) ?? []) line.say(...said)
  shared.waiting.delete(page)
}

export function render({model, el}) {
  const page = model.ticket.slice(0, 8)
  const line = lineOf(model, el, page)
  shared.links.set(page, line)
  model.on("remove", () => {
    shared.links.delete(page)
    line.patience.stop()
  })
  model.on("frame", () => line.hearByPanel(model.frame))
  model.send_msg("open")
  sayWaiting(line, page)
  return element("span")
}
