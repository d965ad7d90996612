// What a browser keeps for a page. It may forbid that ("block all cookies"): then even to look for
// it throws an error. Here nothing throws: what cannot be kept is not there when it is asked for.

// Whether the page is an explorer's in a notebook: then all that it shows is kept in Python, and may
// be set there while no page is open. A tab that brought anything along would undo that.
export const isKernels = () => globalThis.document?.documentElement?.dataset.keeper === "kernel"

// In the place of a store: what is kept until the page is loaded anew.
const passing = new Map()
const passingStore = {
  getItem: key => passing.get(key) ?? null,
  setItem: (key, text) => passing.set(key, text),
  removeItem: key => passing.delete(key),
}

class Storage {
  constructor(name, isPassing = () => false) { Object.assign(this, {name, isPassing}) }

  // Whether anything is kept at all.
  get works() {
    const probe = "neuron-explorer probe"
    const kept = this.keep(probe, probe) && this.recall(probe) === probe
    this.forget(probe)
    return kept
  }

  recall(key) { return this.attempt(store => store.getItem(key), null) }

  // Returns whether it is kept.
  keep(key, text) {
    return this.attempt(store => {
      store.setItem(key, text)
      return true
    }, false)
  }

  forget(key) { this.attempt(store => store.removeItem(key)) }

  attempt(use, otherwise) {
    try {
      return use(this.isPassing() ? passingStore : globalThis[this.name])
    } catch {
      return otherwise
    }
  }
}

// Until the tab is closed; it outlives a reload.
export const tab = new Storage("sessionStorage", isKernels)

// For good, for all tabs.
export const browser = new Storage("localStorage")
