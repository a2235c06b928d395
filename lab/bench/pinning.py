"""Server and load on a core each, where the system allows it, so that neither takes the other's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

TOPOLOGY = Path("/sys/devices/system/cpu")


@dataclass(frozen=True)
class Cores:
    """Which core is whose; None where nothing can be pinned."""

    server: int | None
    generator: int | None
    load: tuple[int, ...] = ()  # all cores but the server's, for load from several processes


def choose_cores() -> Cores:
    """Return two cores of those that this process may use, of different hardware if there are any.

    On a system that cannot pin, or with one core, there are none: rows then say so.
    """
    if not hasattr(os, "sched_setaffinity"):
        return Cores(None, None)
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        return Cores(None, None)
    server, others = allowed[0], allowed[1:]
    apart = [core for core in others if core not in twins(server)]
    return Cores(server, (apart or others)[0], tuple(apart or others))


def twins(core: int) -> frozenset[int]:
    """Return the logical cores that are the same hardware as this one, itself included.

    Two such hyper-threads take each other's time. Where the system does not say, there are none.
    """
    try:
        listed = (TOPOLOGY / f"cpu{core}/topology/thread_siblings_list").read_text("ascii").strip()
        ranges = [part.partition("-") for part in listed.split(",")]
        return frozenset(
            one for low, _, high in ranges for one in range(int(low), int(high or low) + 1)
        )
    except (OSError, ValueError):
        return frozenset({core})


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
