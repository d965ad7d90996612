"""A class in one process: many pupils who draw at the same time, 15 messages a second each.

Run by `classroom.py`, which measures the server meanwhile. Joins all pupils and says so, waits for
a line on its standard input, draws, and writes what it saw as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bokeh_client import Client, bokeh_event, join
from hand import Move, moves

MESSAGES_PER_SECOND = 15
_PEN = ',["width",2.4],["erases",false]'


class ExplorerPage:
    """What a pupil's browser says to the explorer, and how it knows the answer."""

    answer = b'"answered"'

    def __init__(self, document: dict[str, Any]) -> None:
        components = {each["attributes"].get("class_name"): each for each in _objects(document)}
        self._pad = components["Pad"]["id"]
        self._bar = components.get("PupilBar", {}).get("id")
        self._clear = next(
            each["id"]
            for each in _objects(document)
            if '"clear"' in json.dumps(each.get("attributes", {}).get("data", {}))
            and each["attributes"].get("class_name") == "Controls"
        )

    def hello(self) -> str:
        """The event of a pad that has opened, with nothing kept."""
        return _event(self._pad, '["type","hello"],["drawing",null]')

    def join(self, nickname: str) -> str:
        """The event of a pupil who joins the class."""
        return _event(self._bar, f'["type","join"],["name","{nickname}"],["key",null]')

    def mean(self, digit: int) -> str:
        """The event of a pupil who says which digit was meant."""
        return _event(self._bar, f'["type","meant"],["digit",{digit}]')

    def clear(self) -> str:
        """The event of a press on Clear."""
        return _event(self._clear, '["name","clear"]')

    def ink(self, drawn: list[Move]) -> str:
        """The event of ink, one part for each stroke."""
        parts = ",".join(f'{{"type":"map","entries":[{_part(part)}]}}' for part in _parts(drawn))
        return _event(self._pad, f'["type","ink"],["parts",[{parts}]]')


class EchoPage:
    """The same for the bare Bokeh page: only the last point is sent."""

    answer = b'"ColumnDataChanged"'

    def __init__(self, document: dict[str, Any]) -> None:
        sources = (each for each in _objects(document) if each["name"] == "ColumnDataSource")
        self._pen = next(each["id"] for each in sources if each["attributes"]["name"] == "pen")

    def hello(self) -> str:
        """There is nobody to greet: no event."""
        return ""

    def clear(self) -> str:
        """There is nothing to clear: no event."""
        return ""

    def ink(self, drawn: list[Move]) -> str:
        """The event of a changed source."""
        x, y = drawn[-1].points[-1]
        data = f'{{"type":"map","entries":[["x",[{x}]],["y",[{y}]]]}}'
        model = f'"model":{{"id":"{self._pen}"}}'
        return f'{{"kind":"ModelChanged",{model},"attr":"data","new":{data}}}'


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every model of a document's JSON."""
    if isinstance(value, dict):
        if value.get("type") == "object" and "id" in value:
            yield {"attributes": {}} | value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)


def _event(component: str, entries: str) -> str:
    data = f'{{"type":"map","entries":[{entries}]}}'
    return bokeh_event("data_event", f'["model",{{"id":"{component}"}}],["data",{data}]')


def _parts(drawn: list[Move]) -> list[Move]:
    """Moves of one stroke together, as the pad does with what waits."""
    parts = [drawn[0]]
    for move in drawn[1:]:
        if move.begins:
            parts.append(move)
        else:
            parts[-1] = parts[-1]._replace(points=parts[-1].points + move.points)
    return parts


def _part(move: Move) -> str:
    begins = "true" if move.begins else "false"
    points = json.dumps(move.points, separators=(",", ":"))
    return f'["begins",{begins}],["points",{points}]{_PEN if move.begins else ""}'


@dataclass
class Pupil:
    """One who draws: a message is due 15 times a second, and one at most is under way."""

    client: Client
    page: ExplorerPage | EchoPage
    hand: Iterator[Move]
    latencies: list[float] = field(default_factory=list)
    ages_at_lift: list[float] = field(default_factory=list)
    _waiting: deque[tuple[Move, float]] = field(default_factory=deque)
    _underway: list[tuple[Move, float]] = field(default_factory=list)

    async def draw(self, start: float, end: float) -> None:
        """Draw from ``start`` to ``end`` of the event loop's clock."""
        loop, due = asyncio.get_running_loop(), start
        self.client.patch(self.page.hello())
        self.client.listen = self._heard
        self.client.received = 0
        while due < end:
            await asyncio.sleep(due - loop.time())
            self._waiting.append((next(self.hand), due))
            self._send()
            due += 1 / MESSAGES_PER_SECOND

    def _send(self) -> None:
        """Send what waits, up to the next drawing, unless a message is under way."""
        if self._underway or not self._waiting:
            return
        if self._waiting[0][0].clears:
            self.client.patch(self.page.clear())
        self._underway.append(self._waiting.popleft())
        while self._waiting and not self._waiting[0][0].clears:
            self._underway.append(self._waiting.popleft())
        self.client.patch(self.page.ink([move for move, _ in self._underway]))

    def _heard(self, content: bytes) -> None:
        if not self._underway or self.page.answer not in content:
            return
        now = asyncio.get_running_loop().time()
        self.latencies.append(now - self._underway[0][1])
        self.ages_at_lift += [now - due for move, due in self._underway if move.lifts]
        self._underway.clear()
        self._send()

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._underway)


async def attend(
    address: str, pupils: int, seconds: float, *, echo: bool, joined: bool
) -> dict[str, Any]:
    """Join, wait to be told, draw, and tell what was seen."""
    kind = EchoPage if echo else ExplorerPage
    present = []
    for number in range(pupils):
        client, document = await join(address)
        present.append(Pupil(client, kind(document), moves(number, MESSAGES_PER_SECOND)))
        if joined:
            client.patch(ExplorerPage(document).join(f"Pupil {number:03d}"))
    await _wait_until_told()
    cpu, loop = time.process_time(), asyncio.get_running_loop()
    start = loop.time()
    apart = 1 / MESSAGES_PER_SECOND / pupils
    await asyncio.gather(
        *(each.draw(start + n * apart, start + seconds) for n, each in enumerate(present))
    )
    elapsed = loop.time() - start
    share = (time.process_time() - cpu) / elapsed
    await _settle(present)
    return _seen(present, elapsed, share)


async def _wait_until_told() -> None:
    print("joined", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


async def _settle(present: list[Pupil]) -> None:
    """Give the last answers two seconds to come."""
    for _ in range(40):
        if not any(each.waits for each in present):
            return
        await asyncio.sleep(0.05)


def _seen(present: list[Pupil], elapsed: float, share: float) -> dict[str, Any]:
    latencies = [latency for each in present for latency in each.latencies]
    return {
        "strokes": len(latencies),
        "seconds": elapsed,
        "latencies": latencies,
        "ages": [age for each in present for age in each.ages_at_lift],
        "bytes": sum(each.client.received for each in present),
        "errors": sum(each.client.lost or each.waits for each in present),
        "own share": share,
    }


def main() -> None:
    """Attend one lesson."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--pupils", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--echo", action="store_true", help="the bare Bokeh page instead")
    parser.add_argument("--joined", action="store_true", help="join the class with a nickname")
    options = parser.parse_args()
    seen = asyncio.run(
        attend(
            options.address,
            options.pupils,
            options.seconds,
            echo=options.echo,
            joined=options.joined,
        )
    )
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
