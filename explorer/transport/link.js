// The browser's end of a page's link (`link.py`): what scripts say goes out in one order, and what
// the server tells is put into their models, from which it never travels back.

import {element} from "../browser/dom.js"
import {brightness} from "../browser/numbers.js"
import {Patience} from "../browser/patience.js"
import {tell} from "../browser/scope.js"
import {decode} from "./frames.js"

// Links and components of all pages in this document, by their addresses. In a notebook every
// component brings its own copy of this module: all of them share one table.
const shared = globalThis.neuronExplorer ??=
  {links: new Map(), components: new Map(), waiting: new Map()}

const pageIn = address => address.split(".")[0]

// How often a channel is looked for, and the milliseconds between two attempts: of several
// processes, each knows its own pages only, and refuses the others' at once.
const ATTEMPTS = 60
const PAUSE = 15

// What lies between a page and its server. Messages are numbered, and answered in their order.
export class Line {
  // `waits` is told when answers are overdue, and when they come again.
  constructor({sendByPanel, change, openChannel = null, waits = () => {}}) {
    Object.assign(this, {sendByPanel, change, openChannel, channel: null})
    this.patience = new Patience(waits)
    this.sent = 0
    this.answered = 0
    this.lastByPanel = 0  // the number of the last message that went by Panel
    this.waiting = []  // [number, callback] of those who want to know that they were answered
  }

  // Say something to a component's Python class; `answered` is called when it was answered.
  say(address, message, answered = null) {
    this.sent += 1
    this.patience.ask()
    if (answered) this.waiting.push([this.sent, answered])
    if (this.channel && this.answered >= this.lastByPanel)
      this.channel.send(JSON.stringify([address, message]))
    else {
      this.lastByPanel = this.sent
      this.sendByPanel([address, message])
    }
  }

  // A frame has come over the channel.
  hear(frame) {
    const told = decode(frame)
    this.answered = told.answered
    while (this.waiting.length > 0 && this.waiting[0][0] <= this.answered)
      this.waiting.shift()[1]()
    this.change(told)
    this.patience.answer(this.answered >= this.sent)
  }

  // A frame has come by Panel, which is told that it was read; after the first, there may be a
  // channel.
  hearByPanel(frame) {
    this.hear(frame)
    this.sendByPanel("read")
    this.openChannel?.(channel => { this.channel = channel })
    this.openChannel = null
  }
}

// Numbers and words that come from the server do not travel back to it.
const set = (model, values) => model.setv(values, {sync: false, check_eq: false})

// Puts what a frame tells into the models of a document.
export function changer(find, components) {
  const setColumns = (name, columns) => {
    const source = find(name)
    if (source) set(source, {data: {...source.data, ...columns}})
  }
  return ({activations, components: values, sources}) => {
    for (const [name, columns] of Object.entries(sources)) setColumns(name, columns)
    if (activations) {
      const inputs = find("inputs").data.activation.length
      setColumns("inputs", {activation: activations.subarray(0, inputs)})
      const activation = activations.subarray(inputs)
      const {full} = find("neurons").data
      setColumns("neurons", {activation, brightness: activation.map((a, i) => brightness(a, full[i]))})
    }
    for (const [address, changed] of Object.entries(values))
      if (components.has(address)) set(components.get(address).data, changed)
  }
}

// Finds the data sources of a page by their names: another page in the document has its own, of the
// same names. They are where the components refer to them.
function sourcesOf(page) {
  const known = new Map()
  const learn = () => {
    for (const [address, component] of shared.components)
      if (pageIn(address) === page)
        for (const model of component.data.references()) if (model.name) known.set(model.name, model)
  }
  return name => {
    if (!known.has(name)) learn()
    return known.get(name)
  }
}

// Open the websocket at `address`: `opened` gets it once it is greeted, `lost` is told of its end.
export function openChannel(address, ticket, {hear, opened, lost}, attempt = 1) {
  const socket = new WebSocket(address, ["neuron-explorer.1", ticket])
  socket.binaryType = "arraybuffer"
  let stands = false
  socket.onmessage = ({data}) => {
    if (stands) return hear(data)
    stands = true  // the first message is a greeting
    opened(socket)
  }
  socket.onclose = () => {
    if (stands) lost()
    else if (attempt < ATTEMPTS)
      setTimeout(openChannel, PAUSE, address, ticket, {hear, opened, lost}, attempt + 1)
  }
}

function addressOf(channel) {
  const address = new URL(channel, document.baseURI)
  address.protocol = address.protocol.replace("http", "ws")
  return address
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

// A component as Panel calls it, with its style, and a model whose messages go by the page's link.
export function linked({render, ...rest}, style = "") {
  const joined = model => {
    if (!model.address) return model
    shared.components.set(model.address, model)
    model.on("remove", () => shared.components.delete(model.address))
    if (shared.links.has(pageIn(model.address))) say(model, "all")  // it has missed what was told
    const send_msg = (message, answered) => say(model, message, answered)
    return new Proxy(model, {
      get: (target, name) => name === "send_msg" ? send_msg : target[name],
    })
  }
  return {...rest, render: properties => {
    dress(properties.el, style)
    return render({...properties, model: joined(properties.model)})
  }}
}

export function render({model, el}) {
  const page = model.ticket.slice(0, 8)
  const line = new Line({
    sendByPanel: message => model.send_msg(message),
    change: changer(sourcesOf(page), shared.components),
    waits: overdue => tell(el, "waiting", overdue),
    openChannel: model.channel === "" ? null : opened =>
      openChannel(addressOf(model.channel), model.ticket, {
        hear: frame => line.hear(frame),
        opened,
        lost: () => tell(el, "connection-lost"),
      }),
  })
  shared.links.set(page, line)
  model.on("remove", () => {
    shared.links.delete(page)
    line.patience.stop()
  })
  model.on("frame", () => line.hearByPanel(model.frame))
  model.send_msg("open")
  for (const said of shared.waiting.get(page) ?? []) line.say(...said)
  shared.waiting.delete(page)
  return document.createElement("span")
}
