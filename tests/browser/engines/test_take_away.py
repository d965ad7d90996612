"""Each engine makes pictures of the network from vectors."""

from __future__ import annotations

from support.engines.page import Page
from support.engines.waiting import until

_NOTE_FILES = """() => {
  window.files = []
  const addressOf = URL.createObjectURL
  URL.createObjectURL = blob => { window.files.push(blob); return addressOf.call(URL, blob) }
  HTMLAnchorElement.prototype.click = () => {}
}"""
_PRESS = """words => {
  const found = all("[data-testid=save-picture] button").find(each =>
    each.textContent.includes(words))
  found?.click()
  return Boolean(found)
}"""
_PNG = "() => window.files.filter(blob => blob.type === 'image/png').map(blob => blob.size)"
_LOOK = """() => createImageBitmap(window.files.at(-1)).then(image => {
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
  context.drawImage(image, 0, 0)
  const {data} = context.getImageData(0, 0, image.width, image.height)
  const counts = {white: 0, blue: 0, red: 0}
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = data.slice(i, i + 3)
    if (Math.min(red, green, blue) > 240) counts.white++
    else if (blue > red + 60) counts.blue++
    else if (red > blue + 60) counts.red++
  }
  return counts
})"""


def test_a_picture_has_circles_and_lines_of_both_colours(page: Page) -> None:
    page.ask(_NOTE_FILES)
    page.click("button", "More")
    page.click("button", "Save picture…")
    until(lambda: page.ask(_PRESS, "PNG, 1,"), "the sheet")
    until(lambda: page.ask(_PNG), "the picture")
    counts = page.ask(_LOOK)
    assert counts["white"] > 5_000
    assert counts["blue"] > 5_000
    assert counts["red"] > 5_000
