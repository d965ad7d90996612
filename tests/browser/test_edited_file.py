"""A network that was changed on the page leaves it as a file, and comes back on another page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from core import Network
from core.nn.pretrained import pretrained
from support.explorer_page import SEVEN, ExplorerPage, Visit


def open_file(explorer: ExplorerPage, file: Path) -> None:
    explorer.page.get_by_label("A network to open").set_input_files(file)


def says(explorer: ExplorerPage, digit: int) -> None:
    expect(explorer.prediction).to_have_attribute("data-digit", str(digit))


def test_a_file_is_opened_on_one_page_and_saved_for_another(visit: Visit, tmp_path: Path) -> None:
    explorer = visit()
    explorer.button("Edit").click()
    explorer.draw(SEVEN)
    changed = pretrained()["default"].with_bias(3, 2, 99.0)
    changed.save(tmp_path / "two.npz")
    open_file(explorer, tmp_path / "two.npz")
    says(explorer, 2)
    with explorer.page.expect_download() as waiting:
        explorer.button("Save network").click()
    assert waiting.value.suggested_filename == "default-edited.npz"
    waiting.value.save_as(tmp_path / "saved.npz")
    saved = Network.load(tmp_path / "saved.npz")
    outputs = explorer.column("neurons", "activation")[-10:]
    np.testing.assert_allclose(saved(explorer.expected.trace.inputs), outputs, atol=1e-6)

    other = visit()
    other.button("Edit").click()
    open_file(other, tmp_path / "saved.npz")
    says(other, 2)
    other.button("Undo change").click()
    says(other, 3)


def test_a_file_that_cannot_be_opened_is_named(explorer: ExplorerPage, tmp_path: Path) -> None:
    explorer.button("Edit").click()
    pretrained()["wide"].save(tmp_path / "wide.npz")
    open_file(explorer, tmp_path / "wide.npz")
    notice = explorer.page.get_by_test_id("notice")
    expect(notice).to_contain_text("wide.npz has a network of other sizes (784-64-32-10)")
    (tmp_path / "letter.npz").write_text("Dear pupils", encoding="utf-8")
    open_file(explorer, tmp_path / "letter.npz")
    expect(notice).to_contain_text("letter.npz is no network")
    says(explorer, 3)
