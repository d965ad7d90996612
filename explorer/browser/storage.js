// What a browser keeps for a page. It may forbid that ("block all cookies"): then even to look for
// it throws an error. Here nothing throws: what cannot be kept is not there when it is asked for.

class Storage {
  constructor(name) { this.name = name }

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
      return use(globalThis[this.name])
    } catch {
      return otherwise
    }
  }
}

// Until the tab is closed; it outlives a reload.
export const tab = new Storage("sessionStorage")

// For good, for all tabs.
export const browser = new Storage("localStorage")
