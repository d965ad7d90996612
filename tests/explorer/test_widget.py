"""An explorer as a program uses it: what it may be set to, who hears of it, and what it leaves."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from threading import Thread, current_thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np
import pytest

from core.errors import InputError
from core.ink import Drawing, Stroke
from core.nn.network import Network
from core.nn.pretrained import pretrained
from explorer import Explorer
from explorer.server import kernel_server as kernel
from explorer.server.kernel_server import KernelServer, kernel_server
from explorer.state.mirror import Mirror
from explorer.state.session import Neuron, Session
from support.server import STRICTLY

SEVEN = [[(7, 7), (20, 7), (14, 22)]]


def test_an_explorer_computes_without_a_page() -> None:
    explorer = Explorer()
    explorer.drawing = SEVEN
    trace = explorer.network.trace(explorer.drawing.centred().reshape(-1))
    assert [each.shape for each in explorer.activations] == [(784,), (16,), (16,), (10,)]
    np.testing.assert_allclose(explorer.activations[3], trace.outputs, atol=1e-6)
    assert explorer.activations[3].argmax() == 7
    with pytest.raises(ValueError, match="read-only"):
        explorer.activations[3][0] = 1
    explorer.centred = False
    np.testing.assert_array_equal(explorer.activations[0], explorer.drawing.image.reshape(-1))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, Drawing.blank),
        ([], Drawing.blank),
        (SEVEN, Drawing(None, (Stroke(SEVEN[0]),))),
        (SEVEN[0], Drawing(None, (Stroke(SEVEN[0]),))),
        ([Stroke([(1, 2)], 4.0)], Drawing(None, (Stroke([(1, 2)], 4.0),))),
        ([[(1, 2)], [(3, 4), (5, 6)]], Drawing(None, (Stroke([(1, 2)]), Stroke([(3, 4), (5, 6)])))),
        (np.eye(28), Drawing(np.eye(28, dtype=np.float32))),
        (np.eye(28).reshape(1, 784), Drawing(np.eye(28, dtype=np.float32))),
    ],
)
def test_a_drawing_is_strokes_or_an_image(given: Any, expected: Drawing) -> None:
    explorer = Explorer()
    explorer.drawing = given
    assert explorer.drawing == expected


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("drawing", "seven", "a list of strokes or an image is wanted; this is str"),
        ("drawing", 7, "this is int"),
        ("drawing", np.zeros((8, 8)), r"shape \(28, 28\)"),
        ("drawing", 255 * np.ones((28, 28)), "from 0 .no ink. to 1"),
        ("drawing", [[(1, 2)], "line"], "numbers"),
        ("network", 7, "path of a file of one, is wanted; this is int"),
        ("network", "missing.npz", "missing.npz"),
        ("network", Network.random((700, 10), 1), "700 inputs"),
        ("selected", "1:16", "no neuron 1:16"),
        ("selected", "five", '"1:5"'),
        ("selected", 7, '"1:5"'),
        ("centred", "yes", "True or False"),
        ("activations", (), "set the drawing or the network"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence_and_changes_nothing(
    name: str, value: Any, sentence: str
) -> None:
    explorer = Explorer()
    before = getattr(explorer, name)
    with pytest.raises(InputError, match=sentence):
        setattr(explorer, name, value)
    assert getattr(explorer, name) is before


def test_an_explorer_begins_with_a_network_of_ones_own(tmp_path: Path) -> None:
    Network.random((64, 5, 3), 1).save(tmp_path / "own.npz")
    explorer = Explorer(tmp_path / "own.npz")
    assert explorer.network.sizes == (64, 5, 3)
    assert repr(explorer) == "Explorer(64-5-3)"
    with pytest.raises(InputError, match="300"):
        Explorer(height=10)


def test_a_network_that_was_changed_comes_back_as_it_is_set() -> None:
    explorer, default = Explorer(), pretrained()["default"]
    explorer.network = changed = default.with_bias(1, 5, 3.0)
    assert explorer.network is changed
    explorer.network = default
    assert explorer.network is default
    explorer._mirror.first.edit(changed)
    assert explorer.network is changed
    explorer.network = default
    assert explorer.network is default
    explorer.network = pretrained()["wide"]
    assert explorer.network is pretrained()["wide"]


def test_a_neuron_is_selected_by_its_name_or_numbers() -> None:
    explorer = Explorer()
    for value in ("1:5", (1, 5), [1, 5], Neuron(1, 5)):
        explorer.selected = None
        explorer.selected = value
        assert explorer.selected == (1, 5)
    assert str(explorer) == "Explorer(784-16-16-10, selected='1:5')"


def test_who_watches_hears_of_a_change_once_with_all_that_follows() -> None:
    explorer, heard = Explorer(), []
    explorer.param.watch(
        lambda *events: heard.append({event.name for event in events}),
        ["network", "drawing", "activations", "selected"],
    )
    explorer.drawing = SEVEN
    explorer.selected = "1:5"
    explorer.selected = "1:5"
    assert heard == [{"drawing", "activations"}, {"selected"}]


def test_who_watches_may_set_in_turn() -> None:
    explorer = Explorer()
    explorer.param.watch(lambda _: setattr(explorer, "selected", "3:7"), "drawing")
    explorer.drawing = SEVEN
    assert explorer.selected == (3, 7)


def test_in_a_kernel_watchers_are_called_in_its_loop() -> None:
    async def cell() -> list[str]:
        explorer, heard = Explorer(), list[str]()
        assert explorer.url.startswith("http://127.0.0.1:")
        loop, done = asyncio.get_running_loop(), asyncio.Event()

        def hear(*_: Any) -> None:
            heard.append(current_thread().name)
            loop.call_soon_threadsafe(done.set)

        explorer.param.watch(hear, "selected")
        other = Thread(target=kernel_server().call, args=(_select, explorer))
        other.start()
        await done.wait()
        other.join()
        assert explorer.selected == (2, 3)
        explorer.close()
        return heard

    assert asyncio.run(cell()) == [current_thread().name]


def _select(explorer: Explorer) -> None:
    explorer._mirror.first.select(Neuron(2, 3))


def test_a_cell_that_goes_on_reads_what_is_there_now() -> None:
    """The loop that would tell it is at work on the cell."""

    async def cell() -> None:
        explorer = Explorer()
        assert explorer.url
        kernel_server().call(_select, explorer)
        assert explorer.selected == (2, 3)
        explorer.close()

    asyncio.run(cell())


def test_sessions_in_a_mirror_show_the_same() -> None:
    mirror, late, early = Mirror(Session()), Session(), Session()
    mirror.join(early)
    early.begin_stroke([(7, 7), (20, 7)], 2.0, False)
    early.select(Neuron(1, 5))
    mirror.join(late)
    assert late.drawing is early.drawing is mirror.first.drawing
    assert late.selected == (1, 5)
    assert late.answer == early.answer
    redrawn: list[Session] = []
    for each in (early, late):
        each.param.watch(lambda event: redrawn.append(event.obj), "redrawn")
    late.extend_stroke([(14, 22)])
    late.edit(late.network.with_bias(1, 5, 3.0))
    assert redrawn == [early], "who draws has painted it before"
    assert early.network is late.network
    assert early.trace is late.trace
    mirror.leave(late)
    mirror.leave(late)
    late.clear()
    assert early.drawing.strokes
    assert not mirror.is_alone


def answer(url: str, method: str = "HEAD", **headers: str) -> tuple[int, dict[str, str]]:
    try:
        with urlopen(Request(url, headers=headers, method=method)) as found:
            return found.status, dict(found.headers)
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers)


def test_a_page_is_at_an_address_that_nobody_can_guess_until_it_is_closed() -> None:
    first, second = Explorer(), Explorer()
    try:
        root = first.url.rpartition("/")[0]
        assert second.url.rpartition("/")[0] == root
        assert len({first.url, second.url}) == 2
        assert len(first.url.rpartition("/")[2]) >= 20
        assert [answer(url)[0] for url in (first.url, f"{root}/", f"{root}/ws")] == [200, 404, 404]
        assert answer(f"{first.url}/ws")[0] == 403
        before = first.url
        first.close()
        first.close()
        assert answer(before)[0] == 404
        assert answer(second.url)[0] == 200
        assert first.url != before
    finally:
        first.close()
        second.close()


def test_any_notebook_may_show_the_page_in_a_frame_and_ask_whether_it_is_there() -> None:
    explorer = Explorer()
    status, headers = answer(explorer.url, "GET", Host="hub.example.org")
    explorer.close()
    assert status == 200
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Frame-Options" not in headers
    assert "frame-ancestors" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_what_notebooks_show() -> None:
    explorer = Explorer(height=500)
    try:
        shown = explorer._repr_mimebundle_()
        assert shown["text/plain"] == repr(explorer)
        assert f'data-way="{explorer.url}"' in shown["text/html"]
        assert "--height:500px" in shown["text/html"]
        assert " src=" not in shown["text/html"], "the script finds the way first"
        kind, page = explorer._mime_()
        assert kind == "text/html"
        assert f'src="{explorer.url}"' in page
        assert "<script" not in page
    finally:
        explorer.close()


class Holder:
    """Whoever has an explorer."""


def test_explorers_that_are_left_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "_MOST_LEFT", 2)
    server = KernelServer()
    held = Holder()
    kept = server.open(Mirror(Session()), held)
    left = [server.open(Mirror(Session()), Holder()) for _ in range(4)]
    root = f"http://127.0.0.1:{server.port}/"
    assert answer(root + kept)[0] == 200
    assert [answer(root + path)[0] for path in left] == [404, 404, 200, 200]


ALONE = """
import gc, logging, numpy, threadpoolctl
from bokeh.server.tornado import BokehTornado
from bokeh.settings import settings
from tornado.httpserver import HTTPServer
def state():
    pools = [each["num_threads"] for each in threadpoolctl.threadpool_info()]
    return (pools, HTTPServer.configured_class(), BokehTornado.find_handler, gc.get_freeze_count(),
            list(logging.getLogger().handlers), settings.perform_document_validation())
before = state()
from urllib.request import urlopen
from explorer import Explorer
explorer = Explorer()
urlopen(explorer.url).close()
assert state() == before, (before, state())
"""


def test_the_rest_of_the_kernel_is_left_as_it_is_and_ends_with_the_program() -> None:
    """Without a word, even where warnings are errors."""
    done = subprocess.run(
        [*STRICTLY, "-c", ALONE], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_server_speaks_of_this_machine_only() -> None:
    explorer = Explorer()
    assert urlsplit(explorer.url).hostname == "127.0.0.1"
    explorer.close()
    assert sys.modules["explorer"].Explorer is Explorer
