"""A changed network is saved as a file and opened again; another file changes nothing."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import Network
from core.edit.damage import with_noise
from core.nn.pretrained import pretrained
from explorer import create_app
from explorer.edit.network_file import LARGEST, NetworkFile
from explorer.state.session import Session
from support.telling import tell

DEFAULT = pretrained()["default"]


@pytest.fixture
def session() -> Session:
    return create_app().session


@pytest.fixture
def files(session: Session) -> NetworkFile:
    return NetworkFile(session)


def send(files: NetworkFile, name: str, content: bytes, piece: int = 50_000) -> None:
    """As the script does it."""
    tell(files, {"type": "begin", "file": name, "size": len(content)})
    for start in range(0, len(content), piece):
        said = b64encode(content[start : start + piece]).decode()
        tell(files, {"type": "piece", "start": start, "content": said})


def saved(files: NetworkFile) -> bytes:
    tell(files, {"type": "save"})
    return b64decode(files.content)


def test_a_saved_file_computes_what_the_page_shows(
    session: Session, files: NetworkFile, tmp_path: Path
) -> None:
    session.begin_stroke([[7, 7], [20, 7], [12, 24]], 2.4, False)
    session.edit(with_noise(session.network, 0.3, seed=1))
    file = tmp_path / "saved.npz"
    file.write_bytes(saved(files))
    assert files.file == "default-edited.npz"
    loaded = Network.load(file)
    assert loaded(session.trace.inputs).tobytes() == session.trace.a[-1].tobytes()
    assert loaded.card["edited"] is True
    tell(files, {"type": "saved"})
    assert files.content == "", "the browser has it"


def test_a_network_that_was_not_changed_is_saved_as_it_came(files: NetworkFile) -> None:
    assert saved(files) == DEFAULT.to_bytes()
    assert files.file == "default.npz"


def test_what_is_saved_is_the_changed_network_while_the_first_is_shown(
    session: Session, files: NetworkFile
) -> None:
    session.edit(session.network.with_bias(3, 8, 9.0))
    session.show_original(True)
    assert Network.from_bytes(saved(files), "x").layers[-1].biases[8] == 9


def test_a_file_is_opened_as_a_change_that_can_be_undone(
    session: Session, files: NetworkFile
) -> None:
    changed = DEFAULT.with_bias(3, 8, 9.0)
    send(files, "default-edited.npz", changed.to_bytes())
    assert session.notice == ""
    assert session.network.layers[:2] == DEFAULT.layers[:2], "what is the same is shared"
    assert session.present_edits.neurons_changed == [(3, 8)]
    inputs = session.trace.inputs
    np.testing.assert_array_equal(session.trace.a[-1], changed(inputs))
    session.undo_edit()
    assert session.network is DEFAULT


def test_the_first_network_s_own_file_undoes_all(session: Session, files: NetworkFile) -> None:
    session.edit(session.network.with_bias(3, 8, 9.0))
    send(files, "default.npz", DEFAULT.to_bytes())
    assert session.network is DEFAULT
    assert not session.is_edited


OTHERS = {
    "net.npz": (pretrained()["wide"].to_bytes(), "other sizes (784-64-32-10)"),
    "three.npz": (Network.random([784, 3], seed=0).to_bytes(), "other sizes (784-3)"),
    "nothing.npz": (b"", "is empty"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "another format (PNG"),
    "half.npz": (DEFAULT.to_bytes()[:9999], "not a network file, or it is damaged"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_is_named_and_changes_nothing(
    session: Session, files: NetworkFile, name: str
) -> None:
    content, why = OTHERS[name]
    mine = session.network.with_bias(3, 8, 9.0)
    session.edit(mine)
    send(files, name, content)
    assert session.notice.startswith(name)
    assert why in session.notice
    assert session.network is mine
    send(files, "mine.npz", mine.to_bytes())
    assert session.notice == "", "what was said of the last file is gone"


def test_a_file_that_is_too_large_is_not_awaited(session: Session, files: NetworkFile) -> None:
    tell(files, {"type": "begin", "file": "huge.npz", "size": LARGEST + 1})
    assert session.notice == "huge.npz is too large; networks of up to 10 MB can be opened here."
    tell(files, {"type": "piece", "start": 0, "content": "AAAA"})
    assert session.network is DEFAULT


def test_a_network_that_is_too_large_is_not_saved() -> None:
    session = Session(Network.random((4096, 512, 512, 512, 10), 1))
    files = NetworkFile(session)
    tell(files, {"type": "save"})
    assert files.content == ""
    assert "more than 10 MB" in session.notice


def test_a_paused_page_opens_no_file(session: Session, files: NetworkFile) -> None:
    session.paused = True
    send(files, "x.npz", DEFAULT.with_bias(3, 8, 9.0).to_bytes())
    assert session.notice == "Paused by your teacher."
    assert session.network is DEFAULT


def test_pieces_that_are_not_in_their_order_make_no_file(
    session: Session, files: NetworkFile
) -> None:
    content = DEFAULT.with_bias(3, 8, 9.0).to_bytes()
    said = b64encode(content).decode()
    tell(files, {"type": "begin", "file": "x.npz", "size": len(content)})
    tell(files, {"type": "piece", "start": 5, "content": said})
    tell(files, {"type": "piece", "start": 0, "content": said})
    assert session.network is DEFAULT, "it has to begin anew"


ODD_PIECES: list[dict[str, Any]] = [
    {"start": 1, "content": "AAAA"},
    {"start": -1, "content": "AAAA"},
    {"start": 0, "content": "#"},
    {"start": 0, "content": "ä"},
    {"start": 0, "content": b64encode(bytes(101)).decode()},
    {"start": 0, "content": None},
    {"content": "AAAA"},
]


@pytest.mark.parametrize("piece", ODD_PIECES, ids=str)
def test_nonsense_among_the_pieces_changes_nothing_and_a_file_can_be_opened_after_it(
    session: Session, files: NetworkFile, piece: dict[str, Any]
) -> None:
    tell(files, {"type": "begin", "file": "x.npz", "size": 100})
    tell(files, {"type": "piece", **piece})
    assert session.network is DEFAULT
    send(files, "x.npz", DEFAULT.with_bias(3, 8, 9.0).to_bytes())
    assert session.network.layers[-1].biases[8] == 9
