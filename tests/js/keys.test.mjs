import assert from "node:assert/strict"
import test from "node:test"
import {load} from "./modules.mjs"

const {commandOf, letter, takesText} = await load("browser/keys.js")

const press = (key, code, held = {}) => commandOf({key, code, ...held})
const ctrl = {ctrlKey: true}

test("a letter is the layout's, and where that has none the one of its place", () => {
  assert.equal(letter({key: "p", code: "KeyP"}), "p")
  assert.equal(letter({key: "P", code: "KeyP"}), "p")
  assert.equal(letter({key: "з", code: "KeyP"}), "p")
  assert.equal(letter({key: "π", code: "KeyP"}), "p")
  assert.equal(letter({key: "l", code: "KeyP"}), "l", "a Dvorak keyboard")
  assert.equal(letter({key: "1", code: "Digit1"}), null)
  assert.equal(letter({key: "F5"}), null)
})

test("shortcuts work with Caps Lock, with Shift and in Cyrillic", () => {
  assert.equal(press("p", "KeyP"), "projector")
  assert.equal(press("P", "KeyP", {shiftKey: true}), "projector")
  assert.equal(press("д", "KeyL"), "theme")
  assert.equal(press("n", "KeyN"), "next-card")
  assert.equal(press("п", "KeyG"), "to-card")
  assert.equal(press("ц", "KeyW"), "to-work")
  assert.equal(press("Escape", "Escape"), "escape")
  assert.equal(press("?", "Slash", {shiftKey: true}), "shortcuts")
})

test("a digit is a command of its own, whichever key has it", () => {
  assert.equal(press("7", "Digit7"), "digit-7")
  assert.equal(press("7", "Numpad7"), "digit-7")
  assert.equal(press("7", "Digit7", {shiftKey: true}), "digit-7", "a French keyboard")
  assert.equal(press("7", "Digit7", ctrl), null)
  assert.equal(press("7", "Digit7", {repeat: true}), null)
})

test("undo and redo are what they are elsewhere", () => {
  assert.equal(press("z", "KeyZ", ctrl), "undo")
  assert.equal(press("z", "KeyZ", {metaKey: true}), "undo")
  assert.equal(press("Z", "KeyZ", {...ctrl, shiftKey: true}), "redo")
  assert.equal(press("Z", "KeyZ", {metaKey: true, shiftKey: true}), "redo")
  assert.equal(press("y", "KeyY", ctrl), "redo")
  assert.equal(press("я", "KeyZ", ctrl), "undo")
  assert.equal(press("y", "KeyZ", ctrl), "redo", "a German keyboard")
})

test("what belongs to the browser or to writing is no command", () => {
  assert.equal(press("p", "KeyP", ctrl), null)
  assert.equal(press("l", "KeyL", {metaKey: true}), null)
  assert.equal(press("y", "KeyY", {metaKey: true}), null)
  assert.equal(press("p", "KeyP", {altKey: true}), null)
  assert.equal(press("p", "KeyP", {isComposing: true}), null)
  assert.equal(press("p", "KeyP", {repeat: true}), null)
  assert.equal(press("z", "KeyZ", {...ctrl, repeat: true}), "undo")
})

test("fields take letters for themselves, sliders do not", () => {
  const input = type => ({localName: "input", type})
  for (const element of [input("text"), input("search"), input("number"), {localName: "textarea"},
    {localName: "select"}, {localName: "div", isContentEditable: true}])
    assert.ok(takesText(element))
  for (const element of [input("range"), input("checkbox"), {localName: "button"}, undefined])
    assert.ok(!takesText(element))
})
