import assert from "node:assert/strict"
import test from "node:test"
import "./elements.mjs"
import {load} from "./modules.mjs"

const {Waterfall} = await load("inspector/waterfall.js")
const {Votes} = await load("classroom/tallies.js")
const {tileWidth, Wall} = await load("classroom/wall.js")

test("in the waterfall what adds is blue, what takes away is red, and each starts where the last ended", () => {
  const waterfall = new Waterfall(() => {})
  const {list} = waterfall
  const terms = [["1:2", 2, 1, 2, 2], ["1:0", -3, 1, -3, -1]]
  waterfall.show({terms, rest: [0, 0], sum: -1, bias: 0.5, z: -0.5})
  const bars = list.all("i")
  assert.deepEqual(bars.map(bar => bar.className), ["positive", "negative", "total", "positive", "total"])
  const values = () => list.all("span").filter(each => each.className === "value").map(each => each.textContent)
  assert.deepEqual(values(), ["+2.000", "−3.000", "−1.000", "+0.500", "−0.500"])
  assert.equal(bars[0].style["--to"], bars[1].style["--to"])
  assert.equal(bars[1].style["--from"], bars[2].style["--from"])
  assert.equal(list.style["--zero"], bars[0].style["--from"])
})

test("another sum stands in the rows that are there; one with fewer terms has fewer", () => {
  const waterfall = new Waterfall(() => {})
  const {list} = waterfall
  waterfall.show({terms: [["1:2", 2, 1, 2], ["1:0", -3, 1, -3]], rest: [0, 0], sum: -1, bias: 0.5, z: -0.5})
  const first = list.children[0]
  waterfall.show({terms: [["1:4", 1, 1, 1]], rest: [0, 0], sum: 1, bias: -2, z: -1})
  assert.equal(list.children.length, 4)
  assert.equal(list.children[0], first)
  assert.deepEqual(list.children.map(row => row.children[0].textContent), ["1:4", "sum", "bias", "z"])
  assert.deepEqual(list.all("i").map(bar => bar.className), ["positive", "total", "negative", "total"])
})

test("votes are as long as they are many, and the network's answer is marked, whoever has voted for it", () => {
  const votes = new Votes()
  votes.show([0, 4, 2, 0, 0, 0, 0, 0, 0, 0], 2)
  assert.deepEqual(votes.bars.slice(0, 3).map(bar => bar.fill.style.width), ["0%", "100%", "50%"])
  assert.deepEqual(votes.bars.map(bar => bar.row.hasClass("winner")).indexOf(true), 2)
  assert.equal(votes.list.hidden, false)
  votes.show([], null)
  assert.equal(votes.list.hidden, true)
})

const pupil = (key, more = {}) =>
  ({key, name: key, picture: "", digit: 7, sure: true, meant: null, misread: false, ...more})

test("of the tiles on the wall, that of the pupil who is looked at is marked", () => {
  const wall = new Wall(() => {})
  wall.change([pupil("a"), pupil("b")])
  wall.arrange(["a", "b"])
  const marked = () => wall.grid.children.map(tile => tile.attributes["aria-current"])
  wall.mark("b")
  assert.deepEqual(marked(), ["false", "true"])
  assert.equal(wall.pupil("b").name, "b")
  wall.mark("")
  assert.deepEqual(marked(), ["false", "false"])
  assert.equal(wall.pupil(""), null)
})

test("the wall has who is there, in their order; who has left is gone, who is misread is marked", () => {
  const wall = new Wall(() => {})
  wall.change([pupil("b"), pupil("a", {misread: true}), pupil("c")])
  wall.arrange(["a", "b", "c"])
  wall.arrange(["c", "a"])
  assert.deepEqual(wall.grid.children.map(tile => tile.dataset.key), ["c", "a"])
  assert.deepEqual(wall.grid.children.map(tile => tile.hasClass("misread")), [false, true])
  wall.change([pupil("a")])
  assert.equal(wall.grid.children[1].hasClass("misread"), false)
})

const outputs = await load("diagram/outputs.js")

// The outputs' part, with the listeners of its model by the names of what they listen to.
function shown(values) {
  const listeners = {}
  const model = {
    activations: [0.2, 0.9, 0, 0, 0, 0, 0, 0, 0, 0], answer: {digit: 1, sure: true}, held: [],
    lens: {drawn: {digit: null}, centred: {digit: null}}, threshold: 0.5, full: 1,
    labels: [..."0123456789"], digits: true, by_softmax: false,
    on: (names, heard) => [names].flat().forEach(name => { listeners[name] = heard }),
    ...values,
  }
  const box = outputs.render({model})
  const change = news => {
    Object.assign(model, news)
    for (const name of Object.keys(news)) listeners[name]()
  }
  return {rows: box.all("li"), list: box.all("ol")[0], change}
}

test("a bar is as long as its output, and the largest is marked if it counts", () => {
  const {rows, change} = shown()
  assert.deepEqual(rows.slice(0, 2).map(row => row.all("i")[0].style.scale), ["0.2 1", "0.9 1"])
  assert.deepEqual(rows.map(row => row.hasClass("winner")).indexOf(true), 1)
  change({answer: {digit: 0, sure: true}})
  assert.deepEqual(rows.map(row => row.hasClass("winner")).indexOf(true), 0)
  change({answer: {digit: 0, sure: false}})
  assert.ok(!rows.some(row => row.hasClass("winner")))
})

test("outputs of another network have bars of their own, once all is told of it", () => {
  const {list, change} = shown()
  change({labels: [..."QRS"], digits: false})
  assert.deepEqual(list.all("li").map(row => row.dataset.label), ["Q", "R", "S"])
  change({activations: [0.1, 0.2, 0.8], answer: {digit: 2, sure: true}})
  assert.deepEqual(list.all("li").map(row => row.hasClass("winner")), [false, false, true])
  assert.equal(list.hasClass("many"), false)
  change({labels: Array.from({length: 36}, (_, i) => `${i}`), activations: Array(36).fill(0)})
  assert.equal(list.hasClass("many") && list.hasClass("abreast"), true)
})

test("a tick stands where an output was held, and goes with it", () => {
  const {rows, change} = shown()
  const ticks = rows.map(row => row.all("s")[0])
  assert.ok(ticks.every(tick => tick.hidden))
  change({held: [0.7, 0.1, 0, 0, 0, 0, 0, 0, 0, 0]})
  assert.ok(ticks.every(tick => !tick.hidden))
  assert.deepEqual(ticks.slice(0, 2).map(tick => tick.style.left), ["70%", "10%"])
  change({held: []})
  assert.ok(ticks.every(tick => tick.hidden))
})

test("the threshold's mark follows the network, on the scale of its bars", () => {
  const {list, change} = shown()
  assert.equal(list.style["--least"], 0.5)
  change({threshold: 3, full: 12})
  assert.equal(list.style["--least"], 0.25)
})

test("few pupils are seen large, and sixty still have a tile each", () => {
  assert.ok(tileWidth(6, 970, 680) >= 260)
  assert.ok(tileWidth(6, 970, 680) > tileWidth(20, 970, 680))
  assert.ok(tileWidth(30, 577, 690) >= 72, "beside the network")
  assert.equal(tileWidth(60, 970, 680), 72)
  assert.equal(tileWidth(5, 0, 0), 72)
})

test("the wall is narrowed to the pupils of a cell, and widened again", () => {
  const wall = new Wall(() => {})
  wall.change([pupil("a", {meant: 7}), pupil("b", {meant: 1}), pupil("c")])
  wall.arrange(["a", "b", "c"])
  const seen = () => wall.grid.children.filter(tile => !tile.hidden).map(tile => tile.dataset.key)
  wall.narrow([1, 7])
  assert.deepEqual(seen(), ["b"])
  wall.narrow([])
  assert.deepEqual(seen(), ["a", "b", "c"])
})
