"""What neurons prefer travels with the network, and a profile of other neurons is refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import Layer, Network
from core.layer import NetworkError
from core.network_file import NetworkFileError
from core.profile import Profile

LAYERS = Network.random((4, 3, 2), seed=1).layers


def profile() -> Profile:
    numbers = np.random.default_rng(2)
    return Profile(
        means=tuple(numbers.random((n, 10)) for n in (3, 2)),
        images=numbers.integers(0, 256, (5, 4)),
        labels=np.arange(5),
        most=tuple(numbers.integers(0, 5, (n, 2)) for n in (3, 2)),
        least=tuple(numbers.integers(0, 5, (n, 2)) for n in (3, 2)),
        means_of="7 images",
        images_of="five drawings, größer",
    )


def test_a_profile_is_saved_with_its_network_and_comes_back_whole(tmp_path: Path) -> None:
    before = profile()
    Network(LAYERS, {"title": "small"}, before).save(tmp_path / "net.npz")
    back = Network.load(tmp_path / "net.npz")
    assert back.card == {"title": "small"}
    assert back.profile is not None
    for name in ("means", "most", "least"):
        for one, other in zip(getattr(before, name), getattr(back.profile, name), strict=True):
            np.testing.assert_array_equal(one, other)
            assert one.dtype == other.dtype
            assert not other.flags.writeable
    np.testing.assert_array_equal(back.profile.images, before.images)
    np.testing.assert_array_equal(back.profile.labels, before.labels)
    assert (back.profile.means_of, back.profile.images_of) == ("7 images", "five drawings, größer")


def test_equal_profiles_give_equal_bytes_and_none_gives_none(tmp_path: Path) -> None:
    for name in ("one", "other"):
        Network(LAYERS, profile=profile()).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    Network(LAYERS).save(tmp_path / "without")
    assert Network.load(tmp_path / "without").profile is None


def test_an_edited_network_does_not_keep_what_no_longer_holds() -> None:
    network = Network(LAYERS, profile=profile())
    assert network.with_bias(1, 0, 2.0).profile is None
    assert network.profile is not None


def test_the_profile_of_another_network_is_refused(tmp_path: Path) -> None:
    other = Network.random((4, 5, 2), seed=1).layers
    with pytest.raises(NetworkError, match="profile of its neurons does not fit"):
        Network(other, profile=profile())
    wider = [Layer(np.zeros((3, 9)), np.zeros(3)), LAYERS[1]]
    with pytest.raises(NetworkError, match="profile"):
        Network(wider, profile=profile())


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": np.arange(4)},
        {"images": np.zeros(4)},
        {"most": (np.full((3, 2), 5), np.zeros((2, 2)))},
        {"means": (np.full((3, 10), np.nan), np.zeros((2, 10)))},
        {"means_of": 3},
    ],
)
def test_statistics_that_contradict_each_other_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(NetworkError, match="make it again"):
        replace(profile(), **changes)


def test_a_file_with_a_damaged_profile_is_named_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    Network(LAYERS, profile=profile()).save(path)
    with np.load(path) as file:
        entries = dict(file)
    np.savez(path, **{**entries, "profile_most_2": np.full((2, 2), 9, np.uint16)})
    with pytest.raises(NetworkFileError, match=r"net\.npz cannot be used: the profile"):
        Network.load(path)
    del entries["profile_labels"]
    np.savez(path, **entries)
    with pytest.raises(NetworkFileError, match=r"net\.npz is not a network file"):
        Network.load(path)
