"""`python -m core train` says in one sentence each what was wrong and what to try."""

import shlex
from pathlib import Path

import pytest

from core.__main__ import main
from core.cli.findings import sentence
from core.training.findings import (
    DeadNeurons,
    Divergence,
    Finding,
    Overfitting,
    Saturation,
    SlowLearning,
    Symmetry,
)
from core.training.recipes import Recipe

SENTENCES: list[tuple[Finding, tuple[str, ...]]] = [
    (
        Divergence(1200, 0.31, 2.4),
        ("0.31 to 2.4", "step 1,200", "rate of 3 ", "--learning-rate 0.3"),
    ),
    (Symmetry(1, 0.0, 0.113), ("hidden layer 1", "by 0 of", "11% of", "--init scaled")),
    (
        Saturation(2, 0.97, 0.96, 2e-9),
        ("97% of", "layer 2", "(96% before", "2e-09", "--init scaled"),
    ),
    (Saturation(1, 0.97, 0.06, 2e-9), ("97% of", "(6% before", "--learning-rate 0.3")),
    (
        DeadNeurons(1, tuple(range(12)), 16, 1),
        ("12 of the 16", "layer 1", "(1 before", "--learning-rate 0.3"),
    ),
    (
        Overfitting(1.0, 0.741, 0.752, 12),
        ("100.0% of the training", "74.1% of the validation", "75.2%", "--epochs 12"),
    ),
    (SlowLearning(600, 2.47, 2.44, 0.01), ("600 steps", "2.47 to 2.44", "--learning-rate 30")),
]


@pytest.mark.parametrize(("finding", "words"), SENTENCES)
def test_a_finding_is_one_sentence_with_its_numbers_and_what_to_try(
    finding: Finding, words: tuple[str, ...]
) -> None:
    said = sentence(finding, Recipe(learning_rate=3.0))
    for each in words:
        assert each in said
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--images 200 --epochs 30", "of the training images are read correctly, but only"),
        ("--images 2000 --epochs 1 --init zeros", "hidden layer 1 are the same"),
        ("--images 2000 --epochs 3 --seeds 2", ""),
    ],
)
def test_training_ends_with_what_was_wrong(
    options: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.npz"
    assert main(["train", *shlex.split(options), "--output", str(path)]) == 0
    after = capsys.readouterr().out.split("read correctly\n", maxsplit=3)[3]
    assert words in after
    assert bool(words) == bool(after)


def test_a_training_beyond_all_bounds_says_so_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = "--activation relu --output-activation identity --images 500 --learning-rate 50"
    path = tmp_path / "net.npz"
    assert main(["train", *shlex.split(options), "--output", str(path)]) == 1
    said = capsys.readouterr().err
    for words in ("diverged at step ", "learning rate of 50", "the loss went from "):
        assert words in said
    assert not path.exists()
