import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {Turns} = await load("browser/turns.js")

test("the server's word counts once it has heard the last that was done", () => {
  const sent = []
  const model = {heard: 0, send_msg: message => sent.push(message)}
  const turns = new Turns(model)
  assert.ok(turns.heard())
  const first = turns.send({value: 1})
  turns.send({value: 2})
  assert.deepEqual(sent, [{value: 1, turn: 1}, {value: 2, turn: 2}])
  model.heard = 1
  assert.deepEqual([turns.heard(first), turns.heard()], [true, false])
  model.heard = 2
  assert.ok(turns.heard())
})

test("a part that is drawn anew goes on counting where the server has got to", () => {
  const turns = new Turns({heard: 7, send_msg: () => {}})
  assert.equal(turns.send({}), 8)
  assert.ok(!turns.heard())
})
