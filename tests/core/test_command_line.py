"""`python -m core` trains and evaluates, explains itself, and never shows a traceback."""

import argparse
import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import core
from core import Network
from core.__main__ import main
from core.cli.options import add_recipe, recipe_of
from core.cli.progress_bar import ProgressBar
from core.nn.pretrained import pretrained
from core.training.recipes import Recipe

SMALL = shlex.split(
    "train --images 2000 --epochs 1 --batch-size 250 --learning-rate 2 --hidden 16 --seed 9",
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_one_seed_writes_the_same_bytes_on_one_core_and_on_two(tmp_path: Path) -> None:
    written = []
    for threads in ("1", "2"):
        path = tmp_path / f"{threads}.npz"
        done = subprocess.run(
            [sys.executable, "-m", "core", *SMALL, "--output", str(path)],
            cwd=Path(core.__file__).parents[1],
            env=os.environ | {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"Network 784-16-10, sigmoid, 12,730 parameters, written to {path}" in done.stdout
        assert done.stderr == ""
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_the_card_tells_how_the_network_came_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.npz"
    assert main([*SMALL, "--title", "A small one", "--output", str(path)]) == 0
    assert capsys.readouterr().err == ""
    card = Network.load(path).card
    assert card["title"] == "A small one"
    assert card["seed"] == 9
    assert set(card["accuracy"]) == {"validation", "MNIST test", "MNIST test, centred"}
    assert "MNIST" in card["data"]
    again = tmp_path / "again.npz"
    assert main([*shlex.split(card["command"])[3:], "--output", str(again)]) == 0
    assert again.read_bytes() == path.read_bytes()


def test_the_lesson_s_recipe_is_a_name_for_its_choices(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    quick = ["--images", "2000", "--epochs", "1", "--batch-size", "500"]
    assert main(["train", "--recipe", "lesson", *quick, "--output", str(path)]) == 0
    card = Network.load(path).card
    assert card["recipe"] == "lesson"
    assert "--learning-rate 3.0 " in card["command"]
    assert "--init normal " in card["command"]
    assert card["learned pen strokes"] is False


def test_an_untrained_network_shows_its_seed_and_guesses(tmp_path: Path) -> None:
    path = tmp_path / "net.npz"
    command = ["train", "--recipe", "untrained", "--seed", "7", "--output", str(path)]
    assert main(command) == 0
    network = Network.load(path)
    assert network.card["seed"] == 7
    assert network.card["accuracy"]["MNIST test"] < 0.25
    assert (
        network.layers[0].weights == Network.random(network.sizes, 7, init_std=1).layers[0].weights
    ).all()


def test_evaluate_prints_accuracy_and_confusion_matrix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.npz"
    Network.random((784, 16, 16, 10), seed=0).save(path)
    assert main(["evaluate", "--network", str(path), "--only-mnist"]) == 0
    printed = capsys.readouterr().out
    assert "Network 784-16-16-10, sigmoid, 13,002 parameters" in printed
    for seen in ("as they are", "centred"):
        assert f"MNIST test images, {seen}: " in printed
    rows = [line.split() for line in printed.splitlines() if line.strip()[:1].isdecimal()]
    assert len(rows) == 20
    assert sum(int(count) for row in rows for count in row[1:]) == 20_000


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["evaluate", "--network", "absent.npz"], "absent.npz: No such file"),
        (["train", "--output", "absent/net.npz"], "The folder absent does not exist"),
        (["train", "--output", os.devnull], "it is not a regular file"),
        (["train", "--output", "."], "Is a directory"),
        (["train", "--output", "x" * 300], "File name too long"),
        (["train", "--output", "x/" * 3000], "does not exist"),
        (["train", "--output", "net.npz", "--seed", "-1"], "'-1' is not a whole number from 0 to"),
        (["train", "--output", "net.npz", "--hidden", "999999999"], "not a whole number from 1 to"),
        (["train", "--output", "net.npz", "--hidden", "999999"], "16,000,000 weights and biases"),
        (["train", "--output", "net.npz", "--teacher", "9999", "9999"], "16,000,000 weights"),
        (
            ["train", "--output", "net.npz", "--hidden", *["1"] * 20],
            "hidden must be 0 to 16 of a whole",
        ),
        (["train", "--output", "net.npz", "--epochs", "9" * 400], "is not a whole number from 1"),
        (["train", "--output", "net.npz", "--epochs", "9" * 5000], "is not a whole number from 1"),
        (
            ["train", "--output", "net.npz", "--batch-size", "1" + "0" * 400],
            "is not a whole number",
        ),
        (["train", "--output", "net.npz", "--title", "x" * 201], "1 to 200 printable characters"),
        (["train", "--output", "net.npz", "--title", ""], "1 to 200 printable characters"),
        (["train", "--output", "net.npz", "--loss", "9" * 5000], "invalid choice: '999"),
        (["train", "--output", "net.npz", "--epochs", "0"], "'0' is not a whole number from 1 to"),
        (["train", "--output", "net.npz", "--learning-rate", "-1"], "'-1' is not a number above 0"),
        (["train", "--output", "net.npz", "--learning-rate", "nan"], "'nan' is not a number above"),
        (["train", "--output", "net.npz", "--learning-rate", "1e400"], "'1e400' is not a number"),
        (
            ["train", "--output", "net.npz", "--learning-rate", "1e300"],
            "above 0 and at most 1,000,000",
        ),
        (["train", "--output", "net.npz", "--weight-decay", "1"], "not a number from 0 to below 1"),
        (["train", "--output", "net.npz", "--weight-decay", "much"], "'much' is not a number"),
        (["train", "--output", "net.npz", "--loss", "guess"], "invalid choice: 'guess'"),
        (["train"], "the following arguments are required: --output"),
        (["paint"], "invalid choice: 'paint'"),
        ([], "the following arguments are required: command"),
        (["strokes", "x" * 300, "--output", "out.gz"], "File name too long"),
        (["evaluate", "--network", "a\nb"], "Cannot read a b"),
    ],
)
def test_a_mistake_gives_one_sentence_and_exit_code_1(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.err.count("\n") == 1
    assert len(printed.err) < 500
    assert list(tmp_path.iterdir()) == []


def test_a_network_for_something_else_is_not_evaluated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.npz"
    Network.random((9, 2), seed=0).save(path)
    assert main(["evaluate", "--network", str(path)]) == 1
    assert "net.npz has 9 inputs and 2 outputs; reading digits takes" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [[], ["train"], ["evaluate"], ["crossvalidate"], ["strokes"], ["statistics"], ["profile"]],
)
def test_help_explains_every_option(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    assert "usage: python -m core" in capsys.readouterr().out


def test_the_bar_fills_up_on_a_terminal_and_is_silent_in_a_log() -> None:
    terminal, log = Terminal(), io.StringIO()
    for stream in (terminal, log):
        with ProgressBar(stream) as report:
            report("Training", 0.5, "epoch 1")
            report("Training", 1.0)
            report("Centring", 1.0)
    assert log.getvalue() == ""
    training, centring, rest = terminal.getvalue().split("\n")
    _, half, full = training.split("\r")
    assert half == "Training " + "█" * 15 + "░" * 15 + "  50% epoch 1"
    assert full.split() == ["Training", "█" * 30, "100%"]
    assert len(full) >= len(half)
    assert centring.split() == ["Centring", "█" * 30, "100%"]
    assert rest == ""


@pytest.mark.parametrize("name", pretrained())
def test_the_commands_of_older_cards_still_say_what_they_said(name: str) -> None:
    command = str(pretrained()[name].card["command"])
    assert recipe(recipe(command).command) == recipe(command)


def recipe(command: str) -> Recipe:
    """What a command trains."""
    parser = argparse.ArgumentParser()
    add_recipe(parser, usual="plain")
    return recipe_of(parser.parse_args(shlex.split(command)[4:]))


def test_every_former_name_of_an_option_is_the_same_option_and_is_not_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    former = (
        "--learn people --composed 7 --nonsense 2 --trust 0.1 --spread 3 --cost cross-entropy "
        "--optimiser adam --rate 0.5 --decay 0.25 --batch 5 --doubted 0.125"
    )
    now = (
        "--dataset people --synthetic 7 --negative-weight 2 --distill 0.1 --init-std 3 "
        "--loss cross-entropy --optimizer adam --learning-rate 0.5 --weight-decay 0.25 "
        "--batch-size 5 --reject-rate 0.125"
    )
    assert recipe(f"python -m core train {former}") == recipe(f"python -m core train {now}")
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    listed = capsys.readouterr().out
    for option in shlex.split(former)[::2]:
        assert f"{option} " not in listed
    for option in shlex.split(now)[::2]:
        assert f"{option} " in listed
