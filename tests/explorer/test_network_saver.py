"""A page hands its networks over in every format, as they were changed, with its own drawing."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import onnxruntime
import pytest

from core import Network
from core.edit.damage import with_noise
from core.nn.pretrained import pretrained
from explorer import create_app
from explorer.exchange.network_saver import LARGEST, NetworkSaver
from explorer.page.networks import Networks
from explorer.page.page import Page
from explorer.state.session import Session
from support.telling import tell

DEFAULT = pretrained()["default"]


@pytest.fixture
def page() -> Page:
    return create_app()


@pytest.fixture
def session(page: Page) -> Session:
    return page.session


@pytest.fixture
def networks(page: Page) -> Networks:
    networks: Networks = page.networks
    return networks


def offered(networks: Networks, name: str | None = None) -> NetworkSaver:
    """The sheet, as the page shows it when a network shall be saved."""
    tell(networks, {"type": "save", "name": name})
    (saver,) = networks.saver.objects
    assert isinstance(saver, NetworkSaver)
    return saver


def saved(saver: NetworkSaver, suffix: str) -> bytes:
    tell(saver, {"type": "save", "format": suffix})
    assert saver.said == f"Saved as {saver.file}."
    content = b64decode(saver.content)
    tell(saver, {"type": "saved"})
    assert saver.content == "", "the browser has it"
    return content


def test_a_saved_file_computes_what_the_page_shows(session: Session, networks: Networks) -> None:
    session.begin_stroke([[7, 7], [20, 7], [12, 24]], 2.4, False)
    session.edit(with_noise(session.network, 0.3, seed=1))
    saver = offered(networks)
    loaded = Network.from_bytes(saved(saver, ".npz"), "x")
    assert saver.file == "default-edited.npz"
    assert loaded(session.trace.inputs).tobytes() == session.trace.a[-1].tobytes()
    assert loaded.card["edited"] is True
    run = onnxruntime.InferenceSession(saved(saver, ".onnx")).run
    (outputs,) = run(None, {"image": session.trace.inputs[None]})
    np.testing.assert_allclose(outputs[0], session.trace.a[-1], atol=1e-6)
    last = json.loads(saved(saver, ".json"))["layers"][-1]
    biases = session.network.layers[-1].biases
    np.testing.assert_array_equal(np.array(last["biases"], np.float32), biases)


def test_the_program_prints_the_page_s_answer_to_the_page_s_drawing(
    session: Session, networks: Networks, tmp_path: Path
) -> None:
    session.begin_stroke([[7, 7], [20, 7], [12, 24]], 2.4, False)
    session.edit(session.network.with_bias(3, 8, 2.0))
    saver = offered(networks)
    ZipFile(BytesIO(saved(saver, ".zip"))).extractall(tmp_path)
    assert saver.file == "default-edited-program.zip"
    (shown,) = (each["lines"] for each in saver.formats if each["suffix"] == ".zip")
    assert (tmp_path / "network.py").read_text("utf-8") == shown
    command = [sys.executable, "-I", "network.py"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    found = [float(line.split()[1]) for line in printed.stdout.splitlines()]
    np.testing.assert_allclose(found, session.trace.a[-1], atol=1e-6)


def test_a_network_that_was_not_changed_is_saved_as_it_came(networks: Networks) -> None:
    saver = offered(networks)
    assert saved(saver, ".npz") == DEFAULT.to_bytes()
    assert saver.file == "default.npz"


def test_what_is_saved_is_the_changed_network_while_the_first_is_shown(
    session: Session, networks: Networks
) -> None:
    session.edit(session.network.with_bias(3, 8, 9.0))
    session.show_original(True)
    content = saved(offered(networks), ".npz")
    assert Network.from_bytes(content, "x").layers[-1].biases[8] == 9


def test_any_network_can_be_saved_without_being_shown(session: Session, networks: Networks) -> None:
    saver = offered(networks, "wide")
    assert saver.title == "Wider: 64 and 32 hidden neurons, 784-64-32-10"
    assert saved(saver, ".npz") == pretrained()["wide"].to_bytes()
    assert saver.file == "wide.npz"
    assert session.network is DEFAULT
    assert offered(networks, "relu") is saver, "one sheet is enough"
    assert saver.said == ""
    assert saver.revision == 2


def test_a_network_of_another_side_gets_the_drawing_in_its_size(
    session: Session, networks: Networks
) -> None:
    small = Network.random([64, 5, 10], seed=3)
    session.put_network("own-1", Network(small.layers, {"title": "8 × 8!"}), shown=False)
    saver = offered(networks, "own-1")
    archive = ZipFile(BytesIO(saved(saver, ".zip")))
    assert saver.file == "8-8-program.zip", "the title, as every system takes it"
    image = np.load(BytesIO(archive.read("drawing.npy")))
    assert image.shape == (64,)
    assert image.max() > 0


def test_a_paused_class_may_save(session: Session, networks: Networks) -> None:
    session.paused = True
    assert saved(offered(networks), ".npz") == DEFAULT.to_bytes()


def test_what_would_be_too_large_is_not_made() -> None:
    session = Session(Network.random([4096, 512, 512, 512, 10], seed=0))
    saver = NetworkSaver(session)
    saver.offer(session.network_name)
    for suffix in (".npz", ".onnx", ".json", ".zip"):
        tell(saver, {"type": "save", "format": suffix})
        assert saver.content == ""
        assert f"more than 10 MB as {suffix}" in saver.said


def test_as_text_a_network_is_too_large_sooner() -> None:
    session = Session(Network.random([4096, 512, 10], seed=0))
    saver = NetworkSaver(session)
    saver.offer(session.network_name)
    tell(saver, {"type": "save", "format": ".json"})
    assert saver.content == ""
    assert "Choose another format" in saver.said
    assert len(saved(saver, ".onnx")) < LARGEST


def test_a_format_whose_package_is_missing_says_how_to_get_it(
    networks: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver = offered(networks)
    for name in [name for name in sys.modules if name.partition(".")[0] == "onnx"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnx", None)
    tell(saver, {"type": "save", "format": ".onnx"})
    assert saver.content == ""
    assert saver.said.endswith("install it with: pip install 'neuron-explorer[formats]'")
    assert saved(saver, ".npz") == DEFAULT.to_bytes()


@pytest.mark.parametrize(
    "message",
    [{"type": "save", "format": ".pkl"}, {"type": "save", "format": None}, {"type": "save"}, 7],
    ids=str,
)
def test_nonsense_saves_nothing(networks: Networks, message: object) -> None:
    saver = offered(networks)
    tell(saver, message)
    assert (saver.content, saver.said) == ("", "")


@pytest.mark.parametrize("name", ["nobody", 7, ["default"]], ids=str)
def test_no_sheet_comes_up_for_a_network_that_is_not_there(
    networks: Networks, name: object
) -> None:
    tell(networks, {"type": "save", "name": name})
    assert networks.saver.objects == []
