"""The worksheet: a sum to fill in, on a sheet of A4 or Letter, and the answers on another."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, Template

from core.nn.activations import identity, relu
from core.nn.network import Network
from core.nn.trace import Trace
from explorer.exchange import paper_curve, paper_network
from explorer.exchange.paper_curve import PaperCurve
from explorer.exchange.paper_network import letter
from explorer.exchange.paper_sum import PaperSum
from explorer.state.session import Neuron
from explorer.state.titles import network_title
from explorer.texts import minus, number, significant, text
from explorer.texts.names import network_sizes, short_name_in, title_in

#: The terms that are named: fewer explain nothing, more do not fit the sheet.
FEWEST, MOST = 2, 10

#: For which z the table beside the curve says the activation.
_TABLE: Final = range(-6, 7)


class Asked(NamedTuple):
    """What a worksheet is about; `full` is the activation of full brightness in each layer."""

    network: Network
    trace: Trace
    full: tuple[float, ...]
    name_of_network: str
    neuron: Neuron
    n_terms: int


def worksheet(asked: Asked) -> str:
    """The sheet and its answers as an HTML document without scripts.

    Raises:
        NetworkError: the neuron has no sum, or does not exist.
    """
    network, trace, neuron = asked.network, asked.trace, asked.neuron
    sums = PaperSum.of(network, trace, neuron, asked.n_terms)
    curve = paper_curve.paper_curve(sums.curve)
    return _template().render(
        text=text,
        title=title_in(network, *neuron),
        network=network_title(asked.name_of_network, network),
        sizes=network_sizes(network),
        figure=paper_network.paper_network(network, trace, asked.full, neuron, sums.terms),
        figures=paper_network,
        curve=curve,
        curves=paper_curve,
        function=text(f"symbol.{sums.curve.name}"),
        rule=_rule(sums),
        table=_table(sums) if sums.curve.bounded else [],
        answers=_answers(asked, sums),
        spot=_spot(curve, sums),
        **_printed(asked, sums),
    )


def _printed(asked: Asked, sums: PaperSum) -> dict[str, Any]:
    """The numbers of the sheet as they are written."""

    def row(place: int) -> dict[str, str]:
        term = sums.terms[place]
        source = Neuron(asked.neuron.layer - 1, term.source)
        numbers = {name: written(getattr(term, name)) for name in ("activation", "weight")}
        shown = {"letter": letter(place), "source": short_name_in(asked.network, *source)}
        return shown | numbers | {"product": written(term.product)}

    return {
        "rows": [row(place) for place in range(len(sums.terms))],
        "n_others": sums.n_others,
        "others": written(sums.others),
        "bias": written(sums.bias),
        "shift": written(sums.shift) if sums.shift else "",
        "places": sums.places,
    }


def _answers(asked: Asked, sums: PaperSum) -> dict[str, str]:
    up, down = (choose(sums.terms, key=lambda term: term.product) for choose in (max, min))
    without = sums.without(sums.terms[0])
    return {
        "z": written(sums.z),
        "read_at": written(sums.z - sums.shift),
        "a": written(sums.a),
        "exact_z": _exact(sums.exact_z),
        "exact_a": _exact(sums.exact_a),
        "up": _pushing(sums, up.product, up.product > 0),
        "down": _pushing(sums, down.product, down.product < 0),
        "without_z": written(without),
        "without_a": written(sums.activation_at(without)),
    }


def _pushing(sums: PaperSum, product: Decimal, does: bool) -> str:
    """The terms of the largest product of its sign, or that there is none."""
    if not does:
        return text("worksheet.nothing")
    equals = [letter(i) for i, term in enumerate(sums.terms) if term.product == product]
    return f"{', '.join(equals)} ({written(product)})"


def _table(sums: PaperSum) -> list[tuple[str, str]]:
    """Some z, and the activations that belong to them."""
    shifted = ((z, sums.activation_at(sums.shift + z)) for z in _TABLE)
    return [(written(Decimal(z)), written(a)) for z, a in shifted]


def _rule(sums: PaperSum) -> str:
    """How the activation is found, from the sum."""
    if sums.curve is relu:
        return text("worksheet.rule_relu")
    if sums.curve is identity:
        return text("worksheet.rule_identity")
    return text("worksheet.rule_curve")


def _spot(curve: PaperCurve, sums: PaperSum) -> tuple[float, float] | None:
    return curve.frame.place(float(sums.z - sums.shift), float(sums.a))


def written(value: Decimal) -> str:
    """A number with all its digits, and a minus sign where it is negative."""
    places = -int(value.as_tuple().exponent)
    return (minus() if value < 0 else "") + number(float(abs(value)), places)


def _exact(value: float) -> str:
    return (minus() if value < 0 else "") + significant(abs(value), 7)


@cache
def _template() -> Template:
    source = Path(__file__).with_name("worksheet.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
