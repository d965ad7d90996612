"""Runs that are measured turn by turn, so that a busy machine is as busy for all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from operator import truediv

from figures import Figure

Run = Callable[[], object]
OWN = "explorer"


def compared(
    name: str,
    runs: Mapping[str, Run | None],
    unit: tuple[float, str],
    most: Mapping[str, float],
    rounds: int,
    loops: int,
) -> Iterator[Figure]:
    """The median processor time of the run `OWN` beside its peers', and its share of theirs.

    Each round calls every run ``loops`` times. A ratio is the median of those of all rounds; one
    in ``most`` says how large it may be. None is a peer that is not installed. ``unit`` is how
    many there are in a second, and its name.
    """
    times = _interleaved(runs, rounds, loops)
    per_second, unit_name = unit
    medians = {peer: statistics.median(kept) * per_second for peer, kept in times.items()}
    beside = {peer: medians.get(peer) for peer in runs if peer != OWN}
    yield Figure(name, medians[OWN], unit_name, beside)
    for peer in beside:
        if peer in times:
            ratio = statistics.median(map(truediv, times[OWN], times[peer]))
            target, met = "", None
            if peer in most:
                target, met = f"≤ {most[peer]:g}", ratio <= most[peer]
            yield Figure(f"    ÷ {peer}", ratio, "", {}, target, met)


def _interleaved(runs: Mapping[str, Run | None], rounds: int, loops: int) -> dict[str, list[float]]:
    present = {name: run for name, run in runs.items() if run is not None}
    times: dict[str, list[float]] = {name: [] for name in present}
    for _ in range(rounds):
        for name, run in present.items():
            times[name].append(_seconds(run, loops))
    return times


def _seconds(run: Run, loops: int) -> float:
    start = time.process_time()
    for _ in range(loops):
        run()
    return (time.process_time() - start) / loops
