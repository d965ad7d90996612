"""Take the README's picture of the real page: `python tests/take_pictures.py`."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from explorer.state.session import Session
from support.chromium import LAPTOP, MOVING, launched
from support.explorer_page import ExplorerPage, Points
from support.server import ROOT, serving

PICTURE = ROOT / "assets" / "pictures" / "page.png"
TWO: Points = [
    (8.5, 9), (9.2, 6.4), (11.6, 4.6), (14.6, 4.2), (17.4, 5.2), (18.8, 7.6), (18.4, 10.6),
    (16.4, 14), (13.4, 17.6), (10.4, 20.8), (8.2, 23), (12, 23), (16, 22.8), (20, 22.8),
]  # fmt: skip
NEURON = (1, 5)
_STEP = 4
_WEIGHTS_ARE_SHOWN = "() => Bokeh.documents[0].get_model_by_name('weights') !== null"


def main() -> None:
    """Draw a two, choose a neuron, and keep what is on the screen."""
    with serving() as server, launched() as chromium:
        page = chromium.new_page(**LAPTOP | MOVING)
        explorer = ExplorerPage(page, server.address, Session().network).open()
        explorer.draw(TWO)
        explorer.tap(*NEURON)
        page.mouse.move(0, 0)
        page.wait_for_function(_WEIGHTS_ARE_SHOWN)
        save(still(page))
        page.close()


def still(page: Page) -> bytes:
    """What is on the screen once nothing moves any more."""
    before, now = b"", page.screenshot()
    while before != now:
        page.wait_for_timeout(1000)
        before, now = now, page.screenshot()
    return now


def save(screenshot: bytes) -> None:
    """Write the picture with every fourth shade only: nobody sees it, and it is a third smaller."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(BytesIO(screenshot)) as image:
        coarse = image.convert("RGB").point(lambda shade: min(255, round(shade / _STEP) * _STEP))
        coarse.save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
