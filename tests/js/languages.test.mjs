import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {inLanguage} = await load("browser/languages.js")

test("the same page in another language keeps what else its address says", () => {
  assert.equal(inLanguage("http://host/?language=en#train", "de"), "http://host/?language=de#train")
  assert.equal(inLanguage("http://host/app?a=1#view=1&x=2", "he"), "http://host/app?a=1&language=he#view=1&x=2")
})
