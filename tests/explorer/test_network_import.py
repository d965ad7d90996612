"""The file of a network is opened on a page: read elsewhere, confirmed, and then one's own."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import numpy as np
import pytest

from core import Network
from core.nn.image_network import labels
from core.nn.pretrained import pretrained
from explorer import create_app
from explorer.exchange import network_files, network_import
from explorer.exchange.import_queue import ImportQueue, UnreadableError
from explorer.exchange.import_worker import SentFile
from explorer.exchange.network_import import NetworkImport
from explorer.page.model_card import entries
from explorer.page.page import Page
from explorer.state.networks import MOST_OWN
from explorer.transport.upload import LARGEST
from support.telling import tell

LAYERS = pretrained()["mnist"].layers


def arrays(**named: np.ndarray[Any, Any]) -> bytes:
    file = BytesIO()
    np.savez(file, **named)
    return file.getvalue()


def transposed_and_shifted() -> bytes:
    """The way of Matlab: pixels column by column, and outputs that count from 1."""
    first, second, last = LAYERS
    weights = first.weights.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784)
    order = [*range(1, 10), 0]
    return arrays(
        **{"W1": weights, "b1": first.biases, "W2": second.weights, "b2": second.biases},
        **{"W3": last.weights[order], "b3": last.biases[order]},
    )


@pytest.fixture(scope="module")
def queue() -> Iterator[ImportQueue]:
    """A worker process, and what is read there."""
    made = ImportQueue()
    yield made
    made.end()


@pytest.fixture
def page(queue: ImportQueue, monkeypatch: pytest.MonkeyPatch) -> Page:
    for module in (network_files, network_import):
        monkeypatch.setattr(module, "shared_queue", lambda: queue)
    return create_app()


def send(page: Page, files: Mapping[str, bytes], piece: int = 40_000) -> None:
    """As the script does it."""
    announced = [[name, len(content)] for name, content in files.items()]
    tell(page.networks, {"type": "begin", "files": announced})
    for number, content in enumerate(files.values()):
        for start in range(0, len(content), piece):
            said = b64encode(content[start : start + piece]).decode()
            tell(page.networks, {"type": "piece", "file": number, "start": start, "content": said})


def sheet(page: Page) -> NetworkImport:
    found = page.networks._import
    assert found is not None
    return found


def aspect(page: Page, name: str) -> dict[str, Any]:
    return next(each for each in sheet(page).aspects if each["name"] == name)


def use(page: Page, title: str = "Mine", outputs: str = "0 1 2 3 4 5 6 7 8 9") -> None:
    tell(sheet(page), {"type": "use", "title": title, "labels": outputs})


def test_a_file_is_confirmed_and_then_computes_what_the_network_computes(page: Page) -> None:
    send(page, {"course.npz": transposed_and_shifted()})
    session, found = page.session, sheet(page)
    assert session.notice == ""
    assert session.network_name == "default", "nothing changes before it is confirmed"
    assert (found.is_open, found.file, found.title) == (True, "course.npz", "course")
    assert found.what == "NumPy, .npz · 784-16-16-10"
    assert aspect(page, "pixels")["value"] == "transposed"
    assert aspect(page, "order")["value"] == "1234567890"
    best = max(aspect(page, "pixels")["options"], key=lambda option: float(option[2].split()[0]))
    assert best == ["transposed", "column by column (transposed)", found.accuracy]
    use(page, " The course’s network ")
    assert not found.is_open
    assert session.network_name == "own-1"
    assert session.network.card["title"] == "The course’s network"
    image = np.random.default_rng(1).random(784, np.float32)
    np.testing.assert_allclose(session.network(image), pretrained()["mnist"](image), atol=1e-5)


def test_the_card_says_what_was_found_in_words(page: Page) -> None:
    send(page, {"course.npz": transposed_and_shifted()})
    use(page)
    told = {name: said for name, said, _ in entries(page.session.network)}
    lines = told["opened from a file"].splitlines()
    assert "Pixels: column by column (transposed)" in lines
    assert "Order of the outputs: 1, 2, …, 9, 0 (shifted by one)" in lines
    assert "File: course.npz" in lines


def test_a_person_can_choose_otherwise_and_sees_what_comes_of_it(page: Page) -> None:
    send(page, {"course.npz": transposed_and_shifted()})
    found = sheet(page)
    before = found.accuracy
    tell(found, {"type": "choose", "aspect": "pixels", "value": "rows"})
    assert aspect(page, "pixels")["basis"] == "chosen by you"
    assert float(found.accuracy.split()[0]) < float(before.split()[0])
    tell(found, {"type": "choose", "aspect": "pixels", "value": "spiral"})
    assert found.said.startswith("The file cannot be read in this way")
    assert aspect(page, "pixels")["value"] == "rows"
    tell(found, {"type": "choose", "aspect": "pixels", "value": "transposed"})
    assert found.accuracy == before


def test_outputs_can_stand_for_anything(page: Page) -> None:
    send(page, {"net.npz": transposed_and_shifted()})
    use(page, outputs="a, b c d e f g h")
    assert sheet(page).said.startswith("There are 10 outputs")
    use(page, outputs="a b c d e f g h i " + 13 * "x")
    assert sheet(page).said == "A label can have 12 characters."
    assert page.session.network_name == "default"
    use(page, outputs="a, b, c, d, e, f, g, h, i, j")
    assert labels(page.session.network) == tuple("abcdefghij")


def test_files_of_one_network_come_together(page: Page) -> None:
    kernels = np.concatenate(
        [part.ravel() for each in LAYERS for part in (each.weights.T, each.biases)]
    )
    names = [("kernel", each.weights.T.shape) for each in LAYERS]
    weights = [
        {"name": f"dense_{n}/{kind}", "shape": list(shape), "dtype": "float32"}
        for n, (kernel, each) in enumerate(zip(names, LAYERS, strict=True))
        for kind, shape in (kernel, ("bias", each.biases.shape))
    ]
    layers = [
        {
            "class_name": "Dense",
            "config": {
                "name": f"dense_{n}",
                "units": each.n_out,
                "activation": "sigmoid",
                "use_bias": True,
            },
        }
        for n, each in enumerate(LAYERS)
    ]
    first: dict[str, Any] = layers[0]["config"]  # type: ignore[assignment]
    first["batch_input_shape"] = [None, 784]
    model = {
        "format": "layers-model",
        "modelTopology": {
            "model_config": {"class_name": "Sequential", "config": {"layers": layers}}
        },
        "weightsManifest": [{"paths": ["group1.bin"], "weights": weights}],
    }
    send(
        page,
        {"group1.bin": kernels.astype("<f4").tobytes(), "model.json": json.dumps(model).encode()},
    )
    assert page.session.notice == ""
    assert sheet(page).file == "model.json"
    assert aspect(page, "hidden")["basis"] == "said in the file"


REFUSED = {
    "net.pt": (b"PK\x03\x04" + bytes(26) + b"archive/data.pkl", "never opened"),
    "net.npz": (b"hello", "net.npz"),
    "empty.onnx": (b"", "is empty"),
    "odd.npy": (b"\x93NUMPY\x01\x00" + b"\xff" * 99, "odd.npy"),
    "large.npz": (arrays(W1=np.ones((3, 785)), b1=np.ones(3)), "785 inputs"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_another_file_is_named_and_changes_nothing(page: Page, name: str) -> None:
    content, why = REFUSED[name]
    send(page, {name: content})
    assert why in page.session.notice
    assert page.networks._import is None
    assert page.session.network is pretrained()["default"]
    send(page, {"fine.npz": transposed_and_shifted()})
    assert page.session.notice == "", "what was said of the last file is gone"


def test_too_much_is_not_awaited(page: Page) -> None:
    tell(page.networks, {"type": "begin", "files": [["a.json", LARGEST], ["b.bin", 1]]})
    assert page.session.notice.startswith("a.json, b.bin is too large; networks of up to 10 MB")
    tell(page.networks, {"type": "piece", "file": 0, "start": 0, "content": "AAAA"})
    assert page.networks._import is None


def test_while_the_class_rests_nothing_is_opened_or_used(page: Page) -> None:
    page.session.paused = True
    send(page, {"net.npz": transposed_and_shifted()})
    assert page.session.notice == "Paused by your teacher."
    page.session.paused = False
    send(page, {"net.npz": transposed_and_shifted()})
    page.session.paused = True
    use(page)
    assert sheet(page).said == "Paused by your teacher."
    assert sheet(page).is_open
    assert page.session.network_name == "default"


def test_one_has_so_many_networks_and_no_more(page: Page) -> None:
    send(page, {"net.npz": transposed_and_shifted()})
    for number in range(MOST_OWN):
        page.session.put_network(f"own-{number + 1}", pretrained()["untrained"], shown=False)
    use(page)
    assert str(MOST_OWN) in sheet(page).said
    assert page.session.network_name == "default"


def test_a_file_is_forgotten_when_its_sheet_is_closed(page: Page) -> None:
    send(page, {"net.npz": transposed_and_shifted()})
    tell(sheet(page), {"type": "cancel"})
    use(page)
    assert page.session.network_name == "default"


ODD: list[Any] = [
    {"type": "begin", "files": []},
    {"type": "begin", "files": [["a", 1]] * 21},
    {"type": "begin", "files": [["a", -1]]},
    {"type": "begin", "files": [["a", True]]},
    {"type": "begin", "files": [[7, 1]]},
    {"type": "piece", "file": 1, "start": 0, "content": "AAAA"},
    {"type": "piece", "file": "0", "start": 0, "content": "AAAA"},
    {"type": "piece", "file": 0, "start": 3, "content": "AAAA"},
    {"type": "piece", "file": 0, "start": 0, "content": "#"},
    {"type": "choose", "aspect": "pixels", "value": "rows"},
]


@pytest.mark.parametrize("message", ODD, ids=str)
def test_nonsense_is_left_aside(page: Page, message: Any) -> None:
    tell(page.networks, {"type": "begin", "files": [["a.npz", 100]]})
    tell(page.networks, message)
    assert page.networks._import is None
    assert page.session.network is pretrained()["default"]


def test_what_takes_too_long_is_given_up_and_the_next_file_is_read() -> None:
    queue = ImportQueue(seconds=0.001)
    file = SentFile("1", "slow.npz", transposed_and_shifted(), {})
    with pytest.raises(UnreadableError, match=r"slow\.npz takes too long"):
        asyncio.run(queue.found(file, {}))
    patient = ImportQueue()
    patient._process = queue._process  # which has ended
    assert asyncio.run(patient.found(file, {})).accuracy
    patient.end()


def test_a_process_that_dies_is_one_sentence() -> None:
    queue = ImportQueue()

    async def dies() -> None:
        waiting = asyncio.ensure_future(queue.found(SentFile("1", "big.npz", b"", {}), {}))
        await asyncio.sleep(0)
        queue.end()
        await waiting

    with pytest.raises(UnreadableError, match=r"big\.npz takes more memory"):
        asyncio.run(dies())


def test_an_own_network_opens_with_its_card_as_it_was_saved(page: Page) -> None:
    mine = Network(LAYERS, {"title": "Mine", "description": "As it was."})
    send(page, {"mine.npz": mine.to_bytes()})
    assert sheet(page).title == "Mine"
    use(page, "Mine again")
    assert page.session.network.card == {"title": "Mine again", "description": "As it was."}
    assert page.session.network.layers[0].weights.tobytes() == LAYERS[0].weights.tobytes()
