// The switch between the languages of a page. Its document says which there are, as it says it to
// whoever reads documents: each a link to the same page in that language. A notebook's says nothing.

import {button, element} from "./dom.js"
import {browser} from "./storage.js"
import {text} from "./texts.js"

const STORE = "neuron-explorer language"

// The address of the same in another language; what stands behind the # stays.
export function inLanguage(address, language) {
  const other = new URL(address)
  other.searchParams.set("language", language)
  return other.href
}

// For good, as far as this browser keeps anything: the next visit is in that language as well. A
// drawing and a network outlive this like a reload.
function choose(language) {
  browser.keep(STORE, language)
  location.replace(inLanguage(location.href, language))
}

// A button for each language, by its own name; nothing where there is no choice.
export function languageSwitch() {
  const links = [...document.querySelectorAll("link[hreflang]")]
  if (links.length < 2) return []
  const present = document.documentElement.lang.slice(0, 2)
  const row = element("div", {className: "languages"}, ...links.map(({hreflang, title}) => {
    const each = button(title, () => choose(hreflang))
    each.lang = hreflang
    each.translate = false
    if (hreflang === present) each.setAttribute("aria-current", "true")
    return each
  }))
  row.setAttribute("role", "group")
  row.setAttribute("aria-label", text("page.language"))
  return [row]
}
