"""`python -m core study` trains what is missing, keeps what is there, and prints the table."""

import shlex
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from core.__main__ import main
from core.cli import extensions
from core.nn.network import Network
from core.training.recipes import Recipe
from core.training.study import Result, Study
from core.training.study_folder import StudyFolder
from core.worker_processes import worker_processes

OPTIONS = shlex.split(
    "--images 300 --epochs 1 --batch-size 50 --hidden 3 2 --layers 1 --seeds 1",
)
STUDY = Study(Recipe(images=300, epochs=1, batch_size=50), (2, 3), (1,), 1)
FIRST = Result((2,), 0, 1_600, 4.5, 0.125)

shown: list[list[Result]] = []


def show(study: Study, results: list[Result], path: Path) -> None:
    """An extension that shows results."""
    assert study == STUDY
    shown.append(list(results))
    path.write_text("plots")


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but `core` is installed; a test may add to it."""
    install(monkeypatch)


def install(monkeypatch: pytest.MonkeyPatch, **names: object) -> None:
    group = "neuron_explorer.study"
    for each in names.values():
        monkeypatch.setattr(extensions, each.__name__, each, raising=False)
    points = EntryPoints(
        EntryPoint(name, f"core.cli.extensions:{each.__name__}", group)
        for name, each in names.items()
    )
    monkeypatch.setattr(extensions, "entry_points", points.select)


def study(output: Path, *more: str) -> int:
    return main(["study", *OPTIONS, "--output", str(output), *more])


def test_only_what_is_missing_is_trained_and_all_of_it_is_in_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "study"
    StudyFolder(output, STUDY).add(FIRST, b"as it was")
    assert study(output, "--workers", "1") == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    head, first, second, where = printed.out.splitlines()
    assert "  ".join(["hidden layers", "parameters", "accuracy", "deviation", "seconds"]) in head
    assert first.split() == ["2", "1,600", "12.50%", "–", "4.5", "0", "of", "1"]
    assert second.split()[:2] == ["3", "2,395"]
    assert str(output) in where
    assert "pip install ." in where
    assert (output / "2-seed-0.npz").read_bytes() == b"as it was"
    network = Network.load(output / "3-seed-0.npz")
    assert second.split()[2] == f"{network.card['accuracy']['validation']:.2%}"


def test_a_study_that_is_done_is_shown_again_without_any_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))  # which has none
    folder = StudyFolder(tmp_path / "study", STUDY)
    folder.add(FIRST, b"")
    folder.add(Result((3,), 0, 2_395, 1.0, None, "The training diverged."), b"")
    assert study(folder.path) == 0
    assert capsys.readouterr().out.splitlines()[2].split()[2:] == [
        "–",
        "–",
        "1.0",
        *["1", "of", "1"],
    ]


def test_what_is_installed_shows_the_results_before_and_after_each_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, page=show)
    shown.clear()
    output = tmp_path / "study"
    StudyFolder(output, STUDY).add(FIRST, b"")
    assert study(output) == 0
    assert [len(results) for results in shown] == [1, 2]
    assert shown[0] == [FIRST]
    assert f"{output / 'study.html'} shows them as plots." in capsys.readouterr().out


def test_the_executor_of_a_cluster_is_asked_for_by_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def connect(address: str) -> AbstractContextManager[Executor]:
        asked.append(address)
        return worker_processes(1)

    install(monkeypatch, dask=connect)
    assert study(tmp_path / "study", "--dask", "tcp://10.0.0.1:8786") == 0
    assert asked == ["tcp://10.0.0.1:8786"]
    assert len(StudyFolder(tmp_path / "study", STUDY).results()) == 2


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--dask", "tcp://10.0.0.1:8786"], "pip install 'neuron-explorer[dask]'"),
        (["--dask", "x", "--workers", "2"], "not allowed with argument"),
        (["--workers", "0"], "'0' is not a whole number from 1 to"),
        (["--layers", "17"], "'17' is not a whole number from 1 to 16"),
        (["--layers"], "expected at least one argument"),
        (["--hidden", "0"], "'0' is not a whole number from 1 to 1,000,000"),
        (["--hidden", "many"], "'many' is not a whole number"),
        (["--hidden", "999999"], "16,000,000 weights and biases"),
        (["--seeds", "0"], "'0' is not a whole number from 1 to 1,000"),
        (["--recipe", "untrained"], "choose a dataset"),
        (["--epochs", "2"], "holds another study, which differs in epochs;"),
        (["--output", "no/such/folder"], "Cannot use the folder no/such/folder"),
    ],
)
def test_a_mistake_gives_one_sentence_and_loses_nothing(
    more: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = StudyFolder(tmp_path / "study", STUDY)
    folder.add(FIRST, b"")
    assert study(folder.path, *more) == 1
    printed = capsys.readouterr().err
    assert sentence in printed
    assert printed.count("\n") == 1
    assert folder.results() == (FIRST,)


def test_a_page_of_the_help_explains_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["study", "--help"])
    assert stopped.value.code == 0
    listed = capsys.readouterr().out
    for option in ("--hidden", "--layers", "--seeds", "--workers", "--dask", "--learning-rate"):
        assert f"{option} " in listed
    assert listed.count("--hidden ") == 2  # in the usage and in the list, once each
