// The way through the page in the browser's history: another place or another network is an entry of
// its own, and each remembers where one was there, the selected neuron too.

import {saidOf, withPlace} from "./kept_view.js"
import {addressOf, isLesson, placeOf} from "./places.js"

const isElsewhere = (one, other) =>
  ["place", "network"].some(name => saidOf(one, name) !== saidOf(other, name))

// Browsers refuse to be asked too often in a short time; then the entry stays as it is. An address
// that ends in something of somebody else's keeps it, and the lesson keeps its own in every place.
function note(method, where, hash = location.hash) {
  const isOthers = isLesson(hash) || (placeOf(hash) === null && method === "replaceState")
  const address = isOthers ? location.href : addressOf(saidOf(where, "place"), location.href)
  try {
    history[method]({...history.state, where}, "", address)
  } catch {}
}

// Where one was in the present entry; null if nothing is known of it.
export const whereInHistory = () => history.state?.where ?? null

// The page opens, in the place that its address says.
export function begin([where]) {
  if (whereInHistory() === null) note("replaceState", withPlace(where, placeOf(location.hash)))
}

// One is here now; `hasGone` says that a person has gone there from where the entry is.
export function follow([where, hasGone]) {
  const before = whereInHistory()
  const isStep = hasGone && before !== null && isElsewhere(before, where)
  note(isStep ? "pushState" : "replaceState", where)
}

// A link was followed to here and is used up: a reload finds what has been done since.
export const useUp = ([where]) => note("replaceState", where, "")
