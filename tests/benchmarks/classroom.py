"""A class on one server: the time to an answer, and what a stroke costs the server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from class_load import MESSAGES_PER_SECOND
from figures import Chapter, Figure, percentile
from processes import ECHO, EXPLORER, HERE, Process, running

_MOST_MS, _OLDEST_MS = 60, 250
_FEW = 4


@dataclass(frozen=True)
class Lesson:
    """What was seen while a class drew. Times are in milliseconds."""

    pupils: int
    strokes_per_second: float
    latencies: list[float]
    ages: list[float]
    bytes_per_stroke: float
    errors: int
    generator_share: float
    cpu_per_stroke: float


def lesson(
    server: Process,
    pupils: int,
    seconds: float,
    *flags: str,
    meanwhile: Callable[[], None] = lambda: None,
) -> Lesson:
    """Let a class draw, from a process of its own, and read the server's clock meanwhile."""
    options = [server.address, "--pupils", str(pupils), "--seconds", str(seconds), *flags]
    with subprocess.Popen(
        [sys.executable, str(HERE / "class_load.py"), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as generator:
        assert generator.stdout is not None
        if generator.stdout.readline() != "joined\n":
            raise RuntimeError(f"{pupils} pupils could not join")
        before = server.cpu()
        assert generator.stdin is not None
        generator.stdin.write("draw\n")
        generator.stdin.flush()
        meanwhile()
        answer = generator.communicate()[0]
        cpu = server.cpu() - before
    seen = json.loads(answer)
    if seen["strokes"] == 0:
        raise RuntimeError("No stroke was answered:\n" + "".join(server.complaints()))
    return Lesson(
        pupils,
        seen["strokes"] / seen["seconds"],
        [1000 * each for each in seen["latencies"]],
        [1000 * each for each in seen["ages"]],
        seen["bytes"] / seen["strokes"],
        seen["errors"] + len(server.complaints()),
        seen["own share"],
        1000 * cpu / seen["strokes"],
    )


def measure(fast: bool) -> Chapter:
    """The server's cost of a stroke, and classes of several sizes on one process and on two."""
    seconds, sizes = (4.0, (60,)) if fast else (20.0, (10, 30, 60, 120))
    figures = [_cost(seconds)]
    for processes in (1, 2):
        for pupils in sizes:
            with running(EXPLORER, "--processes", str(processes)) as server:
                figures += _figures(lesson(server, pupils, seconds), processes)
    return Chapter(f"A class, {MESSAGES_PER_SECOND} messages a second and pupil", tuple(figures))


def _cost(seconds: float) -> Figure:
    with running(ECHO) as server:
        least = lesson(server, _FEW, seconds, "--echo").cpu_per_stroke
    with running(EXPLORER) as server:
        value = lesson(server, _FEW, seconds).cpu_per_stroke
    met = value <= min(1.0, 2.5 * least)
    target = "≤ 1.0, ≤ 2.5 × echo"
    return Figure("server CPU per stroke", value, "ms", {"echo": least}, target, met)


def _figures(seen: Lesson, processes: int) -> Iterator[Figure]:
    who = f"{seen.pupils} pupils, {processes} process" + ("es" if processes > 1 else "")
    shares = {name: percentile(seen.latencies, share) for name, share in _SHARES.items()}
    asked = (seen.pupils, processes) == (60, 2) and (os.cpu_count() or 1) > 1
    target, met = (f"≤ {_MOST_MS}", shares["p95"] <= _MOST_MS) if asked else ("", None)
    beside = {"p50": shares["p50"], "p99": shares["p99"]}
    yield Figure(f"{who}: p95 to the answer", shares["p95"], "ms", beside, target, met)
    oldest = percentile(seen.ages, 1.0)
    beside = {"median": percentile(seen.ages, 0.5), "p99": percentile(seen.ages, 0.99)}
    met = oldest <= _OLDEST_MS
    yield Figure(f"{who}: age when the pen lifts", oldest, "ms", beside, f"≤ {_OLDEST_MS}", met)
    beside = {
        "asked for": float(seen.pupils * MESSAGES_PER_SECOND),
        "bytes each": seen.bytes_per_stroke,
        "generator's share of a core": seen.generator_share,
    }
    yield Figure(f"{who}: strokes answered", seen.strokes_per_second, "/s", beside)
    yield Figure(f"{who}: server CPU per stroke", seen.cpu_per_stroke, "ms")
    yield Figure(f"{who}: errors", seen.errors, "", {}, "none", seen.errors == 0)


_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
