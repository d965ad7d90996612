// Dark or light: as the person has chosen, and until then as the machine is set.

import {browser} from "../browser/storage.js"

const STORE = "neuron-explorer theme"

// The theme of a first visit, "light" or "dark", and later the one that was chosen last.
export const knownTheme = () => browser.recall(STORE) ??
  (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark")

export class Theme {
  // `button` says whether the page is light, and changes it.
  constructor(page, button) {
    Object.assign(this, {page, button})
    button.addEventListener("click", () => this.choose(this.now === "light" ? "dark" : "light"))
    this.show(knownTheme())
  }

  choose(theme) {
    browser.keep(STORE, theme)
    this.show(theme)
  }

  show(theme) {
    this.now = theme
    for (const each of [this.page, document.documentElement]) each.dataset.theme = theme
    this.button.setAttribute("aria-pressed", theme === "light")
  }
}
