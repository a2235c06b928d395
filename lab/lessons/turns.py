"""Time the same request to several servers, in turns."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Mapping
from typing import Any

import requests

WARM_UP = 10  # requests to each server before the clock starts: first ones are always slower
TIMEOUT = 10  # seconds


def time_in_turns(
    urls: Mapping[str, str], body: Mapping[str, Any], *, each: int = 200
) -> dict[str, list[float]]:
    """Post the same JSON body to each URL `each` times and return the times, in milliseconds.

    One request at a time, in random order, so that whatever else slows the computer down for a
    moment hits all servers alike. Each server is asked over one connection that stays open. A time
    runs from before the request until its answer has been read, so the client's own work is in it.

    Raises requests.RequestException when a server does not answer, or answers with an error.
    """
    turns = [name for name in urls for _ in range(each)]
    random.shuffle(turns)
    milliseconds: dict[str, list[float]] = {name: [] for name in urls}
    with contextlib.ExitStack() as stack:
        sessions = {name: stack.enter_context(requests.Session()) for name in urls}
        for name in urls:
            for _ in range(WARM_UP):
                sessions[name].post(urls[name], json=body, timeout=TIMEOUT).raise_for_status()
        for name in turns:
            started = time.perf_counter()
            answer = sessions[name].post(urls[name], json=body, timeout=TIMEOUT)
            milliseconds[name].append((time.perf_counter() - started) * 1000)
            answer.raise_for_status()
    return milliseconds
