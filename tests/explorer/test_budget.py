"""What one page may cost the server, counted on a clock that the tests turn."""

from __future__ import annotations

import pytest

from explorer.transport.budget import Pages, TimeBudget
from support.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pages() -> Pages:
    return Pages()


def work_in(seconds: float, clock: Clock, count: int, *, with_company: bool) -> float:
    """Processor time that pages get that send without a pause, each message costing 2 ms."""
    pages = Pages()
    greedy = [TimeBudget(clock, pages=pages) for _ in range(count)]
    other = TimeBudget(clock, pages=pages)
    free_at = [clock.now] * count
    until = clock.now + seconds
    while clock.now < until:
        if with_company:
            other.charge(0.0)
        for i, page in enumerate(greedy):
            if free_at[i] <= clock.now:
                page.charge(0.002)
                free_at[i] = clock.now + page.pause()
        clock.now += 0.002
    return sum(page.used for page in greedy)


def test_who_floods_gets_a_share_while_others_draw_and_everything_when_alone(clock: Clock) -> None:
    assert work_in(20, clock, 1, with_company=True) == pytest.approx(0.2 + 20 * 0.25, rel=0.1)
    assert work_in(20, clock, 1, with_company=False) == pytest.approx(20, rel=0.1)


def test_ten_who_flood_get_no_more_together_than_a_quarter(clock: Clock) -> None:
    assert work_in(20, clock, 10, with_company=True) <= 10 * 0.2 + 20 * 0.25 * 1.2


def test_a_hand_never_waits(clock: Clock, pages: Pages) -> None:
    hand, other = TimeBudget(clock, pages=pages), TimeBudget(clock, pages=pages)
    for _ in range(60 * 60):
        other.charge(0.0)
        hand.charge(0.004)
        assert hand.pause() == 0
        clock.now += 1 / 60


def test_who_has_overdrawn_is_heard_again_when_the_debt_is_paid(clock: Clock, pages: Pages) -> None:
    page, other = TimeBudget(clock, pages=pages), TimeBudget(clock, pages=pages)
    page.charge(1.0)
    other.charge(0.0)
    pause = page.pause()
    assert pause == pytest.approx((1.0 - TimeBudget.BURST) / TimeBudget.SHARE)
    clock.now += pause + 1e-6
    page.charge(0.0)
    other.charge(0.0)
    assert page.pause() == 0


def test_who_has_more_to_say_at_once_leaves_three_quarters_to_others_who_are_there(
    clock: Clock, pages: Pages
) -> None:
    page, other = TimeBudget(clock, pages=pages), TimeBudget(clock, pages=pages)
    assert page.rest_after(0.01) == 0
    other.charge(0)
    assert page.rest_after(0.01) == pytest.approx(0.03)


def test_a_hand_on_a_busy_server_has_ample_time_and_who_never_stops_has_not(
    clock: Clock, pages: Pages
) -> None:
    hand, flood = TimeBudget(clock, pages=pages), TimeBudget(clock, pages=pages)
    for _ in range(20 * 60):
        hand.charge(2 * 0.004)
        assert hand.is_ample
        flood.charge(0.01)
        clock.now += 1 / 15
    assert flood.is_ample
    for _ in range(6):
        flood.charge(0.01)
    assert not flood.is_ample


def test_only_the_time_between_start_and_stop_is_charged(clock: Clock) -> None:
    processor = Clock()
    page = TimeBudget(clock, processor)
    page.start()
    processor.now += 0.25
    page.stop()
    processor.now += 5
    page.stop()
    assert page.used == 0.25

    def work() -> str:
        processor.now += 0.5
        return "done"

    assert page.timed(work) == "done"
    assert page.used == 0.75


def test_work_that_fails_is_charged_too(clock: Clock) -> None:
    processor = Clock()
    page = TimeBudget(clock, processor)

    def fail() -> None:
        processor.now += 0.5
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the one above
        page.timed(fail)
    assert page.used == 0.5
