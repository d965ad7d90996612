"""The form of a training: what is entered makes a recipe, and what cannot be is said beside it."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from core.cli import train
from core.cli.options import recipe_of
from core.training.recipes import RECIPES, Recipe, settings
from core.training.settings import Choice
from explorer.training.fields import FIELDS
from explorer.training.form import TrainingForm
from explorer.training.starting_points import STARTING_POINTS
from support.telling import tell

#: The recipes that a form has told, one after the other.
Chosen = list[Recipe]


@pytest.fixture
def chosen() -> Chosen:
    return []


@pytest.fixture
def form(chosen: Chosen) -> TrainingForm:
    return TrainingForm(Recipe(), chosen.append)


def enter(form: TrainingForm, name: str, value: Any) -> None:
    tell(form, {"type": "set", "name": name, "value": value})


#: For each field what somebody enters, what the recipe has then, and what the field shows.
ENTRIES: list[tuple[str, str, Any, str]] = [
    ("hidden", "32", (32,), "32"),
    ("hidden", " 30, 20 ", (30, 20), "30, 20"),
    ("hidden", "128,128", (128, 128), "128, 128"),
    ("hidden", "8 8;8-8", (8, 8, 8, 8), "8, 8, 8, 8"),
    ("feature_maps", "4 8", (4, 8), "4, 8"),
    ("feature_maps", " ", (), ""),
    ("activation", "relu", "relu", "relu"),
    ("learning_rate", "0.5", 0.5, "0.5"),
    ("learning_rate", "0,25", 0.25, "0.25"),
    ("learning_rate", "12", 12.0, "12"),
    ("learning_rate", "1e-3", 0.001, "0.001"),
    ("batch_size", "10,000", 10_000, "10000"),
    ("batch_size", " 1 ", 1, "1"),
    ("dataset", "synthetic", "synthetic", "synthetic"),
    ("loss", "cross-entropy", "cross-entropy", "cross-entropy"),
    ("output_activation", "softmax", "softmax", "softmax"),
    ("optimizer", "adam", "adam", "adam"),
    ("schedule", "one-cycle", "one-cycle", "one-cycle"),
    ("weight_decay", "0,01", 0.01, "0.01"),
    ("weight_decay", "0", 0.0, "0"),
    ("init", "zeros", "zeros", "zeros"),
    ("lens", "both", "both", "both"),
    ("epochs", "200", 200, "200"),
    ("seed", "0", 0, "0"),
    ("seed", "999999999", 999_999_999, "999999999"),
]


@pytest.mark.parametrize(("name", "written", "value", "shown"), ENTRIES)
def test_what_is_entered_is_in_the_recipe_and_in_the_field(
    form: TrainingForm, chosen: Chosen, name: str, written: str, value: Any, shown: str
) -> None:
    before = form.recipe
    enter(form, name, written)
    assert form.recipe == replace(before, **{name: value})
    assert form.values == {**form.values, name: shown}
    assert form.errors == {}
    assert chosen == ([] if form.recipe == before else [form.recipe])


def test_every_field_is_tried() -> None:
    assert {name for name, *_ in ENTRIES} == set(FIELDS)


def test_what_a_page_has_no_use_for_is_not_offered() -> None:
    assert set(settings()) - set(FIELDS) == {
        *(
            "title",
            "init_std",
            "images",
            "rounds",
            "synthetic",
            "negative_weight",
            "mnist_weight",
            "hold_out",
        ),
        *("teacher", "distill", "seeds", "reject_rate"),
    }


def test_feature_maps_can_do_without_other_hidden_layers(form: TrainingForm) -> None:
    no_layer = "A network needs a hidden layer, or feature maps."
    enter(form, "hidden", "")
    assert form.errors == {"hidden": no_layer}
    assert form.recipe == Recipe()
    enter(form, "feature_maps", "4, 8")
    enter(form, "hidden", "")
    assert (form.recipe.sizes, form.values["hidden"]) == ((784, 676, 288, 10), "")
    assert form.errors == {}
    enter(form, "feature_maps", "")
    assert form.errors == {"feature_maps": no_layer}
    assert form.recipe.feature_maps == (4, 8)


def test_every_option_of_a_menu_can_be_chosen(form: TrainingForm) -> None:
    for field in form.fields:
        for value, title in field["options"] or ():
            enter(form, field["name"], value)
            assert getattr(form.recipe, field["name"]) == value
            assert title


EMPTY = ["", " "]
GARBAGE = [
    "x",
    "-1",
    "−1",
    "nan",
    "inf",
    "1/0",
    "0x10",
    "1.5.2",
    "9" * 5_000,
    "16; rm",
    "½",
]
TYPED = [name for name, field in FIELDS.items() if not isinstance(field.kind, Choice)]


#: Layers that there need not be.
CAN_BE_EMPTY = ("hidden", "feature_maps")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *product(TYPED, GARBAGE),
        *product([name for name in TYPED if name not in CAN_BE_EMPTY], EMPTY),
    ],
    ids=lambda text: text[:9],
)
def test_garbage_gives_one_sentence_and_loses_nothing(
    form: TrainingForm, chosen: Chosen, name: str, written: str
) -> None:
    enter(form, "learning_rate", "0.5")
    before, values = form.recipe, form.values
    enter(form, name, written)
    assert list(form.errors) == [name]
    assert form.errors[name].startswith(("This must be ", "Here this must be "))
    assert form.errors[name].endswith(".")
    assert ". " not in form.errors[name]
    assert form.recipe == before
    assert form.values == values
    assert chosen == [before]


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("hidden", "16 sixteen", "the sizes of up to 4 layers, each from 1 to 128, such as 16, 16"),
        ("hidden", "16, 0", "the sizes of up to 4 layers, each from 1 to 128, such as 16, 16"),
        ("feature_maps", "-1", "the sizes of up to 2 layers, each from 1 to 8, such as 4, 8"),
        ("learning_rate", "0", "a number above 0 and at most 1,000,000, such as 0.5"),
        ("learning_rate", "1000001", "a number above 0 and at most 1,000,000, such as 0.5"),
        ("weight_decay", "1", "a number from 0 to below 1, such as 0.01"),
        ("batch_size", "0", "a whole number from 1 to 10,000"),
        ("batch_size", "1,5", "a whole number from 1 to 10,000"),
        ("epochs", "0", "a whole number from 1 to 200"),
        ("epochs", "2.0", "a whole number from 1 to 200"),
        ("seed", "-1", "a whole number from 0 to 999,999,999"),
    ],
)
def test_a_refusal_says_what_is_accepted(
    form: TrainingForm, name: str, written: str, said: str
) -> None:
    enter(form, name, written)
    assert form.errors[name] == f"This must be {said}."


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("hidden", "16, 129", "layers, each from 1 to 128"),
        ("hidden", "8, 8, 8, 8, 8", "up to 4 layers"),
        ("feature_maps", "8, 9", "layers, each from 1 to 8"),
        ("feature_maps", "4, 4, 4", "up to 2 layers"),
        ("batch_size", "10001", "from 1 to 10,000"),
        ("epochs", "201", "from 1 to 200"),
        ("seed", "1000000000", "from 0 to 999,999,999"),
    ],
)
def test_what_is_too_large_for_a_page_is_said_to_be_possible_elsewhere(
    form: TrainingForm, name: str, written: str, said: str
) -> None:
    enter(form, name, written)
    assert said in form.errors[name]
    assert form.errors[name].endswith("; on the command line it can be larger.")
    assert form.recipe == Recipe()


def test_an_error_stays_until_its_own_field_is_right(form: TrainingForm, chosen: Chosen) -> None:
    enter(form, "hidden", "many")
    enter(form, "epochs", "few")
    enter(form, "learning_rate", "1")
    assert set(form.errors) == {"hidden", "epochs"}
    enter(form, "hidden", "16 16")
    assert set(form.errors) == {"epochs"}
    assert chosen == [Recipe(learning_rate=1.0)], "the same once more is no choice"


@pytest.mark.parametrize("name", STARTING_POINTS)
def test_a_starting_point_sets_everything_and_is_marked_while_nothing_is_changed(
    form: TrainingForm, chosen: Chosen, name: str
) -> None:
    enter(form, "hidden", "many")
    assert form.start == ""
    tell(form, {"type": "start", "name": name})
    assert form.recipe == STARTING_POINTS[name]
    assert form.errors == {}
    assert form.start == name
    enter(form, "seed", "7")
    assert form.start == ""
    enter(form, "seed", "0")
    assert form.start == name
    assert chosen[0] == chosen[-1] == STARTING_POINTS[name]


def test_a_recipe_by_another_name_is_the_same_starting_point() -> None:
    by_hand = Recipe(title="Mine", init="normal")
    assert TrainingForm(by_hand, [].append).start == "lesson"
    assert TrainingForm(RECIPES["people"], [].append).start == ""


def test_starting_points_can_be_entered_by_hand(form: TrainingForm) -> None:
    for name, recipe in STARTING_POINTS.items():
        for field in FIELDS.values():
            enter(form, field.name, field.written(recipe))
        assert form.errors == {}
        assert form.start == name


def test_another_recipe_is_shown_and_nobody_is_told(form: TrainingForm, chosen: Chosen) -> None:
    enter(form, "hidden", "many")
    form.show_recipe(STARTING_POINTS["good"])
    assert form.errors == {}
    assert form.start == "good"
    assert chosen == []


def test_a_start_that_fails_says_why(form: TrainingForm) -> None:
    enter(form, "init", "zeros")
    assert "all neurons of a layer get the same gradient" in form.remarks["init"]
    enter(form, "init", "he")
    assert form.remarks == {}


def test_the_number_of_parameters_and_the_command_follow(form: TrainingForm) -> None:
    assert form.parameters == 13_002
    enter(form, "hidden", "32")
    assert form.parameters == 784 * 32 + 32 + 32 * 10 + 10
    assert "--hidden 32 " in form.command


@pytest.mark.parametrize("name", STARTING_POINTS)
def test_the_command_trains_by_the_same_recipe(form: TrainingForm, name: str) -> None:
    tell(form, {"type": "start", "name": name})
    enter(form, "hidden", "20, 10")
    parser = ArgumentParser()
    train.add_to(parser.add_subparsers())
    python, dash_m, core, *rest = shlex.split(form.command)
    assert [python, dash_m, core] == ["python", "-m", "core"]
    assert recipe_of(parser.parse_args(rest)) == form.recipe


@pytest.mark.parametrize(
    "message",
    [
        *(7, None, [], "set", {}, {"type": "set"}, {"type": "burn", "name": "hidden"}),
        *({"type": "set", "name": name, "value": "1"} for name in ("title", "seeds", "", 7, None)),
        *(
            {"type": "set", "name": "epochs", "value": value}
            for value in (3, 1.5, None, True, ["3"])
        ),
        *({"type": "set", "name": "loss", "value": value} for value in ("digit-or-none", "", "x")),
        *({"type": "set", "name": "dataset", "value": value} for value in ("people", "nothing")),
        *({"type": "start", "name": name} for name in ("people", "plain", "", 7, None)),
    ],
    ids=str,
)
def test_what_no_page_sends_changes_nothing(
    form: TrainingForm, chosen: Chosen, message: Any, caplog: pytest.LogCaptureFixture
) -> None:
    tell(form, message)
    assert form.recipe == Recipe()
    assert form.errors == {}
    assert chosen == []
    assert "Traceback" not in caplog.text


def test_of_what_no_command_trains_there_is_none_whatever_is_entered_then() -> None:
    form = TrainingForm(RECIPES["lesson"], lambda recipe: None)
    form.show_recipe(RECIPES["lesson"], has_command=False)
    assert form.command == ""
    form.receive({"type": "set", "name": "learning_rate", "value": "0.5"})
    assert (form.values["learning_rate"], form.command) == ("0.5", "")
    form.show_recipe(RECIPES["lesson"])
    assert form.command.startswith("python -m core train")
