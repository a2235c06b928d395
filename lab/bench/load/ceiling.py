"""How much the generator itself can do, and whether a recording shows the server or the generator.

The ceiling is what the generator reaches, with the same kind of load, against a server that does
nothing. Measure it in the session whose rows it judges: it moves with the machine and with what
else runs there.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from lab.bench.load.plan import MOST_REQUESTS, Open, Plan
from lab.bench.load.process import run
from lab.bench.load.recording import Recording
from lab.servers import Stack, running

BUSIEST = 0.8  # share of a core
NEAREST = 0.8  # share of the ceiling
LATEST = 0.001  # seconds; below it, lag is what any timer has
LAG_SHARE = 0.1  # of the latency beside it

# An open loop reaches its ceiling when it is asked for more than it can do.
FLOOD = 60_000.0


class Ceiling(BaseModel):
    """What the generator reached against the null server."""

    model_config = ConfigDict(frozen=True)

    throughput: float = Field(description="requests a second")
    cpu_share: float = Field(description="of the generator's core while it did so")
    answer_bytes: int
    seconds: float


def null_server(*, answer_bytes: int = 200, **slow: float) -> Stack:
    """Return the null server as a stack. `slow` are its options: wait, busy, stall_every ..."""
    options = "".join(f" --{name.replace('_', '-')} {value}" for name, value in slow.items())
    return Stack(
        "null",
        "the null server",
        f"python -m lab.bench.load.null_server --port {{port}} --size {answer_bytes}{options}",
        ready="",
    )


def measure_ceiling(
    plan: Plan,
    *,
    answer_bytes: int = 200,
    seconds: float = 1.0,
    core: int | None = None,
    server_core: int | None = None,
) -> Ceiling:
    """Measure what the generator can do with this plan's requests, connections and shape.

    `answer_bytes` is the length of the bodies that the real server answers with. Generator and
    null server are put on these cores, where the system can do that.
    """
    with running(null_server(answer_bytes=answer_bytes)) as server:
        for process in server.processes():
            if server_core is not None and hasattr(process, "cpu_affinity"):
                process.cpu_affinity([server_core])
        recording = run(_flood(plan, server.url, seconds), core)
    return Ceiling(
        throughput=recording.throughput,
        cpu_share=recording.generator.cpu_share,
        answer_bytes=answer_bytes,
        seconds=recording.seconds,
    )


def _flood(plan: Plan, url: str, seconds: float) -> Plan:
    shape = plan.shape
    if isinstance(shape, Open):
        shape = shape.model_copy(update={"rate": max(FLOOD, 2 * shape.rate)})
    changes = {
        "url": url,
        "shape": shape,
        "seconds": seconds,
        "warm_up": 0.3,
        "timeout": 0.5,  # what an open loop could not send is not waited for
        "slow_clients": None,
        "expect": 200,
        "most_requests": MOST_REQUESTS,
    }
    return Plan.model_validate({**dict(plan), **changes})


def generator_bound(
    recording: Recording, ceiling: Ceiling | None, *, target: float = 0.0
) -> tuple[str, ...]:
    """Return why a recording shows the generator and not the server; empty when it does not.

    Without a ceiling, as with another engine, that one reason is not looked at. `target` is the
    latency in seconds that is to be kept, where nothing else is asked of the recording: being late
    makes latencies longer, so it never makes a recording keep a target that the server did not.
    """
    generator, reasons = recording.generator, []
    if generator.cpu_share > BUSIEST:
        reasons.append(
            f"the generator used {generator.cpu_share:.0%} of its core (limit {BUSIEST:.0%})"
        )
    elif generator.cpu_share + (generator.waiting_share or 0) > BUSIEST:
        reasons.append(
            f"the generator used {generator.cpu_share:.0%} of its core and waited for it another "
            f"{generator.waiting_share:.0%} of the time: other programs had it"
        )
    if ceiling is not None:
        reasons += near_ceiling(recording.throughput, ceiling.throughput)
    reasons += _late(recording, target)
    return tuple(reasons)


def near_ceiling(throughput: float, ceiling: float) -> list[str]:
    """Return why a throughput may be the generator's own limit; nothing when it is far from it."""
    if throughput <= NEAREST * ceiling:
        return []
    return [
        f"{throughput:,.0f} requests a second is {throughput / ceiling:.0%} of the {ceiling:,.0f} "
        f"that the generator reaches against a server that does nothing (limit {NEAREST:.0%})"
    ]


def _late(recording: Recording, target: float) -> list[str]:
    lag = recording.generator.lag
    late = lag.at(99) if lag.count else 0.0
    # Of all planned requests: where a server leaves them unanswered, the wait is its own doing, and
    # a lag of milliseconds beside it proves nothing.
    slow = recording.latency_at(99) if recording.planned else 0.0
    if late <= max(LATEST, LAG_SHARE * max(slow, target)):
        return []
    beside = f" and a target of {target * 1000:g} ms" if target else ""
    return [
        f"1 % of the requests started {late * 1000:.1f} ms or more behind the schedule, beside a "
        f"latency (p99) of {slow * 1000:.1f} ms{beside}"
    ]
