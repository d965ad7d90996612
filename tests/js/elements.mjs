// As much of a document as components need to be made in Node: what they put where can be read.

class FakeElement {
  constructor(tag) {
    Object.assign(this, {tag, children: [], attributes: {}, listeners: {}, dataset: {}, className: "", hidden: false})
    this.style = {setProperty(name, value) { this[name] = value }}
    this.classList = {
      toggle: (name, on) => { this.setClass(name, on ?? !this.hasClass(name)) },
    }
  }

  hasClass(name) { return this.className.split(" ").includes(name) }

  setClass(name, on) {
    const others = this.className.split(" ").filter(each => each && each !== name)
    this.className = [...others, ...on ? [name] : []].join(" ")
  }

  append(...children) {
    for (const child of children) child.remove?.()
    for (const child of children) if (child instanceof FakeElement) child.parent = this
    this.children.push(...children)
  }

  replaceChildren(...children) {
    this.children = []
    this.append(...children)
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter(each => each !== this)
    this.parent = null
  }

  setAttribute(name, value) { this.attributes[name] = String(value) }
  addEventListener(name, heard) { this.listeners[name] = heard }
  fire(name) { this.listeners[name]?.({target: this}) }

  // All elements inside that have this tag.
  all(tag) {
    return this.children.filter(each => each instanceof FakeElement)
      .flatMap(each => [...each.tag === tag ? [each] : [], ...each.all(tag)])
  }
}

globalThis.ResizeObserver = class { observe() {} }
globalThis.document = {
  createElement: tag => new FakeElement(tag), addEventListener() {}, removeEventListener() {},
}
