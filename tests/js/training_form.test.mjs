import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

globalThis.requestAnimationFrame = task => task()
globalThis.Option = function (title, name) { return Object.assign(document.createElement("option"), {title, value: name}) }

const {Command, Field, render, StartingPoints} = await load("training/form.js")

const TYPED = {name: "epochs", label: "Epochs", hint: "How often", options: null, keyboard: "numeric", is_folded: false}
const MENU = {name: "loss", label: "Loss", hint: "Loss function", options: [["a", "A"], ["b", "B"]], keyboard: "text", is_folded: true}
const STARTS = [["lesson", "The lesson's", "As in the lesson."], ["good", "A good one", "Better."]]

function enter(control, value) {
  control.value = value
  control.fire("change")
}

// The component with a server that notes what it is told, and answers when it is asked to.
function form() {
  const told = [], answers = [], changed = []
  const model = {
    fields: [TYPED, MENU], starts: STARTS, start: "lesson", values: {epochs: "30", loss: "a"},
    errors: {}, remarks: {}, parameters: 13002, command: "python -m core train",
    on: (_, show) => changed.push(show),
    send_msg: (message, answered) => { told.push(message); answers.push(answered) },
  }
  const box = render({model})
  const change = news => { Object.assign(model, news); for (const show of changed) show() }
  const answer = () => answers.shift()()
  const [epochs] = box.all("input"), [loss] = box.all("select")
  return {box, told, change, answer, epochs, loss}
}

const settled = () => new Promise(resolve => { setTimeout(resolve, 5) })
const shown = (box, className) =>
  box.all("p").filter(each => each.className === className).map(each => each.textContent).filter(Boolean)

test("a field is a menu where there are a few values, and text with its keyboard elsewhere", () => {
  const [typed, menu] = [TYPED, MENU].map(each => new Field(each, () => {}))
  assert.equal(typed.control.tag, "input")
  assert.equal(typed.control.inputMode, "numeric")
  assert.equal(menu.control.tag, "select")
  assert.deepEqual(menu.control.children.map(each => [each.value, each.title]), MENU.options)
})

test("a field has its label, and is described by its hint, its error and its remark", () => {
  const {box, control} = new Field(TYPED, () => {})
  const [label] = box.all("label")
  assert.deepEqual([label.htmlFor, label.textContent], [control.id, "Epochs"])
  const described = control.attributes["aria-describedby"].split(" ")
  const others = [...box.all("span"), ...box.all("p")].map(each => each.id)
  assert.deepEqual(described, others)
})

test("both kinds show a value that nobody has entered", () => {
  for (const [kind, value] of [[TYPED, "30"], [MENU, "b"]]) {
    const field = new Field(kind, () => {})
    field.show(value)
    assert.equal(field.control.value, value)
  }
})

test("what cannot be stays as it was typed, with a sentence, until something else can", () => {
  const field = new Field(TYPED, () => {})
  field.show("30")
  enter(field.control, "many")
  field.show("30", "This must be a number.")
  assert.equal(field.control.value, "many")
  assert.equal(field.control.attributes["aria-invalid"], "true")
  assert.deepEqual(shown(field.box, "refusal"), ["This must be a number."])
  field.show("20")
  assert.equal(field.control.value, "20")
  assert.equal(field.control.attributes["aria-invalid"], "false")
  assert.deepEqual(shown(field.box, "refusal"), [])
})

test("what is being typed is not overwritten by news", () => {
  const field = new Field(TYPED, () => {})
  field.show("30")
  field.control.value = "1"
  field.show("20")
  assert.equal(field.control.value, "1")
})

test("what was entered is written as the server writes it", () => {
  const field = new Field(TYPED, () => {})
  field.show("0.5")
  enter(field.control, "0,50")
  field.show("0.5")
  assert.equal(field.control.value, "0.5")
})

test("each entry and each starting point is one message", () => {
  const {box, told, epochs, loss} = form()
  enter(epochs, "5")
  enter(loss, "b")
  box.all("button").find(each => each.textContent === "A good one").fire("click")
  assert.deepEqual(told, [
    {type: "set", name: "epochs", value: "5"}, {type: "set", name: "loss", value: "b"},
    {type: "start", name: "good"},
  ])
})

test("an answer to something earlier does not undo what was entered since", async () => {
  const {change, answer, epochs, loss} = form()
  enter(epochs, "5")
  enter(loss, "b")
  answer()
  change({values: {epochs: "5", loss: "a"}})
  await settled()
  assert.equal(loss.value, "b")
  answer()
  change({values: {epochs: "5", loss: "b"}})
  await settled()
  assert.deepEqual([epochs.value, loss.value], ["5", "b"])
})

test("an entry that changes nothing is put right by the answer alone", async () => {
  const {answer, epochs} = form()
  enter(epochs, " 30")
  answer()
  await settled()
  assert.equal(epochs.value, "30")
})

test("a remark is no error", async () => {
  const {box, change, loss} = form()
  change({remarks: {loss: "This fails."}})
  await settled()
  assert.deepEqual(shown(box, "remark"), ["This fails."])
  assert.equal(loss.attributes["aria-invalid"], "false")
})

test("what is folded is not among what is in sight", () => {
  const {box} = form()
  const [details] = box.all("details")
  assert.deepEqual(details.all("label").map(each => each.textContent), ["Loss"])
  assert.equal(details.all("input").length, 0)
})

test("the starting point that was chosen is pressed and described, as long as it is the one", () => {
  const starts = new StartingPoints(STARTS, () => {})
  const pressed = () => starts.box.all("button").map(each => each.attributes["aria-pressed"])
  starts.show("good")
  assert.deepEqual(pressed(), ["false", "true"])
  assert.deepEqual(shown(starts.box, "hint"), ["Better."])
  starts.show("")
  assert.deepEqual(pressed(), ["false", "false"])
  assert.deepEqual(shown(starts.box, "hint"), ["Your own settings."])
})

test("a command is copied, and another one is not yet", async () => {
  const copied = []
  Object.defineProperty(globalThis, "navigator", {
    value: {clipboard: {writeText: async words => { copied.push(words) }}}, configurable: true})
  const command = new Command()
  command.show(13002, "train")
  command.line.select = () => {}
  await command.copy()
  assert.deepEqual(copied, ["train"])
  const words = () => command.box.all("span").map(each => each.textContent)
  assert.deepEqual(words(), ["13,002 parameters", "Copied"])
  command.show(13002, "train")
  assert.deepEqual(words(), ["13,002 parameters", "Copied"])
  command.show(1, "train again")
  assert.deepEqual(words(), ["1 parameter", ""])
})
