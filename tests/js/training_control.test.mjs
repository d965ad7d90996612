import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {inscription} = await load("classroom/training_control.js")

test("the teacher's button says whether training is off, or the same for all", () => {
  assert.equal(inscription({trains: true, run: ""}), "Training")
  assert.equal(inscription({trains: true, run: "seed 0"}), "Same run for all")
  assert.equal(inscription({trains: false, run: "seed 0"}), "Training off")
})
