// Which network a tab shows outlives a reload and a lost connection.

import {nameOfPage} from "../browser/scope.js"
import {tab} from "../browser/storage.js"

const STORE = "neuron-explorer network"

const placeOf = page => `${STORE} ${nameOfPage(page)}`

export const keepNetwork = (page, name) => tab.keep(placeOf(page), name)

export const keptNetwork = page => tab.recall(placeOf(page))

// A link says which network there is.
export const forgetNetwork = page => tab.forget(placeOf(page))
