"""A network trained for people learns from their strokes, and says when it sees no digit."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import Network
from core.__main__ import main
from core.commands import digits
from core.examples import pen_digits

QUICK = shlex.split(
    "--recipe people --images 1500 --rounds 1 --composed 600 --epochs 2 --batch 20 --rate 0.02"
)


@pytest.fixture(scope="module")
def few_strokes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every fiftieth digit of the shared pen strokes."""
    path = tmp_path_factory.mktemp("strokes") / "few.json.gz"
    pen_digits.write(path, pen_digits.load()[::50], "some of the shared", "CC BY 4.0")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STROKES_FILE", str(path))
        yield path


@pytest.fixture(scope="module")
def trained(few_strokes: Path) -> Path:
    path = few_strokes.with_name("people.npz")
    options = [*QUICK, "--hold-out", "app", "--seed", "5", "--seeds", "2"]
    assert main(["train", *options, "--output", str(path)]) == 0
    return path


def test_the_best_seed_is_kept_with_a_threshold_and_the_attribution(trained: Path) -> None:
    card = Network.load(trained).card
    assert card["seed"] in (5, 6)
    assert 0 < card["sure"] < 1
    assert card["held out"] == ["app"]
    assert "CC BY 4.0" in card["data"]
    assert "International Unipen Foundation" in card["data"]
    assert card["accuracy"]["validation"] > 0.6
    assert card["accuracy"]["pen digits of app"] > 0.5


def test_the_command_on_the_card_gives_the_same_bytes(trained: Path) -> None:
    again = trained.with_name("again.npz")
    words = shlex.split(Network.load(trained).card["command"])[3:]
    assert main([*words, "--output", str(again)]) == 0
    assert again.read_bytes() == trained.read_bytes()


def test_a_teacher_s_answers_are_learned(trained: Path) -> None:
    alone, taught = trained.with_name("alone.npz"), trained.with_name("taught.npz")
    mnist = ["train", "--images", "2000", "--epochs", "6", "--lens", "on", "--rate", "2"]
    assert main([*mnist, "--output", str(alone)]) == 0
    teacher = ["--teacher", str(trained), "--trust", "0.9"]
    assert main([*mnist, *teacher, "--output", str(taught)]) == 0
    assert f"--teacher {trained} --trust 0.9 " in Network.load(taught).card["command"]
    images = digits.load("test", centred=True).images
    wanted = Network.load(trained)(images)
    away = {path: abs(Network.load(path)(images) - wanted).mean() for path in (alone, taught)}
    assert away[taught] < 0.8 * away[alone]


def test_a_teacher_of_something_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = tmp_path / "stranger.npz"
    Network.random((9, 2), seed=0).save(stranger)
    command = ["train", "--teacher", str(stranger), "--output", str(tmp_path / "net.npz")]
    assert main(command) == 1
    assert "stranger.npz has 9 inputs and 2 outputs" in capsys.readouterr().err


def test_evaluate_tells_all_in_words_and_for_machines(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--network", str(trained)]) == 0
    printed = capsys.readouterr().out
    for words in (
        "MNIST test images, centred: ",
        "shift by pixels  1: ",
        "Not sure when no output reaches 0.",
        "uniform noise ",
        "when wrong",
        "never seen in training",
        ", seen in training",
        "thick ",
    ):
        assert words in printed
    assert main(["evaluate", "--network", str(trained), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["pen strokes"]["app"]["held out"]
    assert not found["pen strokes"]["apb"]["held out"]
    centred = found["MNIST test"]["centred"]
    right = sum(centred["confusion"][digit][digit] for digit in range(10))
    assert centred["accuracy"] == pytest.approx(right / 10_000)
    away = found["MNIST test, changed"]["shift by pixels"]["4"]
    assert away["centred"] > away["as they are"]
    assert set(found["doubt"]["rejected"]) >= {"uniform noise", "scribbles", "blank"}


def test_crossvalidation_judges_each_contributor_by_a_network_that_never_saw_them(
    few_strokes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = [*QUICK, "--epochs", "1", "--hidden", "4"]
    assert main(["crossvalidate", *quick, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found["contributors"]) == ["apb", "app", "ced", "syn", "val"]
    shares = [each["read correctly"] for each in found["contributors"].values()]
    assert found["average"]["read correctly"] == pytest.approx(sum(shares) / 5)


def test_holding_out_a_stranger_or_everybody_is_explained(
    few_strokes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["train", *QUICK, "--output", str(tmp_path / "net.npz"), "--hold-out"]
    assert main([*command, "xyz"]) == 1
    assert "No pen stroke is by xyz; hold out some of apb, app" in capsys.readouterr().err
    assert main([*command, "apb", "app", "ced", "syn", "val"]) == 1
    assert "leave somebody to learn from" in capsys.readouterr().err
