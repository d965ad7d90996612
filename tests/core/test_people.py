"""A network trained for people learns from their strokes, and says when it sees no digit."""

import json
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import Network
from core.__main__ import main
from core.data import pen_digits, synthetic_digits
from core.data.dataset import NEGATIVE, Examples
from core.data.pen_digits import PenSign
from core.training.dataset import Dataset
from core.training.loop import one_hot
from core.training.pipeline import distilled

QUICK = shlex.split(
    "--recipe people --images 1500 --rounds 1 --synthetic 600 --epochs 4 --batch-size 20 "
    "--learning-rate 0.02"
)


UNIPEN = ("apb", "app", "ced", "syn", "val")


@pytest.fixture(scope="module")
def few_strokes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every fiftieth of UNIPEN's pen digits, and letters of three writers in another file."""
    path = tmp_path_factory.mktemp("strokes") / "few.json.gz"
    written = [digit for digit in pen_digits.load() if digit.contributor in UNIPEN]
    pen_digits.write(path, written[::50], "some of UNIPEN's", "CC BY 4.0")
    signs = path.with_name("letters.json.gz")
    pen_digits.write(signs, letters(), "letters of three", "free")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STROKES_FILE", f"{path}{os.pathsep}{signs}")
        yield path


def letters() -> list[PenSign]:
    """Ten signs of each of three writers, half of which resemble digits by their names."""
    rng = np.random.default_rng(3)
    return [
        PenSign(label, "letters", writer, synthetic_digits.non_digit(rng))
        for writer in "abc"
        for label in "kOxSf" * 2
    ]


KINDS_OF_LETTERS = ("letters of people", "letters of people that resemble no digit")


@pytest.fixture(scope="module")
def trained(few_strokes: Path) -> Path:
    path = few_strokes.with_name("people.npz")
    options = [*QUICK, "--hold-out", "app", "letters/a", "--seed", "5", "--seeds", "2"]
    assert main(["train", *options, "--output", str(path)]) == 0
    return path


def test_the_best_seed_is_kept_with_a_threshold_and_the_attribution(trained: Path) -> None:
    card = Network.load(trained).card
    assert card["seed"] in (5, 6)
    assert 0 < card["threshold"] < 1
    assert card["held out"] == ["app", "letters/a"]
    assert "some of UNIPEN's, CC BY 4.0; letters of three, free;" in card["data"]
    of_all, distinct = (card["rejected"][kind] for kind in KINDS_OF_LETTERS)
    assert 0 <= of_all <= 1
    assert distinct != of_all
    assert card["accuracy"]["validation"] > 0.6
    assert card["accuracy"]["pen digits of app"] > 0.5


def test_the_command_on_the_card_gives_the_same_bytes(trained: Path) -> None:
    again = trained.with_name("again.npz")
    words = shlex.split(Network.load(trained).card["command"])[3:]
    assert main([*words, "--output", str(again)]) == 0
    assert again.read_bytes() == trained.read_bytes()


def test_a_sample_is_spread_over_the_digits_that_are_learned_from() -> None:
    images = np.repeat(np.arange(12, dtype=np.float32)[:, None] / 12, 784, axis=1)
    targets = one_hot(np.arange(12, dtype=np.uint8) % 10)
    targets[1] = 0
    sample = Dataset(images, targets, {}).sample(4)
    assert (12 * sample.images[:, 0]).tolist() == [0, 4, 7, 10]
    assert sample.labels.tolist() == [0, 4, 7, 0]
    assert len(Dataset(images, targets, {}).sample(100)) == 11


def test_a_teacher_s_answers_take_their_share_of_the_targets() -> None:
    teacher = Network.random((784, 5, 10), seed=1, init_std=1)
    images = np.random.default_rng(2).random((30, 784), np.float32)
    right = one_hot(np.arange(30, dtype=np.uint8) % 10)
    learned = distilled(teacher, Dataset(images, right, {}), weight=0.75)
    np.testing.assert_allclose(learned.targets, 0.25 * right + 0.75 * teacher(images), rtol=1e-5)


def test_a_teacher_learns_first_and_makes_another_pupil(few_strokes: Path) -> None:
    alone, pupil = few_strokes.with_name("alone.npz"), few_strokes.with_name("pupil.npz")
    assert main(["train", *QUICK, "--output", str(alone)]) == 0
    assert main(["train", *QUICK, "--teacher", "30", "20", "--output", str(pupil)]) == 0
    assert "--teacher 30 20 " in Network.load(pupil).card["command"]
    assert Network.load(pupil).sizes == (784, 16, 16, 10)
    weights = [Network.load(path).layers[0].weights for path in (alone, pupil)]
    assert not np.array_equal(*weights)
    test_the_command_on_the_card_gives_the_same_bytes(pupil)


def test_what_is_no_digit_and_mnist_count_as_often_as_is_asked_for() -> None:
    pixels = np.zeros((4, 784), np.uint8)
    labels = np.array([3, NEGATIVE, 0, 7], np.uint8)
    examples = Examples(pixels, labels, np.array(["", "", "ced/a", "MNIST"]))
    assert examples.weights(8).tolist() == [1, 8, 1, 1]
    assert examples.weights(8, mnist_weight=2).tolist() == [1, 8, 1, 2]


def test_evaluate_tells_all_in_words_and_for_machines(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--network", str(trained)]) == 0
    printed = capsys.readouterr().out
    for words in (
        "MNIST test images, centred: ",
        "shift by pixels  1: ",
        "Rejected when no output reaches the threshold 0.",
        "uniform noise ",
        "when wrong",
        "never seen in training",
        ", seen in training",
        "The worst contributor is app",
        "thick ",
        "letters of people that resemble no digit: ",
    ):
        assert words in printed
    assert main(["evaluate", "--network", str(trained), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["pen strokes"]["app"]["held out"]
    assert not found["pen strokes"]["apb"]["held out"]
    assert found["strangers"]["digits"] == found["pen strokes"]["app"]["digits"]
    assert found["strangers"]["accuracy"] == found["pen strokes"]["app"]["centred"]
    assert found["letters"][KINDS_OF_LETTERS[0]]["signs"] == 30
    assert found["letters"][KINDS_OF_LETTERS[1]]["signs"] == 18
    centred = found["MNIST test"]["centred"]
    right = sum(centred["confusion"][digit][digit] for digit in range(10))
    assert centred["accuracy"] == pytest.approx(right / 10_000)
    away = found["robustness"]["shift by pixels"]["4"]
    assert away["centred"] > away["as they are"]
    assert set(found["rejection"]["rejected"]) >= {"uniform noise", "scribbles", "blank"}


def test_evaluate_takes_any_file_of_pen_strokes(
    few_strokes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["evaluate", "--json", str(few_strokes.with_name("letters.json.gz"))]
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert "pen strokes" not in found
    assert found["letters"][KINDS_OF_LETTERS[0]]["held out"] is False


def test_crossvalidation_judges_each_contributor_by_a_network_that_never_saw_them(
    few_strokes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = [*QUICK, "--epochs", "1", "--hidden", "4"]
    assert main(["crossvalidate", *quick, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found["contributors"]) == list(UNIPEN)
    shares = [each["read correctly"] for each in found["contributors"].values()]
    assert found["average"]["read correctly"] == pytest.approx(sum(shares) / 5)
    assert 0 <= found["average"]["letters of people rejected"] <= 1


def test_holding_out_a_stranger_or_everybody_is_explained(
    few_strokes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["train", *QUICK, "--output", str(tmp_path / "net.npz"), "--hold-out"]
    assert main([*command, "xyz"]) == 1
    assert "No pen stroke is by xyz; hold out some of apb, app" in capsys.readouterr().err
    assert main([*command, "app", "letters/[d-z]"]) == 1
    assert "No pen stroke is by letters/[d-z]; " in capsys.readouterr().err
    assert main([*command, "apb", "app", "ced", "syn", "val"]) == 1
    assert "leave somebody to learn from" in capsys.readouterr().err
