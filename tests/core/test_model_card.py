"""A card is checked once, where a network is made: whoever reads it need not."""

import json
import math
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Network
from core.evaluation.rejection import threshold
from core.nn.model_card import CardError, checked_card
from core.nn.network_file import NetworkFileError

LAYERS = Network.random((3, 2), seed=0).layers


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def curves(**parts: Any) -> dict[str, Any]:
    """Those of a training of one epoch, with other ``parts``."""
    good = {"step": [10], "loss": [0.5], "epoch": [1], "accuracy": [0.9]}
    return good | parts


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "threshold is a text": (
        {"threshold": "high"},
        "a number from 0 to 1 for \"threshold\", not 'high'",
    ),
    "threshold is a truth": ({"threshold": True}, 'for "threshold"'),
    "threshold is no number": ({"threshold": math.nan}, "not nan"),
    "threshold is infinite": ({"threshold": math.inf}, "not inf"),
    "threshold is above 1": ({"threshold": 1.01}, 'for "threshold"'),
    "threshold is below 0": ({"threshold": -1}, 'for "threshold"'),
    "threshold is huge": ({"threshold": 10**400}, "not 1000"),
    "threshold is nothing": ({"threshold": None}, 'for "threshold", not None'),
    "threshold is a table": ({"threshold": {"a": 1}}, 'for "threshold"'),
    "a threshold by its former name": ({"sure": "high"}, 'for "threshold"'),
    "title is a number": ({"title": 7}, 'a text of 1 to 200 characters for "title"'),
    "title is endless": ({"title": "x" * 201}, 'for "title"'),
    "title is empty": ({"title": ""}, 'for "title"'),
    "held out is a text": ({"held out": "ced"}, 'a list of names for "held out"'),
    "held out holds numbers": ({"held out": [1]}, 'for "held out"'),
    "learned is a text": ({"learned pen strokes": "no"}, "true or false"),
    "own drawings are a number": (
        {"own drawings": 3},
        'whole numbers by digits for "own drawings"',
    ),
    "own drawings of no digit": ({"own drawings": {"x": 3}}, 'for "own drawings"'),
    "half an own drawing": ({"own drawings": {"7": 0.5}}, 'for "own drawings"'),
    "accuracy is a number": ({"accuracy": 0.9}, 'from 0 to 1 for "accuracy"'),
    "accuracy is beyond 1": ({"accuracy": {"MNIST": 97}}, 'for "accuracy"'),
    "rejection is a text": ({"rejected": {"noise": "all"}}, 'for "rejected"'),
    "curves are a list": ({"curves": [0.5]}, 'for "curves"'),
    "curves lack a part": ({"curves": {"step": [1], "loss": [0.5]}}, 'for "curves"'),
    "a curve without places": ({"curves": curves(step=[])}, 'for "curves"'),
    "a curve of endless points": (
        {"curves": curves(step=[*range(1, 102)], loss=[0.5] * 101)},
        "100 points each",
    ),
    "a curve that goes back": (
        {"curves": curves(step=[2, 1], loss=[0.5, 0.4])},
        'for "curves"',
    ),
    "a loss that is a text": ({"curves": curves(loss=["low"])}, 'for "curves"'),
    "a loss below 0": ({"curves": curves(loss=[-1])}, 'for "curves"'),
    "an accuracy beyond 1": ({"curves": curves(accuracy=[97])}, 'for "curves"'),
    "epochs that are none": ({"curves": curves(epoch=[0.5])}, 'for "curves"'),
    "an old name": ({"turned away as no digit": {"noise": 2}}, 'for "rejected"'),
    "nested too deep": ({"notes": nested(900)}, "levels deep"),
    "a number nobody can read": ({"notes": [10**400]}, "what JSON can"),
    "not a number": ({"notes": {"x": math.nan}}, "what JSON can"),
    "half a character": ({"notes": "\ud800"}, "what JSON can"),
    "half a character as a name": ({"\ud800": 1}, "names"),
    "a name that is a number": ({1: "one"}, "names"),
    "too long": ({"notes": ["word"] * 10_000}, "20,000 characters"),
    "not JSON": ({"notes": {1, 2}}, "what JSON can"),
    "bytes": ({"notes": b"abc"}, "what JSON can"),
}


@pytest.mark.parametrize(("card", "words"), BAD.values(), ids=BAD)
def test_a_card_that_would_trouble_its_readers_makes_no_network(
    card: dict[str, Any], words: str
) -> None:
    with pytest.raises(CardError) as caught:
        Network(LAYERS, card)
    sentence = str(caught.value)
    assert words in sentence
    assert len(sentence.splitlines()) == 1
    assert len(sentence) < 300


@pytest.mark.parametrize(
    "text", ['{"sure": "high"}', '{"sure": 1e999}', '{"a": %s}' % ("[" * 900 + "]" * 900)]
)
def test_a_file_with_such_a_card_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "net.npz"
    Network(LAYERS, {"notes": "here"}).save(path)
    with np.load(path) as saved:
        entries = {name: saved[name] for name in saved.files}
    entries["header"] = np.array(str(entries["header"]).replace('{"notes": "here"}', text))
    np.savez(path, **entries)
    with pytest.raises(NetworkFileError, match=r"net\.npz cannot be used"):
        Network.load(path)


@pytest.mark.parametrize("card", [5, [], "title", None])
def test_a_card_is_a_table(card: object) -> None:
    with pytest.raises(CardError, match="a table of names and values"):
        checked_card(card)


def test_a_card_is_kept_as_it_was_and_nobody_can_change_it() -> None:
    card = {
        "title": "Größe",
        "threshold": 1,
        "notes": {"seeds": [1, 2], "x": None},
        "held out": ["a"],
    }
    network = Network(LAYERS, MappingProxyType(card))
    card["title"] = "another"
    assert network.card["title"] == "Größe"
    assert network.card["notes"] == {"seeds": [1, 2], "x": None}
    assert threshold(network) == 1.0
    with pytest.raises(TypeError):
        network.card["title"] = "third"  # type: ignore[index]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["title", "sure", "held out", "accuracy", "rejected", "threshold"])


@given(st.dictionaries(NAMES | st.text(), JSON, max_size=4))
def test_whatever_is_accepted_can_be_shown_and_saved(card: dict[str, Any]) -> None:
    try:
        checked = checked_card(card)
    except CardError:
        return
    assert 0 <= float(checked.get("threshold", 0)) <= 1
    assert isinstance(checked.get("title", ""), str)
    assert json.loads(json.dumps(dict(checked), allow_nan=False)) == checked
    json.dumps(dict(checked), ensure_ascii=False).encode()


def test_an_older_card_says_the_same_in_words_of_today() -> None:
    old = {"title": "Old", "sure": 0.4, "turned away as no digit": {"noise": 1.0}}
    assert checked_card(old) == {"title": "Old", "threshold": 0.4, "rejected": {"noise": 1.0}}
