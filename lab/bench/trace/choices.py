"""What can be traced: light to import, because every `lab` command reads its options' names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_REQUESTS: Final = 200  # each has a thread of its own
LATENCY_MS: Final = 50.0
MOST_LATENCY_MS: Final = 2_000.0  # of the listing service


@dataclass(frozen=True)
class Traceable:
    """What can be asked of a traced stack: a workload of the lab, and the stacks to begin with."""

    workload: str
    title: str
    stacks: tuple[str, ...]


WORKLOADS_TRACED: Final = {
    "listings": Traceable(
        "listings-50",
        "{count} requests that ask a listing service",
        ("flask-sync", "flask", "fastapi"),
    ),
    "predict": Traceable(
        "predict-one", "{count} requests that compute a price", ("flask-sync", "flask", "fastapi")
    ),
    "blocking": Traceable(
        "blocking",
        "{count} requests that wait 50 ms",
        ("async-blocking", "async-awaiting", "thread-pool"),
    ),
}
