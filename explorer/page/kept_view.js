// What a tab keeps of the page's settings, for the page that opens after a reload or a lost
// connection. The text is the server's: `view=1&network=wide&…`, as it is in links.

import {nameOfPage} from "../browser/scope.js"
import {tab} from "../browser/storage.js"

const STORE = "neuron-explorer view"

const storeOf = page => `${STORE} ${nameOfPage(page)}`

// Whether the end of an address is a link's; some programs write the sign of equality in their way.
export const isLink = hash => /^#view(=|%3d)/i.test(hash)

export const keepView = (page, view) => tab.keep(storeOf(page), view)

export const keptView = page => tab.recall(storeOf(page))

// What a view says of one setting; null if it says nothing.
export const saidOf = (view, name) => new URLSearchParams(view ?? "").get(name)

// A view with the place that the end of an address says, if it says one.
export const withPlace = (view, place) =>
  place === null ? view : view.replace(/(?<=&place=)[^&]*/, place)

// Whether the page was opened by a link; its address soon says so no longer.
const cameByLink = isLink(globalThis.location?.hash ?? "")

// The network that the tab showed, which may be one that it has to bring along; null if a link says
// what is to be shown.
export const keptNetwork = page => cameByLink ? null : saidOf(keptView(page), "network")
