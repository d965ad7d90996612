"""Data of trainings on disk: prepared once, whoever asks; those that the command learns from."""

from __future__ import annotations

import asyncio
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from core.data import mnist
from core.data.images import DataError, Images
from core.progress import Cancelled
from core.training.dataset import N_VALIDATION, Dataset, load_dataset
from core.training.recipes import Recipe
from explorer.texts import text
from explorer.training.prepared_data import Source, prepared
from explorer.training.run import Run
from support.runs import SMALL, make_few_digits, open_workers, rest, until

SYNTHETIC = Source("synthetic", "off", 200)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and an empty folder for what is temporary."""
    folder, temporary = tmp_path / "cache", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return folder / "neuron-explorer" / "training"


@lru_cache
def last_images() -> Images:
    return mnist.load("train")[-N_VALIDATION - 500 :]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few images, wherever the same is true of many: the last of MNIST, some made-up ones."""
    images = last_images()
    monkeypatch.setattr(mnist, "load", lambda split, **more: images)
    monkeypatch.setattr("core.training.dataset._N_SYNTHETIC_VALIDATION", 20)


def content(dataset: Dataset) -> list[bytes]:
    everything = np.arange(len(dataset.inputs))
    images = dataset.validation_set
    arrays = (dataset.inputs[everything], dataset.targets, images.images, images.labels)
    return [array.tobytes() for array in arrays]


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """All files below a folder, and when each was written."""
    found = (each for each in folder.rglob("*") if each.is_file())
    return {str(each): (each.stat().st_ino, each.stat().st_mtime_ns) for each in found}


@pytest.mark.usefixtures("cache", "few")
@pytest.mark.parametrize("lens", ["off", "on", "both"])
@pytest.mark.parametrize("images", [None, 100])
def test_mnist_is_what_the_command_learns_from(lens: str, images: int | None) -> None:
    recipe = Recipe(lens=lens, images=images)
    assert content(prepared(Source.of(recipe))) == content(load_dataset(recipe))


@pytest.mark.usefixtures("few")
def test_synthetic_digits_are_what_the_command_learns_from(cache: Path) -> None:
    recipe = Recipe(dataset="synthetic", images=200)
    assert content(prepared(Source.of(recipe))) == content(load_dataset(recipe))


@pytest.mark.parametrize("dataset", ["mnist", "synthetic"])
def test_another_seed_learns_from_the_same_data(dataset: str) -> None:
    sources = {Source.of(Recipe(dataset=dataset, seed=seed)) for seed in range(3)}
    assert len(sources) == 1


@pytest.mark.usefixtures("few")
def test_they_are_written_once_and_mapped_read_only(cache: Path) -> None:
    first = prepared(SYNTHETIC)
    written = files(cache)
    assert len(written) == 4
    again = prepared(SYNTHETIC)
    assert files(cache) == written
    assert content(again) == content(first)
    with pytest.raises(ValueError, match="read-only"):
        np.asarray(again.inputs)[0, 0] = 1  # type: ignore[call-overload]


def test_several_processes_at_once_are_all_right(cache: Path) -> None:
    with ProcessPoolExecutor(2, get_context("spawn"), make_few_digits) as pool:
        found = list(pool.map(prepared, [SYNTHETIC] * 2))
    assert content(found[0]) == content(found[1])
    assert len(files(cache)) == 4


@pytest.mark.usefixtures("few")
def test_a_damaged_file_is_written_anew(cache: Path) -> None:
    before = content(prepared(SYNTHETIC))
    next(cache.rglob("inputs.npy")).write_bytes(b"no array")
    assert content(prepared(SYNTHETIC)) == before


@pytest.mark.usefixtures("few")
def test_where_the_cache_cannot_be_written_a_temporary_folder_will_do(cache: Path) -> None:
    cache.parent.parent.mkdir()
    cache.parent.write_text("a file where the folder should be")
    first = content(prepared(SYNTHETIC))
    written = files(Path(tempfile.gettempdir()))
    assert len(written) == 4
    assert content(prepared(SYNTHETIC)) == first
    assert files(Path(tempfile.gettempdir())) == written


@pytest.mark.usefixtures("few")
def test_where_nothing_can_be_written_a_sentence_says_so(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.parent.parent.mkdir()
    cache.parent.write_text("a file where the folder should be")
    monkeypatch.setattr(tempfile, "tempdir", str(cache.parent))
    with pytest.raises(DataError, match="Cannot write ") as refused:
        prepared(SYNTHETIC)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.usefixtures("few")
def test_only_the_latest_synthetic_digits_are_kept(cache: Path) -> None:
    for images in range(10, 70, 10):
        prepared(replace(SYNTHETIC, images=images))
    kept = {each.name for each in cache.iterdir()}
    assert kept == {replace(SYNTHETIC, images=images).name for images in (30, 40, 50, 60)}


@pytest.mark.usefixtures("few")
def test_progress_rises_from_0_to_1_and_a_cancelled_preparation_leaves_nothing(
    cache: Path,
) -> None:
    shares: list[float] = []
    prepared(SYNTHETIC, lambda what, share, note="": shares.append(share))
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1

    def refuse(what: str, share: float, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        prepared(replace(SYNTHETIC, images=100), refuse)
    assert not list(cache.glob("*-100-*"))


@pytest.fixture
def without_mnist(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))


@pytest.mark.usefixtures("without_mnist")
def test_without_mnist_synthetic_digits_are_learned_from_and_a_sentence_says_why() -> None:
    async def story() -> None:
        with open_workers() as workers:
            async with workers.turn() as turn:
                await turn.worker.call(make_few_digits)
            run = Run(workers, replace(SMALL, epochs=1))
            shares: list[float | None] = []
            run.param.watch(lambda event: shares.append(event.new), "progress")
            run.open()
            assert await rest(run) == "idle"
            assert shares[0] == 0
            assert shares[-1] is None
            command = "python -m core train --epochs 1 --output first.npz"
            said = text("training.no_mnist", command=command)
            assert (run.recipe.dataset, run.sentence) == ("synthetic", said)
            run.play()
            assert await rest(run) == "done"
            assert run.sentence == said
            run.reset()
            assert run.sentence == said
            kept = await run.finish("Made of synthetic digits")
            assert "MNIST test" not in kept.card["accuracy"]
            run.choose(replace(run.recipe, images=100))
            assert run.sentence == ""

    asyncio.run(story())


@pytest.mark.usefixtures("without_mnist")
def test_the_bar_of_the_preparation_moves() -> None:
    async def story() -> None:
        with open_workers() as workers:
            run = Run(workers, Recipe(dataset="synthetic"))
            run.open()
            await until(run, lambda: 0 < (run.progress or 0) < 1)
            assert run.status == "preparing"
            run.close()

    asyncio.run(story())
