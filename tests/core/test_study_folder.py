"""A study's folder keeps every result, and is given to no other study."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.training.recipes import Recipe
from core.training.study import Result, Study
from core.training.study_folder import StudyError, StudyFolder

STUDY = Study(Recipe(), widths=(4, 8), depths=(1, 2), n_seeds=2)


def results_of(study: Study) -> list[Result]:
    return [
        Result(each.hidden, each.seed, each.n_parameters, 1.5, 0.5 + number / 100)
        for number, each in enumerate(study.recipes)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    return StudyFolder(tmp_path / "study", STUDY)


def files(folder: StudyFolder) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.path.iterdir()}


def refusal(path: Path, study: Study = STUDY) -> str:
    with pytest.raises(StudyError) as caught:
        StudyFolder(path, study).results()
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    return sentence


def test_what_was_added_is_found_again_and_is_not_missing(folder: StudyFolder) -> None:
    assert folder.results() == ()
    assert folder.missing == STUDY.recipes
    first, second, *_ = results_of(STUDY)
    folder.add(second, b"network")
    folder.add(first, b"network")
    again = StudyFolder(folder.path, STUDY)
    assert again.results() == (first, second)
    assert again.missing == STUDY.recipes[2:]
    assert (folder.path / "4-seed-1.npz").read_bytes() == b"network"


def test_a_training_that_diverged_is_kept_without_a_network(folder: StudyFolder) -> None:
    diverged = replace(results_of(STUDY)[-1], accuracy=None, failure="The training diverged.")
    folder.add(diverged, b"")
    assert StudyFolder(folder.path, STUDY).results() == (diverged,)
    assert set(files(folder)) == {"study.json", "8-8-seed-1.json"}


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(STUDY, widths=(4, 8, 16)), "differs in hidden;"),
        (replace(STUDY, n_seeds=3), "differs in seeds;"),
        (replace(STUDY, recipe=Recipe(epochs=2, learning_rate=1.0)), "in learning_rate, epochs;"),
    ],
)
def test_the_folder_of_another_study_is_refused_and_left_as_it_is(
    folder: StudyFolder, other: Study, words: str
) -> None:
    folder.add(results_of(STUDY)[0], b"network")
    before = files(folder)
    assert words in refusal(folder.path, other)
    assert files(folder) == before


def test_a_folder_with_other_files_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    assert "holds files, but no study" in refusal(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["diary.txt"]


def test_what_a_killed_start_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".study.json.0badcafe.part").write_text("{")
    assert StudyFolder(tmp_path, STUDY).results() == ()
    assert [each.name for each in tmp_path.iterdir()] == ["study.json"]


def test_a_file_beside_the_results_is_nobody_s_business(folder: StudyFolder) -> None:
    (folder.path / "notes.txt").write_text("mine")
    assert StudyFolder(folder.path, STUDY).results() == ()


@pytest.mark.parametrize("where", ["a file", "no/such/parent", "x" * 300])
def test_a_folder_that_cannot_be_is_refused(tmp_path: Path, where: str) -> None:
    (tmp_path / "a file").touch()
    assert "Cannot use the folder" in refusal(tmp_path / where)


def changed(**values: object) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps(json.loads(content) | values).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"",
        lambda content: content[:-20],
        lambda content: b"\xff" + content,
        lambda content: b"[" * 100_000,
        lambda content: b"[1, 2]",
        lambda content: b"null",
        lambda content: b'{"hidden": [4]}',
        changed(hidden=[8]),
        changed(hidden=4),
        changed(seed=1),
        changed(n_parameters=7),
        changed(accuracy=1.5),
        changed(accuracy=float("nan")),
        changed(accuracy="much"),
        changed(accuracy=True),
        changed(accuracy=None),
        changed(seconds=-1),
        changed(seconds=float("inf")),
        changed(failure=3),
        changed(more=1),
    ],
)
def test_a_damaged_result_is_named_and_costs_no_other(
    folder: StudyFolder, change: Callable[[bytes], bytes]
) -> None:
    first, second, *_ = results_of(STUDY)
    folder.add(first, b"network")
    folder.add(second, b"network")
    path = folder.path / "4-seed-0.json"
    path.write_bytes(change(path.read_bytes()))
    assert f"{path} is damaged, or no result of this study; delete it" in refusal(folder.path)
    path.unlink()
    again = StudyFolder(folder.path, STUDY)
    assert again.results() == (second,)
    assert again.missing[0] == STUDY.recipes[0]


def test_a_result_that_is_no_file_is_named(folder: StudyFolder) -> None:
    (folder.path / "4-seed-0.json").mkdir()
    assert "4-seed-0.json: Is a directory" in refusal(folder.path)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"",
        lambda content: b"{}",
        lambda content: b"[]",
        changed(format="something else"),
        changed(version=2),
    ],
)
def test_a_damaged_plan_is_named(folder: StudyFolder, change: Callable[[bytes], bytes]) -> None:
    path = folder.path / "study.json"
    path.write_bytes(change(path.read_bytes()))
    before = files(folder)
    assert "study.json is damaged, or no study of this version" in refusal(folder.path)
    assert files(folder) == before
