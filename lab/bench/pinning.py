"""Server and load on a core each, where the system allows it, so that neither takes the other's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Cores:
    """Which core is whose; None where nothing can be pinned."""

    server: int | None
    generator: int | None


def choose_cores() -> Cores:
    """Return two cores of those that this process may use.

    On a system that cannot pin, or with one core, there are none: rows then say so.
    """
    if not hasattr(os, "sched_setaffinity"):
        return Cores(None, None)
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        return Cores(None, None)
    return Cores(allowed[0], allowed[1])


def pin(processes: Iterable[psutil.Process], core: int | None) -> bool:
    """Let processes, with all the threads they have, run on that core alone. Tell whether they do.

    Threads that they start later run where their starters do.
    """
    if core is None or not hasattr(os, "sched_setaffinity"):
        return False
    processes = list(processes)
    pinned = bool(processes)
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            # The system pins threads, not processes: the first one alone would not do.
            for thread in process.threads():
                try:
                    os.sched_setaffinity(thread.id, {core})
                except ProcessLookupError:  # it has ended meanwhile
                    continue
                except OSError:
                    pinned = False
    return pinned


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Let what this thread starts within the block run on that core, from its first instruction."""
    if core is None or not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
