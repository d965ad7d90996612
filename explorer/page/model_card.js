// The card of a network, behind a button: its text is shown as text, whoever wrote it.

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export function render({model}) {
  const heading = element("h2")
  const summary = element("p")
  const list = element("dl")
  const close = element("button", {type: "button", textContent: "Close"})
  const sheet = element("div", {className: "sheet", popover: "auto", tabIndex: 0},
    heading, summary, list, close)
  sheet.setAttribute("role", "dialog")
  sheet.setAttribute("aria-label", "About this network")
  close.addEventListener("click", () => sheet.hidePopover())
  const opener = element("button", {type: "button", textContent: "About"})
  opener.setAttribute("aria-haspopup", "dialog")
  opener.addEventListener("click", () => sheet.togglePopover())

  const show = () => {
    heading.textContent = model.heading
    summary.textContent = model.summary
    list.replaceChildren(...model.entries.map(([name, text]) => element("div", {},
      element("dt", {textContent: name}), element("dd", {textContent: text}))))
  }
  model.on(["heading", "summary", "entries"], show)
  show()
  return element("div", {}, opener, sheet)
}
