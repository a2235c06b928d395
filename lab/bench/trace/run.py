"""Traces a stack: starts it with its app wrapped, asks it, and reads what was recorded."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import shlex
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import requests as http

from lab import servers
from lab.bench.declaring import MISSING, BenchStack, is_installed
from lab.bench.stacks import SETTINGS, STACKS
from lab.bench.trace.asking import ask_together, numbered
from lab.bench.trace.choices import LATENCY_MS, MOST_REQUESTS, WORKLOADS_TRACED
from lab.bench.trace.lanes import Handled
from lab.bench.trace.reading import handled, read_records
from lab.bench.trace.recorder import APP, FOLDER
from lab.bench.workloads import WORKLOADS

WRAPPED: Final = "lab.bench.trace.wrapped:app"
# Who waits for what is to be seen, not who gives up: a busy machine may take long for an answer.
LONGEST_WAIT: Final = "25"  # seconds, the most that the apps take
AN_APP: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


class TraceError(Exception):
    """What was asked for cannot be traced. Says why."""


class TracedServer:
    """A running server whose app is wrapped. `server` is the server itself."""

    def __init__(self, stack: str, workload: str = "listings", *, listings_url: str = "") -> None:
        """Start it. `listings_url` is the listing service that its app is to ask.

        Raises TraceError for a stack or a workload that cannot be traced, StartError when the
        server does not start.
        """
        found = find(stack, workload)
        self._asked_for = WORKLOADS[WORKLOADS_TRACED[workload].workload]
        self._folder = tempfile.TemporaryDirectory(prefix="trace-")
        environment = {"LISTINGS_TIMEOUT": LONGEST_WAIT}
        if listings_url:
            environment["LISTINGS_URL"] = listings_url
        self.server = servers.start(
            wrapped(found, Path(self._folder.name)), environment=environment
        )

    def trace(self, requests: int = 20, *, warm: bool = True) -> list[Handled]:
        """Send so many requests at the same moment and return who handled each, and when.

        With `warm`, as many are sent before: the first answers of a process are slow, with
        connections to open and code to load. A server that has had load needs none.

        Raises TraceError when they are too many, AskError when one gets no good answer.
        """
        if not 1 <= requests <= MOST_REQUESTS:
            raise TraceError(f"Choose 1 to {MOST_REQUESTS} requests, not {requests}.")
        url, expect = self.server.url, self._asked_for.expect
        if warm:
            ask_together(url, numbered(self._asked_for.requests(), requests, "warm"), expect=expect)
        plan = numbered(self._asked_for.requests(), requests, f"trace-{time.monotonic_ns()}")
        asked = ask_together(url, plan, expect=expect)
        records = read_records(Path(self._folder.name), plan)
        return handled(records, asked.began, asked.received)

    def stop(self) -> None:
        """Stop the server, and remove what it has recorded."""
        self.server.stop()
        self._folder.cleanup()


def trace(
    stack: str, workload: str = "listings", *, requests: int = 20, listings_url: str = ""
) -> list[Handled]:
    """Start a server, trace it once and stop it. Takes and raises what `TracedServer` does."""
    traced = TracedServer(stack, workload, listings_url=listings_url)
    try:
        return traced.trace(requests)
    finally:
        traced.stop()


def find(stack: str, workload: str) -> BenchStack:
    """Return a stack by its name.

    Raises TraceError when it cannot be traced under this workload.
    """
    if stack not in STACKS:
        raise TraceError(f"There is no stack '{stack}'. Choose one of: {', '.join(STACKS)}.")
    if workload not in WORKLOADS_TRACED:
        known = ", ".join(WORKLOADS_TRACED)
        raise TraceError(f"There is no workload '{workload}'. Choose one of: {known}.")
    found = STACKS[stack]
    endpoint = WORKLOADS[WORKLOADS_TRACED[workload].workload].endpoint
    if endpoint not in found.serves:
        serve = [one.name for one in STACKS.values() if endpoint in one.serves]
        raise TraceError(
            f"The stack '{stack}' does not serve the workload '{workload}'. These do: "
            f"{', '.join(serve)}."
        )
    if not is_installed(found):
        raise TraceError(f"The stack '{stack}' is {MISSING}.")
    return found


def wrapped(stack: BenchStack, folder: Path) -> BenchStack:
    """Return a stack that serves the same app and records its requests in a folder.

    Raises TraceError when its command names no Python app.
    """
    words = shlex.split(stack.command)
    places = [place for place, word in enumerate(words) if AN_APP.fullmatch(word)]
    if not places:
        raise TraceError(
            f"The stack '{stack.name}' cannot be traced: its command has no Python app to wrap."
        )
    app = words[places[0]]
    words[places[0]] = WRAPPED
    environment = {**SETTINGS, **stack.environment, APP: app, FOLDER: str(folder)}
    return dataclasses.replace(stack, command=shlex.join(words), environment=environment)


@contextlib.contextmanager
def upstream(workload: str, latency_ms: float = LATENCY_MS) -> Iterator[str]:
    """Run what a workload needs beside the server: give the URL of a listing service, or "".

    It takes so many milliseconds for each answer.
    """
    if workload != "listings":
        yield ""
        return
    with servers.running("listings") as server:
        answer = http.put(server.url + "/behaviour", json={"latency_ms": latency_ms}, timeout=30)
        if answer.status_code != http.codes.ok:
            raise TraceError(f"The listing service cannot take {latency_ms:g} ms for an answer.")
        yield server.url
