"""What neurons prefer travels with the network, and statistics of other neurons are refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import Layer, Network
from core.nn.activation_statistics import ActivationStatistics
from core.nn.layer import NetworkError
from core.nn.network_file import NetworkFileError

LAYERS = Network.random((4, 3, 2), seed=1).layers


def statistics() -> ActivationStatistics:
    numbers = np.random.default_rng(2)
    return ActivationStatistics(
        means=tuple(numbers.random((n, 10)) for n in (3, 2)),
        images=numbers.integers(0, 256, (5, 4)),
        labels=np.arange(5),
        maximizing=tuple(numbers.integers(0, 5, (n, 2)) for n in (3, 2)),
        minimizing=tuple(numbers.integers(0, 5, (n, 2)) for n in (3, 2)),
        means_of="7 images",
        images_of="five drawings, größer",
    )


def test_statistics_are_saved_with_their_network_and_come_back_whole(tmp_path: Path) -> None:
    before = statistics()
    Network(LAYERS, {"title": "small"}, before).save(tmp_path / "net.npz")
    back = Network.load(tmp_path / "net.npz")
    assert back.card == {"title": "small"}
    assert back.statistics is not None
    for name in ("means", "maximizing", "minimizing"):
        for one, other in zip(getattr(before, name), getattr(back.statistics, name), strict=True):
            np.testing.assert_array_equal(one, other)
            assert one.dtype == other.dtype
            assert not other.flags.writeable
    np.testing.assert_array_equal(back.statistics.images, before.images)
    np.testing.assert_array_equal(back.statistics.labels, before.labels)
    assert (back.statistics.means_of, back.statistics.images_of) == (
        "7 images",
        "five drawings, größer",
    )


def test_equal_statistics_give_equal_bytes_and_none_gives_none(tmp_path: Path) -> None:
    for name in ("one", "other"):
        Network(LAYERS, statistics=statistics()).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    Network(LAYERS).save(tmp_path / "without")
    assert Network.load(tmp_path / "without").statistics is None


def test_an_edited_network_does_not_keep_what_no_longer_holds() -> None:
    network = Network(LAYERS, statistics=statistics())
    assert network.with_bias(1, 0, 2.0).statistics is None
    assert network.statistics is not None


def test_statistics_of_another_network_is_refused(tmp_path: Path) -> None:
    other = Network.random((4, 5, 2), seed=1).layers
    with pytest.raises(NetworkError, match="statistics of its neurons do not fit"):
        Network(other, statistics=statistics())
    wider = [Layer(np.zeros((3, 9)), np.zeros(3)), LAYERS[1]]
    with pytest.raises(NetworkError, match="statistics"):
        Network(wider, statistics=statistics())


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": np.arange(4)},
        {"images": np.zeros(4)},
        {"maximizing": (np.full((3, 2), 5), np.zeros((2, 2)))},
        {"means": (np.full((3, 10), np.nan), np.zeros((2, 10)))},
        {"means_of": 3},
    ],
)
def test_statistics_that_contradict_each_other_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(NetworkError, match="measure them again"):
        replace(statistics(), **changes)


def test_a_file_with_damaged_statistics_is_named_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    Network(LAYERS, statistics=statistics()).save(path)
    with np.load(path) as file:
        entries = dict(file)
    np.savez(path, **{**entries, "profile_most_2": np.full((2, 2), 9, np.uint16)})
    with pytest.raises(NetworkFileError, match=r"net\.npz cannot be used: the statistics"):
        Network.load(path)
    del entries["profile_labels"]
    np.savez(path, **entries)
    with pytest.raises(NetworkFileError, match=r"net\.npz is not a network file"):
        Network.load(path)
