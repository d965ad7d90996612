import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {Turns} = await load("browser/turns.js")

test("the server's word counts once it has heard the last that was done", () => {
  const sent = []
  let told = 0
  const model = {send_msg: (message, answered) => sent.push([message, answered])}
  const turns = new Turns(model, () => told++)
  assert.ok(turns.heard())
  const first = turns.send({value: 1})
  turns.send({value: 2})
  assert.deepEqual(sent.map(([message]) => message), [{value: 1}, {value: 2}])
  assert.ok(!turns.heard(first))
  sent[0][1]()
  assert.deepEqual([turns.heard(first), turns.heard()], [true, false])
  sent[1][1]()
  assert.ok(turns.heard())
  assert.equal(told, 2)
})
