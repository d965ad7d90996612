"""The side panel of the place Test: what is tested, how good it is, and where it fails."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import numpy as np
import param
from panel.custom import Child

from core.evaluation.metrics import confusion_counts, digit_scores
from core.evaluation.predictions import Predictions
from core.nn.digit_network import N_DIGITS
from core.nn.image_network import reads_digits
from explorer.diagram.confusion_matrix import ConfusionMatrix
from explorer.drawing.collection import Collection
from explorer.state.own_drawings import ClassDrawings
from explorer.state.session import Session
from explorer.state.titles import network_title
from explorer.testing.activation_map import ActivationMap
from explorer.testing.calibration import Calibration
from explorer.testing.chosen_images import Cell, ReadByOne
from explorer.testing.evaluation import ORIGINAL, Evaluation, Result
from explorer.testing.gallery import Gallery
from explorer.testing.robustness import Robustness
from explorer.texts import text
from explorer.transport.component import LiveComponent
from explorer.transport.messages import Message, NotUnderstoodError, whole


class EvaluationPanel(LiveComponent):
    """Made when the place is first visited."""

    script = Path(__file__).with_name("panel.js")
    bundle = "testing"

    collection = Child(doc="One's own drawings.")
    matrix = Child(doc="The confusion matrix.")
    gallery = Child(doc="The images of a cell.")
    calibration = Child(doc="Whether the network knows when it does not know.")
    robustness = Child(doc="How well it reads what was changed.")
    map = Child(doc="Where the images lie.")
    sources = param.List(default=[], doc="What there is to be tested on; empty before it is known.")
    source = param.String(default="", doc="What is tested on.")
    others = param.List(default=[], doc="Networks to compare with: name and title of each.")
    other = param.String(default="", doc="The one that is compared with; empty for none.")
    progress = param.Number(
        default=None, allow_None=True, doc="The share that is read, 0-1, of a test that takes long."
    )
    content = param.Dict(
        default={},
        doc="The images (source, count, centred), and of each network its title, accuracy, and by "
        "digit recall and precision; of two networks how many images each alone reads right.",
    )
    reads_digits = param.Boolean(default=True, doc="Whether the network does, or there is no test.")
    shown = param.Integer(default=0, doc="The network whose matrix is shown, 0 or 1.")

    def __init__(self, session: Session, of_class: ClassDrawings | None = None) -> None:
        self._session = session
        self.evaluation = evaluation = Evaluation(session, self.in_background, of_class)
        self._gallery = Gallery(evaluation)
        self._matrix = ConfusionMatrix(self._open_cell)
        super().__init__(
            collection=Collection(session, "test"),
            matrix=self._matrix,
            gallery=self._gallery,
            calibration=Calibration(evaluation),
            robustness=Robustness(session, evaluation),
            map=ActivationMap(evaluation),
            sizing_mode="stretch_width",
        )
        evaluation.param.watch(self._show_choices, ["sources", "images", "other"])
        evaluation.param.watch(self._show_result, "result")
        evaluation.param.watch(self._show_progress, "progress")
        session.param.watch(
            self._show_choices, ["network_name", "networks", "edits", "shows_original"]
        )
        self._show_choices()

    def receive(self, message: Message) -> Awaitable[None] | None:
        """What is tested is chosen, or looked at."""
        evaluation = self.evaluation
        match message:
            case {"type": "images", "source": str(source)} if source in evaluation.sources:
                return self._choose(source)
            case {"type": "beside", "name": str(name)} if name in ("", *evaluation.others):
                evaluation.choose_other(name)
            case {"type": "matrix", "network": network}:
                self._show_matrix(whole(network, 2))
            case {"type": "alone", "network": network}:
                self._gallery.look_at(ReadByOne(whole(network, 2)))
            case _:
                raise NotUnderstoodError(message)
        return None

    async def _choose(self, source: str) -> None:
        with self._session.saying_errors():
            await self.evaluation.choose_images(source)

    def _open_cell(self, true: int, predicted: int) -> None:
        self._gallery.look_at(Cell(self.shown, true, predicted))

    def _show_choices(self, *_: Any) -> None:
        evaluation = self.evaluation
        self.show(
            sources=evaluation.sources,
            source="" if evaluation.images is None else evaluation.images.source,
            others=[[name, self._title(name)] for name in evaluation.others],
            other=evaluation.other,
            reads_digits=reads_digits(self._session.original),
        )

    def _show_result(self, *_: Any) -> None:
        """In one frame with the images that are looked at."""
        with self.one_frame():
            self.show(content=_content(self.evaluation.result, self._titles()))
            self._show_matrix(self.shown)

    def _show_matrix(self, network: int) -> None:
        result = self.evaluation.result
        predictions = () if result is None else result.predictions
        shown = network if network < len(predictions) else 0
        self.show(shown=shown)
        counts = np.zeros((N_DIGITS, N_DIGITS), np.int64)
        if predictions:
            counts = confusion_counts(predictions[shown].labels, predictions[shown].digits)
        self._matrix.show_counts(counts)

    def _show_progress(self, *_: Any) -> None:
        self.show(progress=self.evaluation.progress)

    def _titles(self) -> list[str]:
        session, other = self._session, self.evaluation.other
        present = network_title(session.network_name, session.original)
        if session.is_edited and not session.shows_original:
            present = text("test.changed", network=present)
        return [present, self._title(other) if other else ""]

    def _title(self, name: str) -> str:
        session = self._session
        if name == ORIGINAL:
            return text("test.original")
        return network_title(name, session.networks[name])


def _content(result: Result | None, titles: list[str]) -> dict[str, Any]:
    if result is None:
        return {}
    images, _, centred = result.asked
    comparison = result.comparison
    return {
        "source": images.source,
        "count": len(images),
        "centred": centred,
        "networks": [
            {"title": title, **_scores(each)}
            for title, each in zip(titles, result.predictions, strict=False)
        ],
        "alone": []
        if comparison is None
        else [len(comparison.newly_misread), len(comparison.newly_read)],
    }


def _scores(predictions: Predictions) -> dict[str, Any]:
    scores = digit_scores(confusion_counts(predictions.labels, predictions.digits))
    return {
        "accuracy": predictions.accuracy,
        "right": int(predictions.right.sum()),
        "recall": _shares(scores.recall),
        "precision": _shares(scores.precision),
    }


def _shares(shares: Any) -> list[float | None]:
    """JSON has no word for what is not a number."""
    return [None if np.isnan(share) else float(share) for share in shares]
