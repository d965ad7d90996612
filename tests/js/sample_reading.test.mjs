import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {accuracy, caption, counts, rows} = await load("edit/sample_reading.js")
const hypothesis = await load("edit/hypothesis.js")
const {effect, finding} = hypothesis

const content = {
  count: 1000, source: "MNIST test", centred: true, changed: true,
  before: {all: 0.9705, digits: [0.98, ...Array(9).fill(0.97)]},
  now: {all: 0.963, digits: [0.49, 0.97, 0.99, ...Array(7).fill(0.97)]},
  newly_misread: 1009, newly_read: 2,
}

test("a changed network has both accuracies, and the digits are called what they are", () => {
  assert.equal(accuracy(content),
    "Accuracy on 1,000 MNIST test digits, normalised: 97.1 % before · 96.3 % now")
  assert.equal(accuracy({...content, source: "synthetic", centred: false}),
    "Accuracy on 1,000 synthetic digits: 97.1 % before · 96.3 % now")
})

test("a network that is not changed has one", () => {
  assert.equal(accuracy({...content, changed: false, now: content.before}),
    "Accuracy on 1,000 MNIST test digits, normalised: 97.1 %")
})

test("how many are newly misread and newly read is told apart", () => {
  assert.equal(counts(content), "1,009 newly misread · 2 newly read")
  assert.match(caption({newly_misread: 1009, shown: 24}), /^The first 24 that are newly misread/)
  assert.match(caption({newly_misread: 24, shown: 24}), /^Click one that is newly misread/)
})

test("a digit that suffers is marked, and its bar shows what is lost", () => {
  const made = rows(content)
  assert.equal(made.length, 10)
  assert.deepEqual(made.map(row => row.className), ["worse", ...Array(9).fill("")])
  const [worse, same, better] = made.map(row => row.all("i"))
  assert.deepEqual(worse.map(bar => bar.className), ["kept", "lost"])
  assert.deepEqual(worse.map(bar => bar.style.width), ["49%", "49%"])
  assert.equal(same[1].style.width, "0%")
  assert.equal(better[1].className, "won")
  assert.deepEqual(made.slice(0, 3).map(row => row.all("em")[0].textContent), ["▼", "", "▲"])
  assert.equal(made[0].all("span")[1].textContent, "98.0 → 49.0")
})

test("a hypothesis is answered with the digits that lose most, and those that were said", () => {
  assert.equal(effect({before: 0.9705, now: 0.8401}), "Silenced: accuracy 97.1 % → 84.0 %.")
  assert.equal(finding({worst: [[4, -31.2], [9, -21.7]], said: [4]}),
    "Digits 4 and 9 lose most: −31 and −22 points; you said 4.")
  assert.equal(finding({worst: [[4, -31.2]], said: [4, 7, 9]}),
    "Digit 4 loses most: −31 points; you said 4, 7, and 9.")
  assert.equal(finding({worst: [[4, -31.2]], said: []}), "Digit 4 loses most: −31 points.")
  assert.equal(finding({worst: [], said: [0]}), "No digit loses a point; you said 0.")
})

test("digits that a neuron is said to look for are said once, and can be taken back", () => {
  const told = []
  const model = {neuron: "neuron 3", verdict: {}, on() {}, send_msg: message => told.push(message)}
  const buttons = hypothesis.render({model}).all("button")
  for (const digit of [7, 3, 7, 5]) buttons[digit].fire("click")
  assert.deepEqual(buttons.slice(3, 8).map(each => each.attributes["aria-pressed"]), ["true", "false", "true", "false", "false"])
  buttons.at(-1).fire("click")
  assert.deepEqual(told, [{type: "silence", digits: [3, 5]}])
})
