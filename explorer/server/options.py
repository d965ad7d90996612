"""What the person who starts the server can choose, and what cannot be chosen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError
from core.worker_processes import MOST_WORKERS
from explorer.server.addresses import local_addresses
from explorer.server.rules import MOST_PAGES, Rules
from explorer.server.trusted_hosts import in_url, name_of
from explorer.server.visitors import is_address


@dataclass(frozen=True)
class Options:
    """What the person who starts the server can choose.

    Args:
        path: file of the network to show, the default network if None.
        port: port to listen on; 0 is any free one.
        address: address to listen on; None is this machine alone.
        processes: how many processes share the work, where the system can fork; None is one.
        sessions: most pages open at a time, None is as many as the processes can bear; a newcomer
            beyond it is asked to wait.
        show: whether to open a browser.
        is_class: whether pupils of a local network shall join, and a teacher sees them.
        redis: where several processes share the class; None keeps it in one.
        code: what opens the teacher's page; None makes one up.
        origins: hosts (and ports) under which a proxy in front of this server shows it.
        proxies: addresses of such proxies, whose word on a visitor's address counts.
        frame_ancestors: sites that may show the page in a frame.
        training_workers: how many processes of the machine train for those who open pages; 0
            forbids it, None is what the environment says, else one fewer than there are cores.
        chapters: folder of chapters that everybody has in the lesson beside its own.
        language: what pages are in until somebody chooses another; None leaves it to browsers.

    Raises:
        InputError: a number is none of what it counts, or an address or host is none.
    """

    path: Path | None = None
    port: int = 5006
    address: str | None = None
    processes: int | None = None
    sessions: int | None = None
    show: bool = False
    is_class: bool = False
    redis: str | None = None
    code: str | None = None
    origins: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ()
    training_workers: int | None = None
    chapters: Path | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.port not in range(65_536):
            raise InputError(
                f"There is no port {self.port}: choose one up to 65535 with --port, or 0 for any."
            )
        if self.sessions is not None and self.sessions < 1:
            raise InputError(f"--sessions {self.sessions} would let nobody in: at least 1.")
        if self.processes is not None and self.processes < 1:
            raise InputError(f"--processes {self.processes} would serve nobody: at least 1.")
        if not 0 <= (self.training_workers or 0) <= MOST_WORKERS:
            raise InputError(
                f"--training-workers {self.training_workers} is no number of worker processes: "
                f"choose 0, which forbids training, to {MOST_WORKERS:,}."
            )
        for origin in self.origins:
            if name_of(origin) is None:
                raise InputError(f"--origin {origin} is no host: write class.example.org[:port].")
        for proxy in self.proxies:
            if not is_address(proxy):
                raise InputError(f"--proxy {proxy} is no address: write 127.0.0.1, for one.")

    @property
    def count(self) -> int:
        """How many processes share the work: one where the system cannot fork."""
        if not hasattr(os, "fork"):
            return 1
        shared = self.is_class and self.redis is not None
        return self.processes or (os.cpu_count() or 1 if shared else 1)

    @property
    def workers_each(self) -> int | None:
        """The share of the workers that each process starts; None if their number is not chosen."""
        return None if self.training_workers is None else -(-self.training_workers // self.count)

    def rules(self, address: str | None) -> Rules:
        """What this means for visitors of a server that listens on `address`."""
        served = [address] if address else []
        if address in ("0.0.0.0", "::"):
            served = local_addresses()
        names = (*(in_url(each) for each in served), *self.origins)
        return Rules(
            hosts=frozenset(name for each in names if (name := name_of(each))),
            proxies=frozenset(self.proxies),
            frame_ancestors=self.frame_ancestors,
            language=self.language,
            pages=-(-self.sessions // self.count) if self.sessions else MOST_PAGES,
        )
