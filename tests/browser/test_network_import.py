"""A network of another program is dropped on the page, confirmed, and kept over a reload."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from core.nn.pretrained import pretrained
from support.explorer_page import SEVEN, ExplorerPage, Visit

MNIST = pretrained()["mnist"]

DROP = """(pad, [name, content]) => {
  const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0))
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([bytes], name))
  const how = {dataTransfer, bubbles: true, composed: true, cancelable: true}
  for (const type of ["dragover", "drop"]) pad.dispatchEvent(new DragEvent(type, how))
}"""


def shifted() -> bytes:
    """As lists of numbers, with outputs that stand for 1, 2, …, 9, 0."""
    order = [*range(1, 10), 0]
    rows = [slice(None), slice(None), order]
    layers = list(zip(MNIST.layers, rows, strict=True))
    content = {
        "sizes": list(MNIST.sizes),
        "weights": [layer.weights[each].tolist() for layer, each in layers],
        "biases": [layer.biases[each].reshape(-1, 1).tolist() for layer, each in layers],
    }
    return json.dumps(content).encode()


def says_what_mnist_says(explorer: ExplorerPage) -> None:
    explorer.page.wait_for_function(
        """expected => {
          const {activation} = Bokeh.documents[0].get_model_by_name("neurons").data
          const outputs = Array.from(activation).slice(-10)
          return expected.every((value, i) => Math.abs(value - outputs[i]) < 1e-5)
        }""",
        arg=MNIST(explorer.expected.trace.inputs).tolist(),
    )


def test_a_dropped_network_is_confirmed_and_used_and_stays(visit: Visit) -> None:
    explorer = visit()
    explorer.draw(SEVEN)
    content = b64encode(shifted()).decode()
    explorer.pad.evaluate(DROP, ["theirs.json", content])
    sheet = explorer.page.get_by_test_id("import")
    expect(sheet.get_by_label("Order of the outputs")).to_have_value("1234567890")
    sheet.get_by_label("Pixels").select_option("transposed")
    expect(sheet.get_by_text("chosen by you")).to_be_visible()
    sheet.get_by_label("Pixels").select_option("rows")
    expect(sheet.get_by_text("chosen by you")).to_be_visible()
    sheet.get_by_label("Name").fill("Theirs")
    sheet.get_by_role("button", name="Use this network").click()
    expect(sheet).to_be_hidden()
    expect(explorer.page.get_by_test_id("network")).to_contain_text("Theirs")
    says_what_mnist_says(explorer)
    explorer.reload()
    expect(explorer.page.get_by_test_id("network")).to_contain_text("Theirs")
    says_what_mnist_says(explorer)


def test_a_file_that_holds_no_network_is_named_and_nothing_comes_up(
    visit: Visit, tmp_path: Path
) -> None:
    explorer = visit()
    file = tmp_path / "net.npz"
    np.savez(file, words=np.array(["no", "numbers"]))
    networks = explorer.open_networks()
    explorer.page.get_by_label("Files of a network to open").set_input_files(file)
    expect(networks).to_be_hidden()
    expect(explorer.page.get_by_text("net.npz (NumPy, .npz) holds no weights")).to_be_visible()
    expect(explorer.page.get_by_test_id("import")).to_have_count(0)
