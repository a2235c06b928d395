"""Real servers, traced: who overlaps with whom does not depend on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from lab.bench.declaring import is_installed
from lab.bench.stacks import STACKS, THREADS
from lab.bench.trace.lanes import Handled, at_once, blocked, waiting_at_once
from lab.bench.trace.run import TraceError, find, trace, upstream, wrapped

REQUESTS = 12
LATENCY_MS = 100  # long beside what a busy machine adds


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with upstream("listings", LATENCY_MS) as found:
        yield found


def listings(stack: str, url: str) -> list[Handled]:
    found = trace(stack, "listings", requests=REQUESTS, listings_url=url)
    assert [one.number for one in found] == list(range(1, REQUESTS + 1))
    assert all(one.start <= one.end for one in found)
    # The upstream took at least that long, and every request has waited for it.
    waited = [max(end - start for start, end in one.of("waits")) for one in found]
    assert min(waited) >= LATENCY_MS / 1000 * 0.9
    return found


def test_a_sync_worker_handles_one_request_at_a_time(url: str) -> None:
    found = listings("flask-sync", url)
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
    assert len({(one.process, one.thread) for one in found}) == 1


def test_threads_overlap_up_to_their_number(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THREADS", "1")  # the reader's own: the lane would be called "8 threads"
    found = listings("flask", url)
    assert 2 <= at_once(found) <= THREADS
    assert len({one.process for one in found}) == 1
    # On a busy machine a thread may be free again before the last one is started.
    assert 2 <= len({one.thread for one in found}) <= THREADS
    assert blocked(found) == []  # a thread that waits keeps nobody from an event loop


def test_an_event_loop_overlaps_waits_in_one_thread(url: str) -> None:
    found = listings("fastapi", url)
    assert waiting_at_once(found) > 2
    assert len({one.thread for one in found}) == 1
    assert len({one.task for one in found}) == REQUESTS
    assert blocked(found) == []
    # No two hold the loop at the same moment.
    held = sorted(span for one in found for span in one.of("runs"))
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(held))


def test_a_blocking_call_in_a_coroutine_holds_everybody_up() -> None:
    found = trace("async-blocking", "blocking", requests=6)
    assert len(blocked(found)) == 6
    assert at_once(found) == 1
    held = sorted(span for one in found for span in one.of("blocks"))
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(held))


def test_a_blocking_call_in_a_thread_holds_nobody_up() -> None:
    found = trace("thread-pool", "blocking", requests=6)
    assert blocked(found) == []
    assert waiting_at_once(found) > 1


def test_any_stack_can_be_traced(url: str, long_form: bool) -> None:
    if not long_form:
        pytest.skip("starts every server: --long does")
    for stack in STACKS.values():
        if stack.interface != "none" and "listings" in stack.serves and is_installed(stack):
            listings(stack.name, url)


@pytest.mark.parametrize(
    ("stack", "workload", "says"),
    [
        ("nginx", "listings", "There is no stack 'nginx'"),
        ("fastapi", "ping", "There is no workload 'ping'"),
        ("bare-wsgi", "listings", "does not serve the workload 'listings'. These do: flask,"),
    ],
)
def test_what_cannot_be_traced_is_said(stack: str, workload: str, says: str) -> None:
    with pytest.raises(TraceError, match=says):
        find(stack, workload)


def test_every_stack_of_a_python_app_can_be_wrapped(tmp_path: Path) -> None:
    for stack in STACKS.values():
        if stack.interface == "none":
            with pytest.raises(TraceError, match="no Python app to wrap"):
                wrapped(stack, tmp_path)
        else:
            changed = wrapped(stack, tmp_path)
            assert changed.environment["LAB_TRACE_APP"] in stack.command
            assert changed.environment["LAB_TRACE_APP"] not in changed.command
