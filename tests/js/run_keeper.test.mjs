import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {RunKeeper} = await load("page/run_keeper.js")

const map = new Map()
const value = {getItem: key => map.get(key) ?? null, setItem: (key, text) => map.set(key, text),
  removeItem: key => map.delete(key)}
Object.defineProperty(globalThis, "sessionStorage", {value, configurable: true})

// A page with this script, and what it sends with what is called when that is answered.
function made(page = "/ 0", network = "default") {
  const sent = []
  const model = {key: "", recipe: "", send_msg: (message, answered) => sent.push({message, answered})}
  return {keeper: new RunKeeper(model, page, network), model, sent}
}

function train({keeper, model}, key, recipe = "{}") {
  Object.assign(model, {key, recipe})
  keeper.keep()
}

test("the key of a run is brought along by the next page, and by no other", () => {
  train(made(), "secret")
  const [next, other] = [made("/ 0", "training"), made("/ 1")]
  for (const {keeper} of [next, other]) keeper.bring()
  assert.deepEqual(next.sent.map(({message}) => message), 
    [{type: "restore", key: "secret", recipe: "{}", shown: true}])
  assert.deepEqual(other.sent, [])
})

test("what was not found is asked for once, and what was found is kept on", () => {
  for (const [found, asked] of [["", 0], ["secret", 1]]) {
    train(made(), "secret")
    const next = made()
    next.keeper.bring()
    next.model.key = found
    next.sent[0].answered()
    const last = made()
    last.keeper.bring()
    assert.equal(last.sent.length, asked)
  }
})

test("where the run has begun anew nothing is kept", () => {
  const page = made()
  train(page, "secret")
  train(page, "")
  const next = made()
  next.keeper.bring()
  assert.deepEqual(next.sent, [])
})
