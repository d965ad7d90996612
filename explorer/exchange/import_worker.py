"""Reads files of other programs, in a process of its own: it knows `core` only, to start quickly.

A file may be made to take long or much memory. Whoever draws meanwhile is not to notice, and the
process can be ended at any time.
"""

from __future__ import annotations

import os
import sys
from collections import OrderedDict
from collections.abc import Mapping
from typing import Final, NamedTuple

from threadpoolctl import threadpool_limits

from core.evaluation.sample import Source
from core.formats.aspects import Aspect
from core.formats.finding import Finding, accuracy_of
from core.formats.found import Note
from core.formats.opening import found_in
from core.nn.image_network import check_image_network, labels
from core.nn.network import Network
from core.nn.network_file import is_own
from core.worker_processes import begin_worker

_NICE: Final = 5
_MEMORY: Final = 4 * 2**30
_KEPT: Final = 3

_findings: OrderedDict[str, Finding] = OrderedDict()


class SentFile(NamedTuple):
    """A file, and those that came with it, under a ``token`` that no other has."""

    token: str
    name: str
    content: bytes
    companions: Mapping[str, bytes]


class Found(NamedTuple):
    """What a `Finding` says, without the images and assumptions that led to it.

    ``format`` is empty for a file of this project, which leaves nothing open.
    """

    network: Network
    labels: tuple[str, ...]
    format: str
    aspects: tuple[Aspect, ...]
    accuracy: float | None
    source: Source
    notes: tuple[Note, ...]


def start() -> None:
    """Called once in the process."""
    begin_worker()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - where there is one

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))
    threadpool_limits(limits=1, user_api="blas")


def found(file: SentFile, choices: Mapping[str, str]) -> Found:
    """The network in a file, with what a person has chosen for some aspects of it.

    Raises ``InputError``, one sentence, if there is none, or none with these choices.
    """
    if is_own(file.content):
        return _own(Network.from_bytes(file.content, file.name))
    finding = _finding(file)
    chosen = finding.with_choices(choices) if choices else finding
    return Found(
        chosen.network,
        chosen.labels,
        chosen.found.format.value,
        chosen.aspects,
        chosen.accuracy,
        chosen.source,
        chosen.found.notes,
    )


def _own(network: Network) -> Found:
    """One that this project has saved: it leaves nothing open."""
    check_image_network(network)
    share, source = accuracy_of(network)
    return Found(network, labels(network), "", (), share, source, ())


def _finding(file: SentFile) -> Finding:
    """It takes a second; while a person makes up their mind, it is kept."""
    if file.token not in _findings:
        _findings[file.token] = found_in(file.content, file.name, file.companions)
    _findings.move_to_end(file.token)
    while len(_findings) > _KEPT:
        _findings.popitem(last=False)
    return _findings[file.token]
