"""Sends requests at the same moment, each over a connection of its own, with an id of its own."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lab.bench.load.plan import Request
from lab.bench.load.targets import Target, checked_target

HEAD_START = 0.05  # seconds for the threads to be there before the requests are due
TIMEOUT = 60.0  # seconds for one answer: a server may take the requests one after the other


class AskError(Exception):
    """A request got no good answer. Says which, and what it got."""


@dataclass
class Asked:
    """When the requests were sent, and how many seconds later each answer was there, by id.

    `began` is a time of `time.monotonic()`, a clock that all processes of a computer share.
    """

    began: float
    received: dict[str, float] = field(default_factory=dict)


def ask_together(url: str, requests: Mapping[str, Request], *, expect: int = 200) -> Asked:
    """Send all requests, whose keys are their ids, at the same moment and wait for the answers.

    Raises AskError when one is not answered with the expected status, TargetError for a server
    that is not on this machine.
    """
    target = checked_target(url)
    asked = Asked(time.monotonic() + HEAD_START)
    wrong: list[str] = []

    def ask(identifier: str, request: Request) -> None:
        try:
            status = _exchange(target, asked, identifier, request)
        except (OSError, http.client.HTTPException) as error:
            wrong.append(f"{request.method} {request.path} got no answer: {error!r}")
        else:
            if status != expect:
                wrong.append(f"{request.method} {request.path} got status {status}")

    threads = [threading.Thread(target=ask, args=item, daemon=True) for item in requests.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise AskError(f"{len(wrong)} of {len(requests)} requests failed: {wrong[0]}")
    return asked


def _exchange(target: Target, asked: Asked, identifier: str, request: Request) -> int:
    connection = http.client.HTTPConnection(target.address, target.port, timeout=TIMEOUT)
    try:
        time.sleep(max(0.0, asked.began - time.monotonic()))
        headers = {**request.headers, "X-Request-ID": identifier, "Connection": "close"}
        connection.request(request.method, request.path, request.body or None, headers)
        with connection.getresponse() as response:
            response.read()
            asked.received[identifier] = time.monotonic() - asked.began
            return response.status
    finally:
        connection.close()


def numbered(requests: Sequence[Request], count: int, name: str) -> dict[str, Request]:
    """Return so many requests, in turn, each with an id."""
    return {f"{name}-{number}": requests[number % len(requests)] for number in range(count)}
