"""However many requests come at once, each round of the loop lets a few of them through."""

from __future__ import annotations

import asyncio

from explorer.server.slices import Slices


def test_of_many_that_come_at_once_each_round_lets_eight_through_in_their_order() -> None:
    async def story() -> list[list[int]]:
        slices, rounds, through = Slices(), list[list[int]](), list[int]()
        turns = [slices.enter() for _ in range(20)]
        assert [turn is None for turn in turns] == [True] * 8 + [False] * 12
        for number, turn in enumerate(turns):
            if turn is not None:
                turn.add_done_callback(lambda _, number=number: through.append(number))
        while len(through) < 12:
            before = len(through)
            await asyncio.sleep(0)
            if through[before:]:
                rounds.append(through[before:])
        return rounds

    assert asyncio.run(story()) == [list(range(8, 16)), list(range(16, 20))]


def test_who_comes_alone_waits_for_nobody_and_who_has_gone_holds_nobody_up() -> None:
    async def story() -> None:
        slices = Slices()
        for _ in range(100):
            assert slices.enter() is None
            await asyncio.sleep(0)
        turns = [slices.enter() for _ in range(20)]
        for turn in turns[8:19]:
            assert turn is not None
            turn.cancel()
        assert turns[19] is not None
        async with asyncio.timeout(20):
            await turns[19]

    asyncio.run(story())
