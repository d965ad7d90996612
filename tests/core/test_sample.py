"""The sample of digits: MNIST's own where it is, made-up ones elsewhere, never a download."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data import mnist
from core.data.images import Images
from core.evaluation.comparison import read
from core.evaluation.sample import SIZE, sample, synthetic
from core.ink import Drawing, centre_images
from core.nn.pretrained import pretrained


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Samples are made anew, and those of this test are not kept."""
    sample.cache_clear()
    yield
    sample.cache_clear()


@pytest.mark.parametrize("centred", [False, True])
def test_where_mnist_is_it_is_the_first_thousand_test_images(centred: bool) -> None:
    found, source = sample(centred)
    digits = mnist.load("test")[:SIZE]
    assert source == "MNIST test"
    expected = centre_images(digits.images) if centred else digits.images
    np.testing.assert_array_equal(found.images, expected)
    np.testing.assert_array_equal(found.labels, digits.labels)
    assert sample(centred).images is found


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("named", [True, False])
def test_elsewhere_it_is_made_up_and_nothing_is_downloaded(
    named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something is downloaded")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr("core.evaluation.sample.SIZE", 20)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("MNIST_DIR", str(tmp_path) if named else "")
    found, source = sample(centred=True)
    assert source == "synthetic"
    np.testing.assert_array_equal(found.images, centre_images(synthetic(20).images))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("forgotten")
def test_files_that_are_not_mnist_are_not_passed_off_as_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.evaluation.sample.SIZE", 10)
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    for name in ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"):
        (tmp_path / name).write_bytes(b"something else")
    assert sample(centred=False).source == "synthetic"


def test_made_up_digits_are_the_same_each_time_and_can_be_read() -> None:
    first, again = synthetic(100), synthetic(100)
    np.testing.assert_array_equal(first.images, again.images)
    assert first.labels.tolist() == [*range(10)] * 10
    assert (first.images.shape, first.images.dtype) == ((100, 784), np.float32)
    assert (first.images[:10] != first.images[10:20]).any(axis=1).all()
    centred = Images(centre_images(first.images), first.labels)
    assert read(pretrained()["default"], first).accuracy > 0.6
    assert read(pretrained()["default"], centred).accuracy > 0.9


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("has_mnist", [False, True])
def test_a_digit_that_is_put_on_the_pad_looks_under_the_lens_as_in_the_sample(
    has_mnist: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.evaluation.sample.SIZE", 20)
    if not has_mnist:
        monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    drawn, centred = (sample(lens).images.images for lens in (False, True))
    for image, shown in zip(drawn, centred, strict=True):
        np.testing.assert_array_equal(Drawing(base=image.reshape(28, 28)).centred().ravel(), shown)
