"""Each finding of a training in a sentence with the numbers that show it, and what to try."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from core.training.findings import Divergence, Saturation
from core.training.recipes import RECIPES
from explorer.training.findings import finding_sentence

LESSON = RECIPES["lesson"]
FAST = replace(LESSON, learning_rate=100.0)


def test_a_divergence_names_its_step_and_a_tenth_of_the_rate() -> None:
    said = finding_sentence(Divergence(step=1_200, before=0.5, after=inf), FAST)
    assert "from 0.5" in said
    assert "to infinity, from step 1,200 on" in said
    assert said.endswith("the learning rate of 100 is too high; try 10.")


def test_a_saturation_by_the_start_is_blamed_on_the_start_and_another_on_the_rate() -> None:
    began = finding_sentence(Saturation(layer=1, share=0.8, at_start=0.79, gradient=0.0), FAST)
    became = finding_sentence(Saturation(layer=3, share=0.99, at_start=0.1, gradient=0.0), FAST)
    assert began.startswith("80.0 % of the activations of hidden layer 1")
    assert began.endswith("start from smaller weights.")
    assert "of the output layer" in became
    assert became.endswith("try 10.")


def test_the_layers_of_feature_maps_are_hidden_ones() -> None:
    recipe = replace(LESSON, hidden=(), feature_maps=(4, 8))
    said = [
        finding_sentence(Saturation(layer=layer, share=0.8, at_start=0.1, gradient=0.0), recipe)
        for layer in (2, 3)
    ]
    assert "of hidden layer 2" in said[0]
    assert "of the output layer" in said[1]
