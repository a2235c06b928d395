"""Measures one row: a server that runs, a workload, a pinned generator, and the checks."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from lab import servers
from lab.bench import pinning
from lab.bench.declaring import BenchStack
from lab.bench.ledger import read_ledger
from lab.bench.load.ceiling import Ceiling, measure_ceiling
from lab.bench.load.locust_engine import run_locust
from lab.bench.load.plan import Plan
from lab.bench.load.process import run
from lab.bench.load.recording import Recording
from lab.bench.physics import Expected, check_row
from lab.bench.pinning import Cores
from lab.bench.remote import Remote, Running
from lab.bench.results import LoadWorkers, Row
from lab.bench.rows import make_row
from lab.bench.stacks import SETTINGS
from lab.bench.usage import Usage
from lab.bench.workloads import Workload

Engine = Literal["own", "locust"]

START_SECONDS = 120.0
CEILING_SECONDS = 1.0
TIMEOUT = 10.0


@dataclass
class Measurer:
    """How rows are measured in one session. Keeps the ceilings that it has measured.

    `scratch` is a folder for the servers' log files: it stands for {scratch} in their environment.
    """

    cores: Cores = field(default_factory=pinning.choose_cores)
    engine: Engine = "own"
    workers: LoadWorkers = field(default_factory=LoadWorkers)
    owned: Sequence[str] = ()
    seed: int = 0
    scratch: str = ""
    _ceilings: dict[str, Ceiling] = field(default_factory=dict)
    _kinds: dict[str, tuple[Plan, int]] = field(default_factory=dict)

    def start(
        self, stack: BenchStack, workload: Workload, listings_url: str | None = None
    ) -> Running:
        """Return a server for a workload: a fresh one, or the one that runs already."""
        if stack.url:
            return Remote(stack.url)
        return self.start_here(stack, workload, listings_url)

    def start_here(
        self, stack: BenchStack, workload: Workload, listings_url: str | None = None
    ) -> servers.Server:
        """Start a server for a workload, on the server's core. Raises what `servers.start` does."""
        variables = {**SETTINGS, **stack.environment, **workload.environment}
        if listings_url is not None:
            variables["LISTINGS_URL"] = listings_url
        server = servers.start(
            stack,
            environment={
                name: value.replace("{scratch}", self.scratch) for name, value in variables.items()
            },
            timeout=START_SECONDS,
        )
        pinning.pin(server.processes(), self.cores.server)
        return server

    def start_listings(self, milliseconds: float) -> servers.Server:
        """Start the listing service with this latency, beside the generator."""
        stack = servers.STACKS["listings"]
        slow = servers.Stack(
            stack.name, stack.title, f"{stack.command} --latency {milliseconds:g}", stack.ready
        )
        server = servers.start(slow, timeout=START_SECONDS)
        pinning.pin(server.processes(), self.cores.generator)
        return server

    def measure(
        self,
        identity: str,
        stack: BenchStack,
        workload: Workload,
        server: Running,
        *,
        rate: float | None = None,
        seed: int | None = None,
        target_ms: float | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Row:
        """Put the workload on a running server and return the row.

        `target_ms` is what the p99 is to be under, where that is all that is asked.
        """
        plan = workload.plan(server.url, seed=self.seed if seed is None else seed, rate=rate)
        ledger = read_ledger(stack, server, plan.requests[0])
        body = answer_bytes(plan)
        ceiling = self.ceiling(plan, body)
        pinned = pinning.pin(server.processes(), self.cores.server)
        with Usage(server.processes, self.cores.server if pinned else None) as usage:
            recording = self.run(plan)
        processes = server.processes()
        cpu = usage.cores(recording.started, recording.seconds)
        expected = Expected(
            slots=ledger.slots,
            wait_ms=workload.wait_ms,
            body_bytes=body,
            ceiling=None if ceiling is None else ceiling.throughput,
            lossy=workload.lossy,
            cores=1 if pinned else None,
            server_cpu=cpu,
        )
        return make_row(
            identity=identity,
            stack=stack.name,
            title=stack.title,
            workload=workload.name,
            ledger=ledger,
            recording=recording,
            ceiling=ceiling,
            checks=check_row(recording, expected),
            server_cpu=cpu,
            server_memory_mb=usage.memory_mb(),
            target_ms=target_ms,
            details={
                "warm_up": workload.warm_up,
                "server_pinned": pinned,
                "others_on_server_core": usage.others(recording.started, recording.seconds),
                "generator_pinned": recording.generator.core is not None,
                "generator_waited": recording.generator.waiting_share,
                "generator_processes": recording.generator.processes,
                "processes": len(processes),
                "threads_seen": sum(process.num_threads() for process in processes),
                "answer_bytes": body,
                "load_kind": load_kind(plan, body),
                **_slow_ones(recording),
                **(details or {}),
            },
        )

    def ceiling(self, plan: Plan, body: int) -> Ceiling | None:
        """Return what the generator can do with load of this kind, measured before its first row.

        `ceilings_again` measures it after the last one.
        """
        if self.engine != "own":
            return None
        kind = load_kind(plan, body)
        if kind not in self._ceilings:
            self._kinds[kind] = (plan, body)
            self._ceilings[kind] = self._measure_ceiling(plan, body)
        return self._ceilings[kind]

    def ceilings_again(self) -> dict[str, float]:
        """Measure every kind of load once more. Return the throughput of each."""
        return {
            kind: self._measure_ceiling(plan, body).throughput
            for kind, (plan, body) in self._kinds.items()
        }

    def _measure_ceiling(self, plan: Plan, body: int) -> Ceiling:
        return measure_ceiling(
            plan,
            answer_bytes=body,
            seconds=CEILING_SECONDS,
            core=self.cores.generator,
            server_core=self.cores.server,
        )

    def run(self, plan: Plan) -> Recording:
        """Run the load with the session's engine."""
        if self.engine == "locust":
            return run_locust(
                plan,
                workers=self.workers.here,
                remote_workers=self.workers.expected,
                bind=self.workers.bind,
                port=self.workers.port,
                cores=self.cores.load,
                owned=self.owned,
            )
        return run(plan, self.cores.generator, owned=self.owned)


def load_kind(plan: Plan, body: int) -> str:
    """Return what a ceiling depends on: loads of one kind have the same one."""
    size = 1 << max(6, body.bit_length())
    kept = "kept" if plan.keep_alive else "closed"
    return (
        f"{plan.shape.kind} loop, {plan.connections} connections, {kept}, "
        f"{plan.requests[0].method}, answers below {size} bytes"
    )


def answer_bytes(plan: Plan) -> int:
    """Ask once and return how long the answer's body is."""
    parts, request = urlsplit(plan.url), plan.requests[0]
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    with closing(connection):
        headers = {**request.headers, "Connection": "close"}
        connection.request(request.method, request.path, request.body, headers)
        return len(connection.getresponse().read())


def _slow_ones(recording: Recording) -> dict[str, Any]:
    return {} if recording.slow is None else {"slow_clients": recording.slow.model_dump()}
