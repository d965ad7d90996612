"""The page as a person uses it: draw, tap, press, read. Waits for what it shows, never sleeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page

from core import Network
from core.nn.pretrained import pretrained
from explorer.drawing.examples import FIRST, examples
from support.eventually import eventually
from support.oracle import Oracle
from support.settled import SETTLED

Point = tuple[float, float]
Points = Sequence[Point]

#: A seven, a four of two strokes, and a one that stands in a corner, in pixels of the pad.
SEVEN: Points = [(7, 7), (12, 6.5), (17, 6.5), (21, 7), (19, 11), (16, 16), (13, 22)]
FOUR: tuple[Points, ...] = (
    [(10, 5), (9, 10), (8, 15), (13, 15), (20, 14.5)],
    [(17, 4), (16, 12), (16, 18), (15, 25)],
)
ONE: Points = [(5, 3), (5, 7), (4.5, 11), (4, 14)]

_READY = f"""() => {{
  const document = window.Bokeh?.documents[0]
  return document?.is_idle &&
    ({SETTLED})(Bokeh.index.find_one(document.get_model_by_name("network")))
}}"""
_COLUMNS = """([source, names]) => {
  const {data} = Bokeh.documents[0].get_model_by_name(source)
  const plain = value => value?.shape ? Array.from(value) : value
  return names.map(name => Array.from(data[name], plain))
}"""
_PLACES = """layer => {
  const model = name => Bokeh.documents[0].get_model_by_name(name)
  const {x, y, layer: layers} = model(layer === 0 ? "inputs" : "neurons").data
  const view = Bokeh.index.find_one(model("network"))
  const box = view.el.getBoundingClientRect()
  const {x_scale, y_scale} = view.frame
  return Array.from(x, (_, i) => i)
    .filter(i => layer === 0 || layers[i] === layer)
    .map(i => [box.left + x_scale.compute(x[i]), box.top + y_scale.compute(y[i])])
}"""
_INPUTS_ARE = """([expected, tolerance]) => {
  const found = Bokeh.documents[0].get_model_by_name("inputs").data.activation
  return expected.every((value, i) => Math.abs(value - found[i]) <= tolerance)
}"""
_ACTIVATIONS_ARE = """expected => {
  const found = Bokeh.documents[0].get_model_by_name("neurons").data.activation
  const isClose = (value, i) => Math.abs(value - found[i]) <= 1e-5 * Math.max(1, Math.abs(value))
  return expected.length === found.length && expected.every(isClose)
}"""
_NEURONS_ARE = """number =>
  Bokeh.documents[0].get_model_by_name("neurons").data.x.length === number"""
_EXPLAINED = """() => new Promise(done =>
  requestAnimationFrame(() => setTimeout(() => setTimeout(done))))"""
_CORNER = """() => {
  const view = Bokeh.index.find_one(Bokeh.documents[0].get_model_by_name("network"))
  const box = view.el.getBoundingClientRect()
  return [box.left + 5, box.top + 5]
}"""
_PLACE = """name => {
  const model = Bokeh.documents[0].get_model_by_name(name)
  const view = model && Bokeh.index.find_one(model)
  if (!view?.frame?.bbox.width || !view.has_finished()) return false
  const box = view.el.getBoundingClientRect()
  const {left, top, width, height} = view.frame.bbox
  const place = {x: box.left + left, y: box.top + top, width, height}
  const before = view.placeBefore  // it stands still once two frames agree
  view.placeBefore = JSON.stringify(place)
  return view.placeBefore === before && place
}"""
_FOCUSED = """() => {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element?.labels?.[0]?.firstElementChild?.textContent ?? element?.textContent?.trim() ?? ""
}"""
_INK = """canvas => {
  const copy = new OffscreenCanvas(28, 28).getContext("2d", {willReadFrequently: true})
  copy.drawImage(canvas, 0, 0)
  return Array.from(copy.getImageData(0, 0, 28, 28).data.filter((_, i) => i % 4 === 0))
}"""


class ExplorerPage:
    """One open page, and what the network should make of what was drawn on it."""

    def __init__(self, page: Page, address: str, network: Network) -> None:
        self.page = page
        self.address = address
        self.network = network
        self.expected = Oracle(network)

    # What a person does

    def open(self) -> ExplorerPage:
        """Visit for the first time: an example invites to draw."""
        self.page.goto(self.address)
        self.expected.placeholder = examples()[FIRST].drawing
        return self.wait_until_ready()

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_ready()

    def wait_until_ready(self) -> ExplorerPage:
        self.wait_until_settled()
        self.pad.wait_for()
        return self

    def wait_until_settled(self) -> None:
        """Wait until the figure of the network stands still, in the shape of its frame."""
        self.page.wait_for_function(_READY)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, and wait until the page has taken it."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function("width => innerWidth === width", arg=width)
        self.page.evaluate("() => { delete window.placeBefore }")
        self.wait_until_settled()

    def draw(self, *strokes: Points, steps: int = 1) -> None:
        """Draw with the mouse, each part in so many moves, and wait for what the network makes."""
        for points in strokes:
            self.expected.draw(self.draw_without_waiting(_in_steps(points, steps)))
        self.wait_for_answer()

    def draw_without_waiting(self, points: Points) -> Points:
        """Draw one stroke with the mouse; returns the points that it has, in pixels of the pad."""
        mouse, places = self.page.mouse, [self.on_screen_pad(*point) for point in points]
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place)
        mouse.up()
        return [self._on_pad(*place) for place in places]

    def set_slider(self, name: str, value: float) -> None:
        """Move a slider, which may be among the settings."""
        slider = self.page.get_by_role("slider", name=name)
        if not slider.is_visible():
            self.button("Settings").click()
        slider.fill(str(value))

    def press(self, name: str) -> None:
        """Press one of the page's buttons, and wait for what the network makes of it."""
        self.button(name).click()
        {
            "Undo": self.expected.undo,
            "Redo": self.expected.redo,
            "Clear": self.expected.clear,
            "Eraser": lambda: self._toggle("erasing", "Eraser"),
            "Centre": lambda: self._toggle("centred", "Centre"),
        }[name]()
        self.wait_for_answer()

    def _toggle(self, parameter: str, name: str) -> None:
        on = not getattr(self.expected, parameter)
        setattr(self.expected, parameter, on)
        pressed = f'button[aria-pressed="{str(on).lower()}"]'
        self.page.locator(pressed).filter(has_text=name).wait_for()

    def choose_pen(self, width: float) -> None:
        """Move the pen's slider."""
        self.page.get_by_role("slider", name="Pen").fill(str(width))
        self.page.locator("output").filter(has_text=f"{width:.1f} px").wait_for()
        self.expected.pen_width = width

    def open_networks(self) -> Locator:
        """Open the sheet with the networks, and wait until their cards are there."""
        self.page.get_by_test_id("network").click()
        sheet = self.page.get_by_role("dialog", name="Networks")
        sheet.get_by_role("article").first.wait_for()
        return sheet

    def choose_network(self, name: str) -> None:
        """Choose one of the pretrained networks, and wait for its answer."""
        title = str(pretrained()[name].card["title"])
        self.open_networks().get_by_role("button", name=f"Use this network: {title}").click()
        self.expected.network = pretrained()[name]
        neurons = sum(self.expected.network.sizes[1:])
        self.page.wait_for_function(_NEURONS_ARE, arg=neurons)

    def tap(self, layer: int, index: int) -> None:
        """Click a neuron, and wait until its numbers are there."""
        self.page.mouse.click(*self.on_screen(layer, index))
        self.wait_for_selection(layer, index)

    def tap_background(self) -> None:
        """Click the stage where there is no neuron."""
        self.page.mouse.click(*self.page.evaluate(_CORNER))

    def wait_for_selection(self, layer: int, index: int) -> None:
        chosen = f'[data-layer="{layer}"][data-neuron="{index}"]'
        self.page.locator(f'[data-testid="inspector"]{chosen}').wait_for(state="attached")
        self.page.evaluate(_EXPLAINED)

    def wait_for_no_selection(self) -> None:
        self.page.locator('[data-testid="inspector"][data-layer=""]').wait_for()

    # What a person sees

    @property
    def pad(self) -> Locator:
        return self.page.get_by_test_id("pad")

    @property
    def prediction(self) -> Locator:
        return self.page.get_by_test_id("prediction")

    @property
    def inspector(self) -> Locator:
        return self.page.get_by_test_id("inspector")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def choose(self, name: str) -> None:
        """Choose a line of the menu."""
        self.button("More").click()
        self.button(name).click()

    @property
    def projector(self) -> Locator:
        """The page, if it is shown as on a projector."""
        return self.page.locator(".grid.projector")

    def number(self, test_id: str) -> float:
        """A number of the selected neuron, as it is written."""
        return float(self.inspector.get_by_test_id(test_id).inner_text().replace("−", "-"))

    def ink(self) -> np.ndarray:
        """(28, 28) the pixels of the pad as the browser has painted them, 0-255."""
        return np.array(self.pad.evaluate(_INK)).reshape(28, 28)

    def picture(self) -> np.ndarray:
        """(height, width, 3) what is on the screen, 0-255."""
        with Image.open(BytesIO(self.page.screenshot())) as image:
            return np.array(image.convert("RGB")).astype(int)

    def look_until(self, check: Callable[[np.ndarray], None]) -> None:
        """Look at the screen again and again until `check` has nothing to complain of."""
        eventually(lambda: check(self.picture()))

    def place_of_figure(self, name: str) -> dict[str, float]:
        """Where on the screen the inner square of a named figure is."""
        return dict(self.page.wait_for_function(_PLACE, arg=name).json_value())

    def focused_name(self) -> str:
        """What a screen reader calls the element that has the keyboard."""
        return str(self.page.evaluate(_FOCUSED))

    def column(self, source: str, name: str) -> Any:
        """A column of one of the page's named data sources."""
        return self.columns(source, name)[0]

    def columns(self, source: str, *names: str) -> list[Any]:
        """Several columns as they are at one moment: between two the page may draw them anew."""
        return [np.array(each) for each in self.page.evaluate(_COLUMNS, [source, names])]

    def wait_for_answer(self) -> None:
        """Wait until the inputs are those of the expected drawing, to 1e-5."""
        expected = self.expected.trace.inputs
        try:
            self.page.wait_for_function(_INPUTS_ARE, arg=[expected.tolist(), 1e-5])
        except Exception as error:
            difference = np.abs(self.column("inputs", "activation") - expected)
            raise AssertionError(
                f"{(difference > 1e-5).sum()} inputs differ, by up to {difference.max():.3g}"
            ) from error
        self.page.evaluate(_EXPLAINED)

    def wait_for_network(self, network: Network) -> None:
        """Wait until the page shows what another network makes of the drawing."""
        self.expected.network = network
        self.wait_for_answer()
        activations = np.concatenate(self.expected.trace.a).tolist()
        self.page.wait_for_function(_ACTIVATIONS_ARE, arg=activations)

    # Where things are

    def on_screen(self, layer: int, index: int) -> Point:
        """Where on the screen a neuron is."""
        x, y = self.places_on_screen(layer)[index]
        return float(x), float(y)

    def places_on_screen(self, layer: int) -> np.ndarray:
        """(n, 2) where on the screen the neurons of a layer are."""
        return np.array(self.page.evaluate(_PLACES, layer))

    def on_screen_pad(self, x: float, y: float) -> Point:
        """A whole pixel of the screen near a place of the pad, as a mouse would report it."""
        box = self.pad.bounding_box()
        assert box is not None
        return round(box["x"] + x / 28 * box["width"]), round(box["y"] + y / 28 * box["height"])

    def _on_pad(self, x: float, y: float) -> Point:
        """A place of the screen in pixels of the pad, to the hundredth that the page sends."""
        box = self.pad.bounding_box()
        assert box is not None
        across, down = (x - box["x"]) / box["width"], (y - box["y"]) / box["height"]
        return _hundredth(28 * across), _hundredth(28 * down)


#: Opens a page, with an address and options of a browser's context.
Visit = Callable[..., ExplorerPage]


def _hundredth(value: float) -> float:
    return float(np.floor(100 * value + 0.5) / 100)


def _in_steps(points: Points, steps: int) -> Points:
    """The same stroke with `steps` mouse moves between every two of its points."""
    between = (np.linspace(a, b, steps, endpoint=False) for a, b in pairwise(points))
    return [tuple(point) for part in between for point in part] + [points[-1]]
