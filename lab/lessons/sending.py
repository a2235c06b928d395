"""Send requests at planned moments, whether or not earlier ones have been answered."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

HOST = "127.0.0.1"
MOST = 200  # requests in one plan: each has a thread of its own
HEAD_START = 0.05  # seconds for the threads to be there before the first request is due
TIMEOUT = 10.0  # seconds for one answer


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. The times are in seconds from the begin of the plan."""

    url: str
    sent: float
    received: float
    status: int
    body: bytes

    @property
    def waited(self) -> float:
        """Return how many milliseconds the client waited."""
        return (self.received - self.sent) * 1000


@dataclass(frozen=True)
class Sent:
    """What came of a plan: its exchanges in the planned order, and the clock when it began.

    `began` is a time of `time.monotonic()`, a clock that all processes of a computer share. So
    times that a server of this computer reports can be put beside the client's.
    """

    began: float
    exchanges: list[Exchange]


def send_at(plan: Sequence[tuple[float, str]]) -> Sent:
    """Send a GET request for each (seconds, URL), so many seconds after the begin.

    Each goes over a connection of its own, from a thread of its own: none waits for another.

    Raises:
        ValueError: a URL is not on this computer, or the plan has more than 200 requests.
        OSError: a request got no answer within ten seconds.
    """
    if len(plan) > MOST:
        raise ValueError(f"{len(plan)} requests are too many: at most {MOST} have a thread each")
    for _, url in plan:
        require_local(url)
    began = time.monotonic() + HEAD_START
    done: dict[int, Exchange | Exception] = {}

    def send(number: int, at: float, url: str) -> None:
        try:
            done[number] = _exchange(began, at, url)
        except (OSError, http.client.HTTPException) as error:
            done[number] = error

    threads = [
        threading.Thread(target=send, args=(number, at, url), daemon=True)
        for number, (at, url) in enumerate(plan)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    exchanges = []
    for number, (_, url) in enumerate(plan):
        found = done[number]
        if isinstance(found, Exception):
            raise OSError(f"no answer from {url}: {found!r}") from found
        exchanges.append(found)
    return Sent(began, exchanges)


def require_local(url: str) -> None:
    """Raise ValueError for a URL that is not on this computer: nobody else is put under load."""
    if urlsplit(url).hostname != HOST:
        raise ValueError(f"{url} is not on this computer ({HOST}): only that is put under load")


def _exchange(began: float, at: float, url: str) -> Exchange:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    connection = http.client.HTTPConnection(HOST, parts.port or 80, timeout=TIMEOUT)
    try:
        time.sleep(max(0.0, began + at - time.monotonic()))
        sent = time.monotonic()
        connection.request("GET", path, headers={"Connection": "close"})
        with connection.getresponse() as response:
            body = response.read()
            received = time.monotonic()
            return Exchange(url, sent - began, received - began, response.status, body)
    finally:
        connection.close()
