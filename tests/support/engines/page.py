"""The page as a person uses it, in any engine: draw, click, read. Waits for what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from PIL import Image

from support.engines.tab import Place, Tab
from support.engines.waiting import until
from support.settled import SETTLED

Box = tuple[float, float, float, float]

#: What every question to the page may use: elements in all shadow roots, as they are on screen.
_WORDS = """
const all = (selector, root = document) => [...root.querySelectorAll("*")].flatMap(element =>
  [...element.matches(selector) ? [element] : [],
    ...element.shadowRoot ? all(selector, element.shadowRoot) : []])
const isVisible = element => element.getClientRects().length > 0 &&
  getComputedStyle(element).visibility === "visible"
const nameOf = element => element.getAttribute("aria-label") ?? element.textContent.trim()
const find = (selector, name) => all(selector).find(element =>
  isVisible(element) && (name == null || nameOf(element) === name))
const boxOf = element => {
  const {x, y, width, height} = element.getBoundingClientRect()
  return [x, y, width, height]
}
const model = name => Bokeh.documents[0].get_model_by_name(name)
const viewOf = name => Bokeh.index.find_one(model(name))
"""
_READY = f"""() => window.Bokeh?.documents[0]?.is_idle && find("[data-testid=pad]") &&
  ({SETTLED})(viewOf("network"))"""
_PLACE_OF_NEURON = """(layer, index) => {
  const {x, y, layer: layers} = model(layer === 0 ? "inputs" : "neurons").data
  const row = layer === 0 ? index : layers.indexOf(layer) + index
  const {el, frame} = viewOf("network")
  const [left, top] = boxOf(el)
  return [left + frame.x_scale.compute(x[row]), top + frame.y_scale.compute(y[row])]
}"""
_NUMBERS = """(layer, index) => {
  const inspector = find(`[data-testid=inspector][data-layer="${layer}"][data-neuron="${index}"]`)
  return inspector && Object.fromEntries(["weighted-sum", "bias", "z", "activation"].flatMap(id => {
    const text = inspector.querySelector(`[data-testid=${id}]`).textContent
    return text === "" ? [] : [[id, Number(text.replace("−", "-"))]]
  }))
}"""
_INK = """() => {
  const copy = new OffscreenCanvas(28, 28).getContext("2d", {willReadFrequently: true})
  copy.drawImage(find("[data-testid=pad]"), 0, 0)
  return Array.from(copy.getImageData(0, 0, 28, 28).data.filter((_, i) => i % 4 === 0))
}"""
#: Texts with a contrast below `least` between their colour and what lies behind them.
_UNREADABLE = """least => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number)
  const luminance = channels => [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
    const value = channels[i] / 255
    return sum + share * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  }, 0)
  const around = element => element.parentElement ?? element.getRootNode().host
  const ground = element => {
    if (!element) return [255, 255, 255]
    const [red, green, blue, alpha = 1] = numbers(getComputedStyle(element).backgroundColor)
    return alpha === 1 ? [red, green, blue] : ground(around(element))
  }
  const contrast = element => {
    const colours = [numbers(getComputedStyle(element).color), ground(element)]
    const [dark, light] = colours.map(luminance).sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const isText = element => element.matches("select, input:not([type=range])") ||
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
  return all("*")
    .filter(element => isVisible(element) && !element.closest(":disabled") && isText(element))
    .filter(element => contrast(element) < least)
    .map(element => `${element.textContent.trim()}: ${contrast(element).toFixed(2)}`)
}"""
_VISIBLE = "selector => { const found = find(selector); return found && boxOf(found) }"
_CLICKABLE = """(selector, name) => {
  const found = find(selector, name)
  return found && !found.disabled && boxOf(found)
}"""
_NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => done(true)))"
_NOTE_A_PRESS = """(selector, name) => {
  window.isPressed = false
  const note = () => { window.isPressed = true }
  find(selector, name)?.addEventListener("pointerdown", note, {capture: true, once: true})
}"""
_IS_PRESSED = "() => window.isPressed"
_ACTIVATIONS = "() => all('[data-testid=outputs] li').map(row => Number(row.dataset.activation))"


class Page:
    """One open page."""

    def __init__(self, tab: Tab, address: str) -> None:
        self.tab = tab
        self.address = address

    # What a person does

    def open(self) -> Page:
        self.tab.open(self.address)
        return self

    def wait_until_ready(self) -> Page:
        self.wait_for(_READY)
        return self

    def reload(self) -> None:
        self.tab.reload()
        self.wait_until_ready()

    def draw(self, points: Sequence[Place]) -> np.ndarray:
        """Draw one stroke with the mouse; returns its points, (n, 2) in pixels of the pad."""
        left, top, width, height = self.box("[data-testid=pad]")
        places = [(round(left + x / 28 * width), round(top + y / 28 * height)) for x, y in points]
        self.tab.drag(places)
        scale = (28 / width, 28 / height)
        return np.floor((np.array(places) - (left, top)) * scale * 100 + 0.5) / 100

    def click(self, selector: str, name: str | None = None) -> None:
        """Click what has this name in the middle, once it stands still and can be clicked."""
        until(lambda: self._hit(selector, name), f"a click on {selector} {name}")

    def _hit(self, selector: str, name: str | None) -> bool:
        """Click where it stands; returns whether it still stood there when the click came."""
        left, top, width, height = self.wait_until_it_rests(_CLICKABLE, selector, name)
        self.ask(_NOTE_A_PRESS, selector, name)
        self.tab.drag([(left + width / 2, top + height / 2)])
        return bool(self.ask(_IS_PRESSED))

    def choose_theme(self, theme: str) -> None:
        """Choose "light" or "dark" in the menu, if the page is not so already."""
        if self.ask("() => document.documentElement.dataset.theme") != theme:
            self.click("button", "More")
            self.click("button", "Light")

    def choose_neuron(self, layer: int, index: int) -> None:
        """Click a neuron."""
        self.tab.drag([self.ask(_PLACE_OF_NEURON, layer, index)])

    def choose(self, layer: int, index: int) -> dict[str, float]:
        """Click a neuron; returns the numbers that the page then writes about it."""
        self.choose_neuron(layer, index)
        return dict(self.wait_for(_NUMBERS, layer, index))

    # What a person sees

    def box(self, selector: str) -> Box:
        """Where on the screen an element is, once it can be seen."""
        x, y, width, height = self.wait_for(_VISIBLE, selector)
        return x, y, width, height

    def wait_for_text(self, selector: str, text: str) -> None:
        """Wait until an element that can be seen contains a text."""
        contains = "element => isVisible(element) && element.textContent.includes(text)"
        self.wait_for(f"(selector, text) => all(selector).some({contains})", selector, text)

    def wait_for_answer(self, digit: str) -> None:
        self.wait_for("d => find('[data-testid=prediction]')?.dataset.digit === d", digit)

    def wait_for_ink(self, image: np.ndarray) -> None:
        """Wait until the pad shows an image, (28, 28) with values 0-1, to one shade."""
        expected = np.rint(255 * image).astype(int).ravel().tolist()
        look = f"e => ({_INK})().every((shade, i) => Math.abs(shade - e[i]) <= 1)"
        self.wait_for(look, expected)

    def activations(self) -> np.ndarray:
        """(10,) the outputs as the page shows them."""
        return np.array(self.ask(_ACTIVATIONS))

    def wait_for_inputs(self, image: np.ndarray) -> None:
        """Wait until the network receives an image, (28, 28) with values 0-1, to 1e-5."""
        received = "model('inputs').data.activation"
        look = f"e => {received}.every((input, i) => Math.abs(input - e[i]) <= 1e-5)"
        self.wait_for(look, image.ravel().tolist())

    def unreadable(self) -> list[str]:
        """Texts that are hard to tell from what lies behind them, by the styles they have."""
        return list(self.ask(_UNREADABLE, 4.5))

    def picture(self, box: Box) -> np.ndarray:
        """(height, width, 3) what a part of the screen shows, 0-255."""
        left, top, width, height = map(round, box)
        with Image.open(BytesIO(self.tab.screenshot())) as image:
            part = image.convert("RGB").crop((left, top, left + width, top + height))
            return np.array(part).astype(int)

    def brightness(self, selector: str) -> float:
        """How bright the ground of an element is in its upper left corner, 0-255."""
        left, top, *_ = self.box(selector)
        return float(self.picture((left, top, 1, 1)).mean())

    def troubles(self) -> list[str]:
        """What the console complains of, and requests to another host than the page's own."""
        asked = {urlsplit(url.removeprefix("blob:")) for url in self.tab.requests()}
        own = urlsplit(self.address).netloc
        foreign = {url for url in asked if url.scheme != "data" and url.netloc != own}
        return [*self.tab.troubles(), *(f"asks another host: {url.geturl()}" for url in foreign)]

    # How it is asked

    def ask(self, function: str, *arguments: Any) -> Any:
        """What a function returns that may use the words of this file."""
        return self.tab.evaluate(
            f"(...given) => {{{_WORDS}; return ({function})(...given)}}", *arguments
        )

    def wait_for(self, function: str, *arguments: Any) -> Any:
        """What a function returns as soon as that is neither false nor nothing."""
        return until(lambda: self.ask(function, *arguments), f"{function} {arguments}")

    def wait_until_it_rests(self, function: str, *arguments: Any) -> Any:
        """What a function returns as soon as it returns the same in two frames, and something."""
        before, now = None, self.wait_for(function, *arguments)
        while before != now:
            self.ask(_NEXT_FRAME)
            before, now = now, self.wait_for(function, *arguments)
        return now


#: Opens a page by its address, and in a window of this size if one is given.
Visit = Callable[..., Page]
