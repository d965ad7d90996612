"""What the places of a backward pass are called, and what happens there."""

from __future__ import annotations

from core.nn.activations import Activation
from core.nn.image_network import reads_digits
from explorer.backpropagation.example import Example
from explorer.texts import text


def place_words(example: Example) -> str:
    """Where a backward pass stands."""
    if example.digit is None:
        is_digit = reads_digits(example.session.network)
        return text("backward.no_digit") if is_digit else text("backward.no_label")
    if example.layer is None:
        return text("backward.at_loss")
    return text("backward.at_layer", layer=layer_words(example.layer, example.n_places))


def layer_words(layer: int, layers: int) -> str:
    """What people call a layer (from 0, the input) of a network with so many `layers`."""
    if layer == 0:
        return text("backward.inputs")
    if layer == layers - 1:
        return text("backward.outputs")
    return text("backward.hidden", layer=layer)


def delta_words(loss_name: str, activation: Activation, *, is_last: bool) -> str:
    """How the δ of a layer comes about."""
    if is_last and loss_name != "quadratic":
        return text(f"delta_formula.{loss_name}")
    if activation.jacobian_product is not None:
        return text("backward.delta_mixed")
    return text("delta_formula.quadratic") if is_last else text("backward.delta_hidden")
