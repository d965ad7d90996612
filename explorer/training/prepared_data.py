"""Data sets on disk, ready to be mapped into memory: a machine reads each once, whoever trains.

They lie in the user's cache folder, or in a temporary one if that cannot be written. Several
processes may prepare the same data at the same time: all write the same bytes, each file whole.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data.images import DataError, Images
from core.files import cache_folder, write_whole
from core.progress import Report, unreported
from core.training.dataset import Dataset, load_dataset
from core.training.loop import Inputs
from core.training.recipes import Recipe

_VERSION: Final = 1
"""Counts up when the same recipe comes to mean other data, or files of another form."""

_FILES: Final = ("inputs", "targets", "validation-images", "validation-labels")
_MOST_SYNTHETIC: Final = 4
"""So many sets of synthetic digits are kept; the one that was used longest ago goes first."""

_LOADING: Final = 0.8
"""The share of the preparation that comes before the writing."""


@dataclass(frozen=True)
class Source:
    """What decides which data a training gets: the same source, the same data."""

    dataset: str
    lens: str
    images: int | None

    @classmethod
    def of(cls, recipe: Recipe) -> Source:
        """The source of a recipe."""
        return cls(recipe.dataset, recipe.lens, recipe.images)

    @property
    def whole(self) -> tuple[Source, ...]:
        """The sources to be kept on disk: MNIST under each lens, of which others are parts."""
        if self.dataset != "mnist":
            return (self,)
        lenses = ("off", "on") if self.lens == "both" else (self.lens,)
        return tuple(replace(self, lens=lens, images=None) for lens in lenses)

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.dataset}-{self.lens}-{self.images or 'all'}-v{_VERSION}"

    def load(self, report: Report) -> Dataset:
        """Read or make the data. Raises ``InputError`` if that cannot be."""
        recipe = Recipe(dataset=self.dataset, lens=self.lens, images=self.images)
        return load_dataset(recipe, report)


@dataclass(frozen=True, eq=False)
class Joined:
    """Images (m, 784) that are in several arrays, one after the other."""

    parts: Sequence[Array]

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __getitem__(self, chosen: NDArray[np.intp]) -> Array:
        images = np.empty((len(chosen), self.parts[0].shape[1]), np.float32)
        first = 0
        for part in self.parts:
            own = (chosen >= first) & (chosen < first + len(part))
            images[own] = part.take(chosen[own] - first, axis=0)
            first += len(part)
        return images


def prepared(source: Source, report: Report = unreported) -> Dataset:
    """The data of a source, mapped into memory; made first if they are not there.

    Raises ``InputError`` if they are missing or can be written nowhere, and whatever ``report``
    raises.
    """
    whole, report = source.whole, _rising(report)
    parts = [
        _opened(each) or _made(each, _share_of(report, number, len(whole)))
        for number, each in enumerate(whole)
    ]
    return parts[0] if source in whole else _joined(parts, source.images)


def _rising(report: Report) -> Report:
    """A report whose share never falls, where the same is done first to these and then to those."""
    highest = 0.0

    def reported(what: str, share: float, note: str = "") -> None:
        nonlocal highest
        highest = max(highest, share)
        report(what, highest, note)

    return reported


def _share_of(report: Report, number: int, count: int) -> Report:
    """A report of one of several equal parts of the work."""

    def reported(what: str, share: float, note: str = "") -> None:
        report(what, (number + share) / count, note)

    return reported


def _joined(parts: Sequence[Dataset], images: int | None) -> Dataset:
    """The first so many images of each part, validated by those of all."""
    inputs = [np.asarray(part.inputs)[:images] for part in parts]
    validation = [part.validation_set for part in parts]
    return Dataset(
        inputs[0] if len(parts) == 1 else Joined(inputs),
        np.concatenate([part.targets[:images] for part in parts]),
        {
            "validation": Images(
                np.concatenate([each.images for each in validation]),
                np.concatenate([each.labels for each in validation]),
            )
        },
    )


def _opened(source: Source) -> Dataset | None:
    for folder in _folders(source):
        try:
            found = {name: _mapped(folder / f"{name}.npy") for name in _FILES}
            os.utime(folder)
        except (OSError, ValueError):  # not there, or no such file
            continue
        images = Images(found["validation-images"], found["validation-labels"])
        return Dataset(found["inputs"], found["targets"], {"validation": images})
    return None


def _mapped(path: Path) -> NDArray[Any]:
    # As a plain array: of a memmap, every batch that is taken would be one as well.
    mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.asarray(mapped)


def _folders(source: Source) -> Iterator[Path]:
    """Where the data of a source may be, the usual place first."""
    user = os.getuid() if hasattr(os, "getuid") else "here"
    yield cache_folder() / "training" / source.name
    yield Path(tempfile.gettempdir()) / f"neuron-explorer-{user}" / source.name


def _made(source: Source, report: Report) -> Dataset:
    """Load the data and write them to the first place that takes them."""
    loaded = source.load(partial(_while_loading, report))
    refused = OSError()
    for folder in _folders(source):
        try:
            _write(folder, loaded, report)
        except OSError as error:
            refused = error
        if (made := _opened(source)) is not None:  # by whoever was first
            _forget_oldest(folder)
            return made
    raise DataError(
        f"Cannot write {folder}, where the data of trainings are kept: "
        f"{refused.strerror or refused}."
    )


def _while_loading(report: Report, what: str, share: float, note: str = "") -> None:
    report(what, _LOADING * share, note)


def _write(folder: Path, dataset: Dataset, report: Report) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for done, (name, array) in enumerate(_arrays(dataset).items()):
        report("", _LOADING + (1 - _LOADING) * done / len(_FILES))
        with write_whole(folder / f"{name}.npy") as file:
            np.save(file, array, allow_pickle=False)


def _arrays(dataset: Dataset) -> Mapping[str, NDArray[Any]]:
    images = dataset.validation_set
    arrays = (_all(dataset.inputs), dataset.targets, images.images, images.labels)
    return dict(zip(_FILES, arrays, strict=True))


def _all(inputs: Inputs) -> Array:
    return inputs if isinstance(inputs, np.ndarray) else inputs[np.arange(len(inputs))]


def _forget_oldest(folder: Path) -> None:
    """There are synthetic digits for every number of them: keep only the latest on the disk."""
    made = sorted(folder.parent.glob("synthetic-*"), key=lambda each: each.stat().st_mtime)
    for each in made[:-_MOST_SYNTHETIC]:
        shutil.rmtree(each, ignore_errors=True)
