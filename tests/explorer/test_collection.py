"""A person's own drawings in a training: when it learns from them, what is read and forgotten."""

from __future__ import annotations

import asyncio
import json
from typing import Any, NamedTuple

import numpy as np
import pytest

from core.nn.network import Network
from core.training.dataset import load_dataset
from core.training.own_examples import OwnExamples, with_own
from core.training.pipeline import best_of_seeds
from explorer.drawing import collection
from explorer.drawing.collection import Collection
from explorer.state.session import Session
from explorer.texts import text
from explorer.training.common_run import CommonRun
from explorer.training.data_words import data_words
from explorer.training.forgetting import Forgetting
from explorer.training.own_drawings_panel import OwnDrawingsPanel
from explorer.training.retention import MOST_POINTS, Reading, Retention
from explorer.training.run import Run
from explorer.training.trainer import Trainer
from explorer.training.workers import Workers
from explorer.transport.messages import NotUnderstoodError
from support.explorer_page import FOUR, ONE, SEVEN
from support.runs import SMALL, parameters, rest, until, visited


class Teaching(NamedTuple):
    """A person in the place Train with the two parts that are about own drawings."""

    trainer: Trainer
    panel: OwnDrawingsPanel
    forgetting: Forgetting

    @property
    def session(self) -> Session:
        return self.trainer.session

    @property
    def drawings(self) -> Collection:
        return self.panel._drawings

    @property
    def own(self) -> OwnExamples | None:
        return self.trainer.run.own

    def draw(self, digit: int, *strokes: Any) -> None:
        """Draw, and say what was meant."""
        for points in strokes:
            self.session.begin_stroke(points, 2.4, False)
        self.tell("add", digit=digit)

    def tell(self, kind: str, **values: Any) -> Any:
        """What the script says of the training, or of the drawings."""
        part = self.panel if kind in ("share", "learn", "teach") else self.drawings
        return part.receive({"type": kind, **values})

    @property
    def kept(self) -> str:
        """What the tab keeps."""
        return json.dumps([entry[1:] for entry in self.drawings.gallery])


def teaching(trainer: Trainer) -> Teaching:
    return Teaching(trainer, OwnDrawingsPanel(trainer), Forgetting(trainer))


def unvisited() -> Teaching:
    """The same without any worker, for what trains nothing."""
    return teaching(Trainer(Session(), Run(Workers(0), SMALL)))


async def epoch(trainer: Trainer) -> Network:
    trainer.one_epoch()
    await rest(trainer.run)
    return trainer.run.network


def test_a_drawing_is_taken_as_the_network_receives_it_and_the_pad_is_clear() -> None:
    one = unvisited()
    one.session.begin_stroke(SEVEN, 2.4, False)
    received = one.session.received
    one.tell("add", digit=7)
    assert one.session.drawing.is_blank
    assert one.drawings.counts == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert one.drawings.said == "Added as 7. Draw the next one."
    assert one.own is not None
    np.testing.assert_allclose(one.own.images.images[0], received.ravel(), atol=0.5001 / 255)
    one.session.undo()
    assert not one.session.drawing.is_blank


def test_it_comes_to_the_network_through_the_lens_of_the_pad() -> None:
    one = unvisited()
    one.draw(4, *FOUR)
    one.session.centre(False)
    one.draw(4, *FOUR)
    assert one.own is not None
    centred, as_drawn = one.own.images.images
    assert not np.array_equal(centred, as_drawn)


def test_what_is_no_drawing_of_ones_own_is_refused_in_a_sentence_and_loses_nothing() -> None:
    one = unvisited()
    one.tell("add", digit=7)
    assert one.drawings.said == "Draw a digit first."
    one.session.begin_stroke(SEVEN, 2.4, False)
    one.session.paused = True
    one.tell("add", digit=7)
    assert one.drawings.said == text("notice.paused")
    assert (len(one.drawings.gallery), one.session.drawing.is_blank) == (0, False)


def test_a_training_that_has_not_begun_learns_from_them_at_once_and_another_when_it_is_told(
    workers: Workers,
) -> None:
    async def story() -> None:
        one = teaching(await visited(workers))
        one.draw(7, SEVEN)
        assert one.own is not None
        assert (one.own.digits, one.own.percent) == (bytes([7]), 10)
        assert data_words(one.trainer.run) == "MNIST, 10 % your 1 drawing"
        await epoch(one.trainer)
        one.draw(4, *FOUR)
        assert (len(one.own), one.trainer.step, one.panel.is_behind) == (1, 56, True)
        one.tell("learn")
        assert (len(one.own), one.panel.is_behind) == (2, False)
        assert await rest(one.trainer.run) == "done"
        one.tell("share", percent=0)
        assert (len(one.own), one.panel.is_behind) == (2, True)
        one.tell("learn")
        assert one.own is None
        assert data_words(one.trainer.run) == "MNIST"

    asyncio.run(story())


def test_before_it_has_begun_every_choice_counts_at_once_and_under_way_none_does(
    workers: Workers,
) -> None:
    async def story() -> None:
        one = teaching(await visited(workers))
        one.draw(7, SEVEN)
        one.draw(4, *FOUR)
        one.tell("share", percent=100)
        assert data_words(one.trainer.run) == "your 2 drawings alone"
        one.tell("remove", number=0)
        assert one.own is not None
        assert one.own.digits == bytes([4])
        one.trainer.play()
        await until(one.trainer.run, lambda: one.trainer.is_under_way)
        one.draw(7, SEVEN)
        assert one.own.digits == bytes([4])
        assert await rest(one.trainer.run) == "done"

    asyncio.run(story())


def test_the_run_of_a_class_stays_as_it_is_until_one_trains_with_ones_own(
    workers: Workers,
) -> None:
    async def story() -> None:
        one = teaching(await visited(workers))
        common = CommonRun(workers, SMALL)
        one.trainer.show_run(common)
        await rest(common)
        one.draw(7, SEVEN)
        assert one.trainer.run is common
        assert (common.own, one.panel.is_behind) == (None, True)
        one.tell("learn")
        assert one.trainer.run is one.trainer.own_run
        assert one.own is not None
        assert (one.own.digits, common.own) == (bytes([7]), None)

    asyncio.run(story())


def test_the_run_is_that_of_the_core_bit_for_bit_and_of_other_settings_too(
    workers: Workers,
) -> None:
    async def story() -> None:
        one = teaching(await visited(workers))
        for _ in range(3):
            one.draw(7, SEVEN)
        one.tell("share", percent=25)
        one.trainer.choose(SMALL)
        assert one.own is not None
        one.trainer.play()
        assert await rest(one.trainer.run) == "done"
        data = with_own(load_dataset(SMALL), one.own)
        assert one.trainer.run.state is not None
        assert one.trainer.run.state.n_examples == len(data.inputs) == 667
        assert parameters(one.trainer.run.network) == parameters(best_of_seeds(SMALL, data)[0])

    asyncio.run(story())


def test_what_is_read_before_and_now_is_told_of_the_moment_that_is_shown(
    workers: Workers,
) -> None:
    async def story() -> None:
        one = teaching(await visited(workers))
        assert one.forgetting.rows == []
        for _ in range(3):
            one.draw(7, SEVEN)
        one.tell("share", percent=100)
        one.trainer.begin_with("default")
        network = await epoch(one.trainer)
        validation = load_dataset(SMALL).validation_set
        expected = [
            100 * float((each(validation.images).argmax(1) == validation.labels).mean())
            for each in (one.session.networks["default"], network)
        ]
        own, others, worst = one.forgetting.rows
        assert own == ("your 3 drawings", "3", "3")
        said = [f"{each:.1f} %" for each in expected]
        assert others == ("5,000 validation images (MNIST)", *said)
        assert expected[1] < expected[0]
        assert worst[0] == f"of these the {one.forgetting.worst}s"
        lost = [int(each.replace("−", "-")) for each in one.forgetting.digits]
        assert lost[one.forgetting.worst] == min(lost) < 0 <= lost[7]
        one.trainer.look_at(0)
        assert one.forgetting.rows[0] == ("your 3 drawings", "3", "3")
        assert one.forgetting.rows[1][1] == one.forgetting.rows[1][2]
        assert (len(one.forgetting.rows), one.forgetting.worst) == (2, None)

    asyncio.run(story())


def test_the_default_network_is_taught_at_a_press_and_the_card_says_by_what(
    workers: Workers,
) -> None:
    async def story() -> None:
        one = teaching(await visited(workers))
        with pytest.raises(NotUnderstoodError):
            one.tell("teach")
        one.draw(7, SEVEN)
        one.tell("share", percent=100)
        one.tell("teach")
        assert await rest(one.trainer.run) == "done"
        assert one.trainer.run.start_name == "default"
        card = (await one.trainer.finished("Taught")).card
        assert card["own drawings"] == {"7": 1}
        assert card["accuracy"]["own drawings, learned from"] == 1
        assert card["began as"] == "Handwriting (default)"

    asyncio.run(story())


def test_what_the_tab_kept_comes_back_and_does_not_replace_what_is_there() -> None:
    one, again = unvisited(), unvisited()
    one.draw(7, SEVEN)
    one.draw(4, *FOUR)
    asyncio.run(again.tell("restore", kept=one.kept))
    assert again.drawings.gallery == one.drawings.gallery
    assert again.session.own_drawings == one.session.own_drawings
    assert again.own == one.own
    other = unvisited()
    other.draw(1, SEVEN)
    asyncio.run(other.tell("restore", kept=one.kept))
    assert [digit for _, digit, *_ in other.drawings.gallery] == [1]


def test_what_was_removed_can_be_brought_back_until_more_is_collected() -> None:
    one = unvisited()
    one.draw(7, SEVEN)
    one.draw(4, *FOUR)
    before = one.drawings.gallery
    one.tell("remove", number=0)
    assert (one.drawings.said, one.drawings.removed) == ("Removed 1 drawing.", 1)
    one.tell("bring_back")
    assert (one.drawings.gallery, one.drawings.removed) == (before, 0)
    one.tell("clear")
    assert (one.drawings.said, one.drawings.gallery, one.own) == ("Removed 2 drawings.", [], None)
    one.tell("bring_back")
    assert one.drawings.gallery == before
    one.tell("clear")
    one.draw(1, SEVEN)
    one.tell("bring_back")
    assert [digit for _, digit, *_ in one.drawings.gallery] == [1]


def test_every_place_shows_the_same_drawings() -> None:
    one = unvisited()
    other = Collection(one.session, "test")
    one.draw(7, SEVEN)
    one.session.begin_stroke(SEVEN, 2.4, False)
    other.receive({"type": "add", "digit": 1})
    assert other.gallery == one.drawings.gallery
    assert one.own is not None
    assert one.own.digits == bytes([7, 1])
    other.receive({"type": "clear"})
    assert one.drawings.counts == [0] * 10
    assert one.panel.count == 0


def test_what_the_tab_kept_and_cannot_be_read_is_said() -> None:
    one = unvisited()
    asyncio.run(one.tell("restore", kept="garbage"))
    assert one.drawings.said == "The drawings that this tab kept cannot be read."
    asyncio.run(one.tell("restore", kept='[[7, "x", "y"]]'))
    assert one.drawings.said == "1 drawing that this tab kept cannot be read."
    assert one.drawings.gallery == []


@pytest.mark.parametrize(
    "message",
    [
        *({"type": "add"}, {"type": "add", "digit": 10}, {"type": "add", "digit": "7"}),
        *({"type": "add", "digit": True}, {"type": "remove", "number": -1}, {"type": "teach"}),
        *({"type": "remove"}, {"type": "share", "percent": 7}, {"type": "share"}, None),
        *({"type": "restore", "kept": []}, {"type": "share", "percent": float("nan")}, {}),
    ],
    ids=str,
)
def test_nothing_else_is_taken(message: Any) -> None:
    one = unvisited()
    for part in (one.panel, one.drawings):
        with pytest.raises(NotUnderstoodError):
            part.receive(message)
    assert one.own is None


def test_it_is_marked_what_each_is_read_as_and_those_it_has_not_learned_from_are_counted(
    workers: Workers,
) -> None:
    async def story() -> None:
        one = teaching(await visited(workers))
        one.trainer.begin_with("default")
        one.draw(7, SEVEN)
        one.draw(3, SEVEN)
        assert one.drawings.read_as == {"0": 7, "1": 7}
        assert one.panel.unseen == ""  # the training learns from them
        await epoch(one.trainer)
        one.draw(1, ONE)
        assert one.drawings.read_as["2"] == 1
        assert one.panel.unseen == "It reads 1 of the 1 drawing that it has not learned from."
        one.draw(5, ONE)
        assert one.panel.unseen == "It reads 1 of the 2 drawings that it has not learned from."
        one.tell("learn")
        assert one.panel.unseen == ""

    asyncio.run(story())


def test_of_a_network_too_large_nothing_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "_MOST_PRODUCTS", 300_000)
    one = unvisited()
    one.session.place = "train"
    one.tell("share", percent=0)
    one.draw(7, SEVEN)
    one.draw(7, SEVEN)
    assert len(one.drawings.read_as) == 2
    one.session.put_network("own-1", Network.random((784, 200, 10), 0))
    assert (one.drawings.read_as, len(one.drawings.gallery)) == ({}, 2)


def test_readings_are_bounded_and_the_first_and_the_last_stay() -> None:
    readings = Retention()
    for step in range(2 * MOST_POINTS):
        readings = readings.added(step, Reading(step, 5_000, 0.5, np.full(10, 0.25)))
    assert len(readings) == MOST_POINTS
    assert readings.first.own == 0
    assert readings.nearest(10**6).own == 2 * MOST_POINTS - 1
    steps = [readings.nearest(each).own for each in range(2 * MOST_POINTS)]
    assert max(abs(step - each) for each, step in enumerate(steps)) <= 4
