// The page that a part belongs to. Parts tell each other things on the page's own element and not
// on the document, so that two pages in one document (a notebook) do not hear each other.

const MARK = "neuronExplorer"

// Where pages stand in this document, by their numbers.
const places = []

// Make `element` a page, which is going to stand in `place`. Its number is the same after a reload.
// `ownsAddress` says whether the document, and with it the address, is the page's own.
export function markAsPage(element, place, ownsAddress = false) {
  element.dataset.ownsAddress = ownsAddress
  const free = places.findIndex(each => each === place || !each.isConnected)
  const number = free < 0 ? places.length : free
  places[number] = place
  element.dataset[MARK] = number
}

// The name of a page, under which a browser may keep what belongs to it.
export const nameOfPage = page => `${location.pathname} ${page.dataset?.[MARK] ?? ""}`

export const ownsAddress = page => page.dataset?.ownsAddress === "true"

export const isPage = element => element.dataset?.[MARK] !== undefined

// The element and all around it, out of every shadow root; the innermost comes first.
export function* around(element) {
  for (let each = element; each; each = each.parentNode ?? each.host) yield each
}

// The page around an element; the document where a part is shown by itself.
export function pageOf(element) {
  for (const each of around(element)) if (isPage(each)) return each
  return document
}

// Whether nobody may use what is there: a teacher rests the pads.
export function isInert(element) {
  for (const each of around(element)) if (each.inert === true) return true
  return false
}

// Tell all parts of the page around `element`. Returns false if one has said that it is enough
// (`preventDefault`).
export function tell(element, name, detail = null) {
  return pageOf(element).dispatchEvent(new CustomEvent(name, {detail, cancelable: true}))
}

// Hear what the parts of the page around `element` tell, as long as the part of `model` stands.
export function listen(model, element, answers, options = {}) {
  listenOn(model, pageOf(element), answers, options)
}

// The same for the events of any target.
export function listenOn(model, target, answers, options = {}) {
  for (const [name, answer] of Object.entries(answers)) target.addEventListener(name, answer, options)
  model.on("remove", () => {
    for (const [name, answer] of Object.entries(answers))
      target.removeEventListener(name, answer, options)
  })
}

// Hear of changes of a property of another model, as long as the part of `model` stands.
export function watch(model, other, property, answer) {
  const signal = other.properties[property].change
  signal.connect(answer)
  model.on("remove", () => signal.disconnect(answer))
}
