// The models of a page, into which frames are put. From there nothing travels back to the server.

import {brightness} from "../browser/numbers.js"

const set = (model, values) => model.setv(values, {sync: false, check_eq: false})

const setColumns = (source, columns) => set(source, {data: {...source.data, ...columns}})

// Puts what a frame tells into models: `find` finds data sources by their names, `components` has
// the models of components by their addresses.
export class Models {
  constructor(find, components) {
    Object.assign(this, {find, components})
    this.waiting = new Map()  // columns of sources that are not there yet, by their names
  }

  change({activations, components, sources}) {
    for (const [name, columns] of Object.entries(sources)) this.setColumns(name, columns)
    if (activations) setActivations(this.find("inputs"), this.find("neurons"), activations)
    for (const [address, changed] of Object.entries(components))
      if (this.components.has(address)) set(this.components.get(address).data, changed)
  }

  // A component has come, perhaps with sources of which something was told before.
  arrive() {
    for (const [name, columns] of [...this.waiting]) this.setColumns(name, columns)
  }

  setColumns(name, columns) {
    const source = this.find(name)
    if (!source) this.waiting.set(name, {...this.waiting.get(name), ...columns})
    else {
      this.waiting.delete(name)
      setColumns(source, columns)
    }
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
