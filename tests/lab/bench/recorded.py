"""Real pairs, recorded once: `python -m tests.lab.bench.recorded` measures and writes them.

Two servers that do the same, and one that was told to do 10 % more work for each request, take
turns in random order. The work is a wait of known length, so that the 10 % are 10 % on any machine.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import islice, repeat
from pathlib import Path

from lab import servers
from lab.bench.load.ceiling import null_server
from lab.bench.load.generator import generate
from lab.bench.load.plan import Plan
from lab.bench.load.targets import checked_target

FILE = Path(__file__).with_name("recorded.json")
BUSY = {"first": 0.01, "again": 0.01, "slower": 0.011}  # seconds of each request
BLOCKS = 60
SECONDS = 1.5

Block = dict[str, float]


def recorded() -> list[Block]:
    """Return the throughput of each server, block by block."""
    blocks: list[Block] = json.loads(FILE.read_text(encoding="utf-8"))["blocks"]
    return blocks


@contextmanager
def measuring(seconds: float, busy: Mapping[str, float]) -> Iterator[Iterator[Block]]:
    """Start a server for each role, and measure block after block for as long as is asked."""
    order = random.Random(1)
    with ExitStack() as stack:
        urls = {
            role: stack.enter_context(servers.running(null_server(busy=each))).url
            for role, each in busy.items()
        }
        yield (
            {role: throughput(urls[role], seconds) for role in order.sample(list(urls), len(urls))}
            for _ in repeat(None)
        )


def record(blocks: int, seconds: float) -> list[Block]:
    """Measure that many blocks."""
    with measuring(seconds, BUSY) as measured:
        return list(islice(measured, blocks))


def throughput(url: str, seconds: float) -> float:
    """Return how many requests a second a server answers in a closed loop."""
    plan = Plan(url=url, seconds=seconds, warm_up=0.05, connections=2)
    return generate(plan, checked_target(url)).check().throughput


def main() -> None:
    """Measure and write."""
    document = {
        "what": "throughput of two equal servers and of one that works 10 % longer, by block",
        "recorded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "blocks": record(BLOCKS, SECONDS),
    }
    FILE.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE}\n")


if __name__ == "__main__":
    main()
