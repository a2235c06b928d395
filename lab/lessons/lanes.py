"""Who handled which request, and when: asked of an app that tells in its answers.

`lab trace` finds out of any server without being told; its drawing serves here as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from lab.bench.trace.drawing import describe_lanes, draw_lanes, lanes_table
from lab.bench.trace.lanes import Handled
from lab.lessons.sending import send_at

__all__ = ["ask_at_once", "ask_in_turns", "describe_lanes", "draw_lanes", "lanes_table"]


def ask_at_once(url: str, *, requests: int = 20) -> list[Handled]:
    """Send that many requests at the same moment and return what the server reports of each.

    The server must answer with JSON of its `process`, `thread`, `start` and `end`, the last two
    read from `time.monotonic()`, a clock that all processes of a computer share.
    """
    sent = send_at([(0.0, url)] * requests)
    reports = [(json.loads(exchange.body), exchange) for exchange in sent.exchanges]
    reports.sort(key=lambda pair: float(pair[0]["start"]))
    return [
        Handled(
            number,
            int(report["process"]),
            int(report["thread"]),
            float(report["start"]) - sent.began,
            float(report["end"]) - sent.began,
            exchange.received,
        )
        for number, (report, exchange) in enumerate(reports, start=1)
    ]


def ask_in_turns(
    urls: Mapping[str, str], *, requests: int = 20, rounds: int = 3
) -> dict[str, list[Handled]]:
    """Do the same for several URLs in turns, and return of each its middle round.

    That is the one whose last answer came neither early nor late among its rounds: a moment in
    which the computer was busy with something else decides nothing.
    """
    done: dict[str, list[list[Handled]]] = {name: [] for name in urls}
    for _ in range(rounds):
        for name, url in urls.items():
            done[name].append(ask_at_once(url, requests=requests))
    return {name: sorted(each, key=_last_answer)[rounds // 2] for name, each in done.items()}


def _last_answer(handled: list[Handled]) -> float:
    return max(one.received for one in handled)
