// Which network a tab shows outlives a reload and a lost connection.

import {nameOfPage} from "../browser/scope.js"
import {tab} from "../browser/storage.js"

const STORE = "neuron-explorer network"

const placeOf = page => `${STORE} ${nameOfPage(page)}`

export const keepNetwork = (page, name) => tab.keep(placeOf(page), name)

export const keptNetwork = page => tab.recall(placeOf(page))

// Whether every page offers a network of this name: one's own are brought with their weights, and what
// was in training is gone.
export const isOffered = name => !/^(own-\d+|training)$/.test(name)

// A link says which network there is.
export const forgetNetwork = page => tab.forget(placeOf(page))
