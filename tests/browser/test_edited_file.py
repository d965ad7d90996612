"""A network that was changed on the page leaves it as a file, and comes back on another page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from playwright.sync_api import expect

from core import Network
from core.nn.pretrained import pretrained
from support.explorer_page import SEVEN, ExplorerPage, Visit


def open_file(explorer: ExplorerPage, file: Path) -> None:
    edit = explorer.page.get_by_test_id("edit")
    edit.get_by_label("A network to open").set_input_files(file)


def saved_from(explorer: ExplorerPage, file: Path) -> Path:
    """The network that is changed, as a file from the sheet that its button in Edit opens."""
    opener = explorer.button("Save network…")
    opener.click()
    sheet = explorer.page.get_by_test_id("save-network")
    with explorer.page.expect_download() as waiting:
        sheet.get_by_role("button", name="Save default-edited.npz").click()
    assert waiting.value.suggested_filename == "default-edited.npz"
    waiting.value.save_as(file)
    expect(sheet.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    explorer.page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    return file


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
    saved = Network.load(saved_from(explorer, tmp_path / "saved.npz"))
    outputs = explorer.column("neurons", "activation")[-10:]
    np.testing.assert_allclose(saved(explorer.expected.trace.inputs), outputs, atol=1e-6)

    other = visit()
    other.button("Edit").click()
    open_file(other, tmp_path / "saved.npz")
    says(other, 2)
    other.button("Undo change").click()
    says(other, 3)


def test_a_network_leaves_as_a_program_with_the_lines_that_run_it(
    explorer: ExplorerPage, tmp_path: Path
) -> None:
    explorer.draw(SEVEN)
    card = explorer.open_networks().locator('article[data-network="default"]')
    card.get_by_role("button", name="Save this network").click()
    sheet = explorer.page.get_by_test_id("save-network")
    formats = sheet.get_by_role("radiogroup", name="Format of the file").get_by_role("radio")
    expect(formats).to_have_count(5)
    expect(formats.first).to_be_checked()
    lines = sheet.get_by_label("How to load it")
    expect(lines).to_have_value(re.compile("Network.load"))
    formats.last.check()
    expect(lines).to_have_value(re.compile("^import numpy as np"))
    with explorer.page.expect_download() as waiting:
        sheet.get_by_role("button", name="Save default-program.zip").click()
    waiting.value.save_as(tmp_path / "program.zip")
    ZipFile(tmp_path / "program.zip").extractall(tmp_path)
    assert lines.input_value() == (tmp_path / "network.py").read_text("utf-8").rstrip()
    done = subprocess.run(
        [sys.executable, "-I", "network.py"], cwd=tmp_path, capture_output=True, check=True
    )
    printed = [float(line.split()[1]) for line in done.stdout.splitlines()]
    np.testing.assert_allclose(printed, explorer.column("neurons", "activation")[-10:], atol=1e-6)


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
