"""Servers that run already, here or on a host of the user's own: `lab bench --url URL`.

The lab neither starts them nor sees their processes. Their settings are unknown to the ledger, the
rows have no processor time, and "fresh processes" is up to whoever runs them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Protocol

import psutil

from lab.bench.declaring import CONTRACT, BenchStack
from lab.bench.load.targets import TargetError, checked_target
from lab.bench.stacks import STACKS

UNKNOWN = "unknown: not started here"


class Running(Protocol):
    """What the lab needs of a server under load."""

    url: str

    def processes(self) -> Collection[psutil.Process]:
        """Return the server's processes, as far as they can be seen."""

    def stop(self, *, grace: float | None = None) -> None:
        """Stop what was started."""


class Remote:
    """A server that was not started here."""

    def __init__(self, url: str) -> None:
        self.url = url

    def processes(self) -> Collection[psutil.Process]:
        """Return nothing: they cannot be seen."""
        return ()

    def stop(self, *, grace: float | None = None) -> None:
        """Do nothing: it is somebody else's to stop."""


def remote_stack(url: str, owned: Sequence[str]) -> BenchStack:
    """Return a running server as a stack, which is called by its host and port.

    Raises TargetError when it must not be put under load.
    """
    target = checked_target(url, owned=owned)
    return BenchStack(
        target.name,
        f"the server at {target.name} (not started here)",
        command="",
        url=url.rstrip("/"),
        interface="unknown",
        server=UNKNOWN,
        framework=UNKNOWN,
        serves=CONTRACT - {"listings"},
        event_loop=UNKNOWN,
        http_parser=UNKNOWN,
        json_library=UNKNOWN,
        validation=UNKNOWN,
        access_log=UNKNOWN,
        model=UNKNOWN,
    )


def find_stack(name: str, owned: Sequence[str] = ()) -> BenchStack:
    """Return the stack of a name, or the running server of a URL.

    Raises KeyError for an unknown name, TargetError for a server that must not be put under load.
    """
    return remote_stack(name, owned) if is_url(name) else STACKS[name]


def is_of_this_machine(stack: BenchStack) -> bool:
    """Tell whether a stack listens where only this machine can reach it."""
    if not stack.url:
        return True
    with suppress(TargetError):  # to say that a host is owned makes it no closer
        checked_target(stack.url)
        return True
    return False


def is_url(name: str) -> bool:
    """Tell whether a stack is named by where it runs."""
    return name.startswith("http://")
