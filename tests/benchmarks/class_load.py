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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bokeh_client import Client, join
from hand import Move, moves

MESSAGES_PER_SECOND = 15
_PEN = {"width": 2.4, "erases": False}


class ExplorerPage:
    """What a pupil's browser says to the explorer, and how it knows the answer."""

    def __init__(self, client: Client, document: dict[str, Any]) -> None:
        self._client = client
        self._addresses = {
            _name(each): each["attributes"]["data"]["attributes"].get("address")
            for each in _objects(document)
            if "class_name" in each["attributes"]
        }

    def listen(self, heard: Callable[[bytes], None]) -> None:
        """Call this for everything that comes."""
        assert self._client.channel is not None
        self._client.channel.listen = heard

    def is_answered(self, frame: bytes) -> bool:
        """Whether a frame answers all that was said."""
        return int.from_bytes(frame[4:8], "little") >= self._client.said

    def hello(self) -> None:
        """A pad has opened, with nothing kept."""
        self._say("Pad", {"type": "hello", "drawing": None})

    def join(self, nickname: str) -> None:
        """A pupil joins the class."""
        self._say("PupilBar", {"type": "join", "name": nickname, "key": None})

    def mean(self, digit: int) -> None:
        """A pupil says which digit was meant."""
        self._say("PupilBar", {"type": "meant", "digit": digit})

    def clear(self) -> None:
        """Clear is pressed."""
        self._say("Drawing", {"name": "clear"})

    def ink(self, drawn: list[Move]) -> None:
        """Ink is drawn, one part for each stroke."""
        self._say("Pad", {"type": "ink", "parts": [_part(part) for part in _parts(drawn)]})

    def _say(self, component: str, message: dict[str, Any]) -> None:
        self._client.say(json.dumps([self._addresses[component], message]))


def _name(model: dict[str, Any]) -> str:
    """What a component is called here: its kind, a group of controls by its label."""
    kind: str = model["attributes"]["class_name"]
    label: str = model["attributes"]["data"]["attributes"].get("label", kind)
    return label if kind == "Controls" else kind


class EchoPage:
    """The same for the bare Bokeh page: only the last point is sent."""

    def __init__(self, client: Client, document: dict[str, Any]) -> None:
        self._client = client
        sources = (each for each in _objects(document) if each["name"] == "ColumnDataSource")
        self._pen = next(each["id"] for each in sources if each["attributes"]["name"] == "pen")

    def listen(self, heard: Callable[[bytes], None]) -> None:
        """Call this for everything that comes."""
        self._client.listen = heard

    def is_answered(self, content: bytes) -> bool:
        """Whether a message is the echo."""
        return b'"ColumnDataChanged"' in content

    def hello(self) -> None:
        """There is nobody to greet."""

    def clear(self) -> None:
        """There is nothing to clear."""

    def ink(self, drawn: list[Move]) -> None:
        """A source changes."""
        x, y = drawn[-1].points[-1]
        data = f'{{"type":"map","entries":[["x",[{x}]],["y",[{y}]]]}}'
        model = f'"model":{{"id":"{self._pen}"}}'
        self._client.patch(f'{{"kind":"ModelChanged",{model},"attr":"data","new":{data}}}')


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every model of a document's JSON."""
    if isinstance(value, dict):
        if value.get("type") == "object" and "id" in value:
            yield {"attributes": {}} | value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)


def _parts(drawn: list[Move]) -> list[Move]:
    """Moves of one stroke together, as the pad does with what waits."""
    parts = [drawn[0]]
    for move in drawn[1:]:
        if move.begins:
            parts.append(move)
        else:
            parts[-1] = parts[-1]._replace(points=parts[-1].points + move.points)
    return parts


def _part(move: Move) -> dict[str, Any]:
    part = {"begins": move.begins, "points": move.points}
    return part | _PEN if move.begins else part


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
        self.page.hello()
        self.page.listen(self._heard)
        self._line.received = 0
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
            self.page.clear()
        self._underway.append(self._waiting.popleft())
        while self._waiting and not self._waiting[0][0].clears:
            self._underway.append(self._waiting.popleft())
        self.page.ink([move for move, _ in self._underway])

    def _heard(self, content: bytes) -> None:
        if not self._underway or not self.page.is_answered(content):
            return
        now = asyncio.get_running_loop().time()
        self.latencies.append(now - self._underway[0][1])
        self.ages_at_lift += [now - due for move, due in self._underway if move.lifts]
        self._underway.clear()
        self._send()

    @property
    def received(self) -> int:
        """Bytes of what has come since the pupil draws."""
        return self._line.received

    @property
    def _line(self) -> Client:
        """The connection on which answers come."""
        return self.client.channel or self.client

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
        page = kind(client, document)
        present.append(Pupil(client, page, moves(number, MESSAGES_PER_SECOND)))
        if joined and isinstance(page, ExplorerPage):
            page.join(f"Pupil {number:03d}")
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
        "bytes": sum(each.received for each in present),
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
