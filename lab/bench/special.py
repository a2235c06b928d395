"""Two workloads that are not a plain load: a cold start, and a stop in the middle of the load."""

from __future__ import annotations

import http.client
import os
import re
import signal
import threading
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import psutil

from lab import servers
from lab.bench import pinning
from lab.bench.declaring import BenchStack
from lab.bench.ledger import read_ledger
from lab.bench.load.histogram import Distribution
from lab.bench.load.plan import Request
from lab.bench.load.recording import Recording
from lab.bench.measuring import Measurer
from lab.bench.physics import Expected, check_row
from lab.bench.results import Check, Row
from lab.bench.rows import judge, latency_of, make_row
from lab.bench.workloads import Workload

TIMEOUT = 60.0
LOGGED = re.compile(r"/price 200\b")  # the app's own line of a request that it has answered
LOOK = 0.05  # seconds between two looks at the log
CREATED_STEP = 0.02  # seconds: so exactly the system knows when a process began


def measure_cold_start(
    identity: str,
    stack: BenchStack,
    workload: Workload,
    measurer: Measurer,
    details: Mapping[str, Any],
) -> Row:
    """Start a server and ask it once. The row's latency is from its begin to its first answer."""
    request = workload.requests()[0]
    with pinning.on_core(measurer.cores.server):  # from its first instruction
        server = measurer.start_here(stack, workload)
    try:
        answered = ask(server.url, request)
        seconds = max(age(psutil.Process(server.pid)), CREATED_STEP)
        begun = time.time() - seconds
        checks = [
            Check(
                name="answers",
                expected=f"status {workload.expect}",
                found=f"status {answered[0]}",
                held=answered[0] == workload.expect,
            )
        ]
        validity, why = judge(checks, ())
        times = latency_of(Distribution.of([seconds]))
        return Row(
            id=identity,
            stack=stack.name,
            title=stack.title,
            workload=workload.name,
            engine="closed-loop",
            ledger=read_ledger(stack, server, request),
            started_at=datetime.fromtimestamp(begun, UTC).isoformat(timespec="seconds"),
            seconds=seconds,
            connections=1,
            offered=None,
            planned=1,
            sent=1,
            answered=1,
            good=int(checks[0].held),
            errors={} if checks[0].held else {f"status-{answered[0]}": 1},
            unanswered=0,
            throughput=1 / seconds,
            latency=times,
            service=times,
            in_flight=1,
            bytes_received=answered[1],
            connections_opened=1,
            generator_cpu=0,
            ceiling=None,
            server_cpu=None,
            server_memory_mb=None,
            checks=checks,
            validity=validity,
            why=why,
            details=dict(details),
        )
    finally:
        server.stop(grace=1)


def age(process: psutil.Process) -> float:
    """Return for how many seconds a process has been there.

    Linux counts its processes' begins from its own start, of which it knows the time of day only to
    the whole second: so there the time of day is left out.
    """
    begun = process.create_time()
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME) - (begun - psutil.boot_time())
    return time.time() - begun


def ask(url: str, request: Request) -> tuple[int, int]:
    """Ask once. Return the status, and how many bytes the body has."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    with closing(connection):
        connection.request(request.method, request.path, request.body, request.headers)
        answer = connection.getresponse()
        return answer.status, len(answer.read())


def measure_stop(
    identity: str,
    stack: BenchStack,
    workload: Workload,
    measurer: Measurer,
    listings_url: str | None,
    details: Mapping[str, Any],
) -> Row:
    """Send SIGTERM in the middle of the load.

    What the server has begun and its client never had is counted as lost, in the row's details: a
    finding, and no reason to throw the row away.
    """
    server = measurer.start_here(stack, workload, listings_url)
    try:
        plan = workload.plan(server.url)
        ledger = read_ledger(stack, server, plan.requests[0])
        before = _logged_at_rest(server)
        asked: list[float] = []
        over = threading.Event()
        stopper = threading.Thread(
            target=_stop_in_the_middle,
            args=(server, before, plan.seconds / 2, asked, over),
            daemon=True,
        )
        stopper.start()
        try:
            recording = measurer.run(plan)
        finally:
            over.set()
            stopper.join()
        _wait_for_end(server)
        ended = time.monotonic()
    finally:
        server.stop(grace=1)
    logged = _logged(server) - before
    checks = check_row(recording, Expected(wait_ms=workload.wait_ms, lossy=True))
    if stack.access_log != "none":
        checks += [_delivered(recording, logged), _in_the_middle(recording)]
    lost = sum(count for kind, count in recording.errors.items() if kind != "refused")
    return make_row(
        identity=identity,
        stack=stack.name,
        title=stack.title,
        workload=workload.name,
        ledger=ledger,
        recording=recording,
        ceiling=None,
        checks=checks,
        server_cpu=None,
        server_memory_mb=None,
        details={
            **details,
            "answered_by_server": logged,
            "lost": lost + recording.unanswered,
            "refused": recording.errors.get("refused", 0),
            "seconds_to_end": ended - asked[0] if asked else None,
        },
    )


def _delivered(recording: Recording, logged: int) -> Check:
    return Check(
        name="delivered",
        # Fewer are a finding, counted as lost; more would be a mistake of ours.
        expected=f"at most the {logged:,} answers that the server has logged",
        found=f"{recording.good:,}",
        held=recording.good <= logged,
    )


def _in_the_middle(recording: Recording) -> Check:
    return Check(
        name="in the middle",
        expected="answers before the stop, and refusals after it",
        found=f"{recording.good:,} and {recording.errors.get('refused', 0):,}",
        held=recording.good > 0 and recording.errors.get("refused", 0) > 0,
    )


def _stop_in_the_middle(
    server: servers.Server, before: int, wait: float, asked: list[float], over: threading.Event
) -> None:
    """Send SIGTERM so many seconds after the first answer of the load."""
    while _logged(server) <= before:  # the generator needs a while to start
        if over.wait(LOOK):
            return
    if not over.wait(wait):
        asked.append(time.monotonic())
        with suppress(OSError):
            os.kill(server.pid, signal.SIGTERM)


def _wait_for_end(server: servers.Server) -> None:
    deadline = time.monotonic() + TIMEOUT
    while server.is_alive() and time.monotonic() < deadline:
        time.sleep(LOOK)


def _logged_at_rest(server: servers.Server) -> int:
    """Count once no more lines come: an app may write its line after its answer has arrived."""
    count = -1
    while (now := _logged(server)) != count:
        count = now
        time.sleep(LOOK)
    return count


def _logged(server: servers.Server) -> int:
    return sum(bool(LOGGED.search(line)) for line in server.lines())
