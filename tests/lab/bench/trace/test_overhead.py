"""What tracing costs: a ratio by pairs, in throughput and in processor time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from lab import servers
from lab.bench.stacks import STACKS
from lab.bench.trace import overhead
from lab.bench.trace.overhead import measure_overhead


@contextmanager
def no_server(stack: servers.Stack) -> Iterator[SimpleNamespace]:
    traced = stack.command != STACKS["fastapi"].command
    yield SimpleNamespace(url=f"{stack.name} {traced}", traced=traced, processes=list)


def test_both_ratios_are_of_the_traced_stack_to_the_plain_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drift = iter(range(1, 100))

    def half(server: SimpleNamespace, *_: object) -> overhead._Half:
        slower = 1 + next(drift) // 2 / 1000  # a machine that gets a little slower
        rate, processor = (900, 0.0012) if server.traced else (1000, 0.001)
        return overhead._Half(rate / slower, processor)

    monkeypatch.setattr(overhead, "_half", half)
    monkeypatch.setattr(servers, "running", no_server)
    found = measure_overhead(STACKS["fastapi"], pairs=6)
    assert found.throughput.estimate == pytest.approx(0.9, rel=0.01)
    assert found.processor is not None
    assert found.processor.estimate == pytest.approx(1.2)


def test_it_is_measured_live(long_form: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not long_form:
        pytest.skip("starts two servers: --long")
    monkeypatch.setattr(overhead, "SECONDS", 0.3)
    found = measure_overhead(STACKS["fastapi"], pairs=2)
    assert found.throughput.estimate > 0
    assert found.processor is not None
