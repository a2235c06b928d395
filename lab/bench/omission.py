"""Coordinated omission, shown: a server that stalls one second in ten, under both loops.

The closed loop asks nothing while it waits, so of a whole stall it sees one slow request on each
connection. The open loop sees every request that should have been sent meanwhile.
"""

from __future__ import annotations

from lab import servers
from lab.bench import pinning
from lab.bench.load.ceiling import null_server
from lab.bench.load.plan import Closed, Open, Plan
from lab.bench.load.process import run
from lab.bench.measuring import Measurer
from lab.bench.physics import Expected, check_row
from lab.bench.results import Ledger, Omission, Row
from lab.bench.rows import make_row
from lab.bench.session import Session

EVERY, STALL = 10.0, 1.0  # seconds
WAIT = 0.01  # seconds that each answer takes
CONNECTIONS = 4
RATE = 200.0
BODY = 200


def show_omission(
    measurer: Measurer, session: Session, *, every: float = EVERY, stall: float = STALL
) -> None:
    """Measure both loops against the same stalling server, and keep rows and figures.

    A row that is not valid is kept and named, and gives no figure.
    """
    stack = null_server(answer_bytes=BODY, wait=WAIT, stall_every=every, stall_for=stall)

    def measured(name: str, shape: Closed | Open, connections: int) -> Row:
        row = session.rows.get(f"omission-{name}")
        if row is None:
            row = _measure(name, shape, connections, stack, measurer, every)
            session.add(row)
        return row

    closed = measured("closed", Closed(), CONNECTIONS)
    opened = measured("open", Open(rate=RATE), 64)
    for row in (closed, opened):
        if row.validity != "valid":
            session.note(f"No coordinated omission: {row.id} is {row.validity}: {row.why}.")
            return
    assert closed.latency is not None  # a valid row has answers
    assert opened.latency is not None
    session.put_omission(
        Omission(
            stall_seconds=stall,
            every_seconds=every,
            closed_p99=closed.latency.p99,
            open_p99=opened.latency.p99,
            rows=(closed.id, opened.id),
        )
    )


def _measure(
    name: str,
    shape: Closed | Open,
    connections: int,
    stack: servers.Stack,
    measurer: Measurer,
    every: float,
) -> Row:
    with servers.running(stack) as server:
        pinned = pinning.pin(server.processes(), measurer.cores.server)
        plan = Plan(url=server.url, shape=shape, seconds=every, connections=connections, timeout=5)
        recording = run(plan, measurer.cores.generator)
    return make_row(
        identity=f"omission-{name}",
        stack="stalling",
        title=f"a server that stalls, {name} loop",
        workload="omission",
        ledger=LEDGER,
        recording=recording,
        ceiling=None,
        checks=check_row(recording, Expected(wait_ms=WAIT * 1000, body_bytes=BODY)),
        server_cpu=None,
        server_memory_mb=None,
        details={"server_pinned": pinned},
    )


LEDGER = Ledger(
    server="the lab's null server",
    framework="none",
    interface="none",
    workers=1,
    threads=None,
    slots=None,
    keep_alive=True,
    event_loop="uvloop",
    http_parser="none",
    json_library="none",
    validation="none",
    access_log="none",
    model="none",
    python="as the lab's",
)
