import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"
import {openTab} from "./tab_storage.mjs"

const {Gallery} = await load("drawing/collection.js")
const {KeptDrawings} = await load("drawing/kept_drawings.js")
const {KeptShare} = await load("training/own_drawings_panel.js")

function page(Keeper, values) {
  const sent = []
  return {kept: new Keeper({...values, send_msg: message => sent.push(message)}, "/ 0"), sent}
}
const collected = (...gallery) => page(KeptDrawings, {gallery})
const share = percent => page(KeptShare, {percent, shares: [[10, "10 %"], [50, "50 %"]]})

test("drawings are brought along by the next page with their digits, if it has none yet", () => {
  openTab()
  collected([4, 7, "AAAA", "aaaa"], [9, 3, "BBBB", "bbbb"]).kept.keep()
  const next = collected()
  next.kept.bring()
  const [{type, kept}] = next.sent
  assert.equal(type, "restore")
  assert.deepEqual(JSON.parse(kept), [[7, "AAAA", "aaaa"], [3, "BBBB", "bbbb"]])
  const other = collected([0, 1, "CCCC", "cccc"])
  other.kept.bring()
  assert.deepEqual(other.sent, [])
})

test("nothing is kept of none, nor of what there is no room for", () => {
  openTab(100)
  collected([0, 7, "AAAA", "aaaa"]).kept.keep()
  collected().kept.keep()
  collected([0, 7, "A".repeat(200), "aaaa"]).kept.keep()
  const next = collected()
  next.kept.bring()
  assert.deepEqual(next.sent, [])
})

test("the share of them is brought along if it is one to choose from", () => {
  openTab()
  const first = share(10)
  first.kept.bring()
  share(50).kept.keep()
  const next = share(10)
  next.kept.bring()
  share(7).kept.keep()
  next.kept.bring()
  assert.deepEqual([first.sent, next.sent], [[], [{type: "share", percent: 50}]])
})

test("the gallery shows the latest first, and makes only new tiles", () => {
  const removed = []
  const gallery = new Gallery(key => removed.push(key))
  assert.equal(gallery.show([]) ?? gallery.list.hidden, true)
  gallery.show([[0, 7, "a.png"], [1, 3, "b.png"]])
  const [latest, first] = gallery.list.children
  assert.deepEqual(gallery.list.all("img").map(image => image.src), ["b.png", "a.png"])
  gallery.show([[0, 7, "a.png"], [2, 9, "c.png"]])
  assert.equal(gallery.list.children[1], first)
  assert.notEqual(gallery.list.children[0], latest)
  gallery.list.all("button")[0].fire("click")
  assert.deepEqual(removed, [2])
})

test("a drawing says what it is read as once that is known, and not by its colour alone", () => {
  const gallery = new Gallery(() => {})
  gallery.show([[4, 7, "a.png"], [9, 3, "b.png"]])
  gallery.mark({4: 7})
  gallery.mark({4: 1, 9: 3})
  const shown = gallery.list.children.map(({title, className}) => [title, className])
  assert.deepEqual(shown, [["Digit 3, read correctly", ""], ["Digit 7, read as 1", "misread"]])
  assert.deepEqual(gallery.list.all("b").map(({textContent}) => textContent), ["✓ 3", "✗ 7"])
})

const forgetting = await load("training/forgetting.js")

test("without own drawings there is no table of what is forgotten, and with them one of each digit", () => {
  const changed = []
  const model = {rows: [], digits: [], worst: null, on: (_, show) => changed.push(show)}
  const box = forgetting.render({model})
  assert.deepEqual(box.children, [])
  Object.assign(model, {rows: [["your 3 drawings", "0", "3"]], digits: ["0", "−15"], worst: 1})
  changed.forEach(show => show())
  const [first, digits] = box.all("table")
  assert.deepEqual(first.all("td").map(({textContent}) => textContent), [undefined, "0", "3"])
  assert.deepEqual(digits.all("td").map(({textContent, className}) => [textContent, className]),
    [["0", ""], ["−15", "worst"]])
})
