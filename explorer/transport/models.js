// The models of a page, into which frames are put. From there nothing travels back to the server.

import {brightness} from "../browser/numbers.js"

const set = (model, values) => model.setv(values, {sync: false, check_eq: false})

function setColumns(source, columns) {
  if (source) set(source, {data: {...source.data, ...columns}})
}

// Puts what a frame tells into models: `find` finds data sources by their names, `components` has
// the models of components by their addresses.
export function changer(find, components) {
  return ({activations, components: values, sources}) => {
    for (const [name, columns] of Object.entries(sources)) setColumns(find(name), columns)
    if (activations) setActivations(find("inputs"), find("neurons"), activations)
    for (const [address, changed] of Object.entries(values))
      if (components.has(address)) set(components.get(address).data, changed)
  }
}

// The input's activations come first, then those of all later layers.
function setActivations(inputs, neurons, activations) {
  const count = inputs.data.activation.length
  setColumns(inputs, {activation: activations.subarray(0, count)})
  const activation = activations.subarray(count)
  const {full} = neurons.data
  setColumns(neurons, {activation, brightness: activation.map((a, i) => brightness(a, full[i]))})
}

// Finds the data sources of a page by their names: another page in the document has its own, of the
// same names. They are where the components refer to them, which `components` lists.
export function sourcesOf(components) {
  const known = new Map()
  const learn = () => {
    for (const component of components())
      for (const model of component.data.references()) if (model.name) known.set(model.name, model)
  }
  return name => {
    if (!known.has(name)) learn()
    return known.get(name)
  }
}
