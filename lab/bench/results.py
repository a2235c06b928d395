"""The results file of `lab bench`: what was measured, on what, and what follows from it.

One file holds one session on one machine. Everything that a report says is in it, so a report can
be made again from the file alone, and a class's files can be pooled. `results.schema.json` in docs/
is made from these classes. Times are in milliseconds, rates in requests a second, memory in
megabytes (10^6 bytes) unless the name says otherwise.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT: Final = 1

Validity = Literal["valid", "invalid", "generator-bound"]
Verdict = Literal["faster", "slower", "equivalent", "undecided", "invalid"]
Metric = Literal["throughput", "latency_p50", "latency_p99"]


class Part(BaseModel):
    """What all parts of a results file have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Environment(Part):
    """The machine and what ran on it, as far as it can bear on a figure."""

    machine: str = Field(
        description="A label for the machine; a random one unless the user names it."
    )
    cpu: str
    cores: int = Field(description="Logical cores that this process may use.")
    governor: str | None = Field(
        description="Frequency governor of the cores, where it can be read."
    )
    memory_mb: int
    system: str = Field(description="Operating system and kernel release.")
    virtual: str | None = Field(
        description="Kind of virtual machine or container, where it is known."
    )
    python: str
    packages: dict[str, str] = Field(description="Versions of what serves, parses and measures.")
    load_before: float = Field(description="Load average over a minute before the first row.")
    server_core: int | None = Field(description="The core that servers were pinned to, or null.")
    generator_core: int | None = None
    commit: str | None = Field(
        default=None, description="The project's commit; + for changed files."
    )


class Ledger(Part):
    """The settings of a stack that decide what a comparison compares."""

    known: bool = Field(
        default=True,
        description="False for a server that was not started here: only keep_alive was seen, and "
        "the other settings are unknown.",
    )
    server: str = Field(description="Server and version.")
    framework: str
    interface: Literal["WSGI", "ASGI", "none", "unknown"]
    workers: int | None = Field(description="Worker processes; null where that is unknown.")
    threads: int | None = Field(description="Threads a worker; null where the app is asynchronous.")
    slots: int | None = Field(
        description="Requests that can wait for an upstream at once, over all workers; null where "
        "nothing but memory bounds them."
    )
    keep_alive: bool
    event_loop: str | None
    http_parser: str
    json_library: str
    validation: str
    access_log: str
    model: str = Field(default="the project's", description="What computes the prices.")
    python: str


class Latency(Part):
    """How long answers took, in milliseconds from when each request was meant to be sent."""

    count: int
    mean: float
    p50: float
    p90: float
    p99: float
    p999: float
    longest: float
    hdr: str = Field(description="The whole histogram of microseconds, as HDR histogram V2 text.")


class Check(Part):
    """A law that a row must obey whatever the servers do."""

    name: str
    expected: str
    found: str
    held: bool


class Row(Part):
    """One run of one stack under one load."""

    id: str
    stack: str
    title: str
    workload: str
    engine: Literal["open-loop", "closed-loop", "locust"]
    ledger: Ledger
    started_at: str = Field(description="ISO 8601, UTC.")
    seconds: float = Field(description="Length of the measured part.")
    connections: int
    offered: float | None = Field(
        description="Requests a second that were scheduled; null in a closed loop."
    )
    planned: int = Field(
        description="Requests that were to start in the measured part. Each is good, an error or "
        "unanswered: these three add up to it."
    )
    sent: int
    answered: int
    good: int = Field(description="Answers with the expected status.")
    errors: dict[str, int] = Field(
        description="By kind: refused, reset, cut, timeout, status-503 ..."
    )
    unanswered: int = Field(description="Still in flight or queued when the time was up.")
    throughput: float = Field(description="Good answers a second.")
    latency: Latency | None = Field(description="Of good answers; null when there was none.")
    service: Latency | None = Field(description="From when each request was really sent.")
    in_flight: float = Field(description="Mean number of requests between sending and answer.")
    bytes_received: int | None = Field(description="Null with Locust, which does not tell.")
    connections_opened: int | None = Field(description="Null with Locust, which does not tell.")
    generator_cpu: float = Field(description="Share of its core, 0 to 1.")
    ceiling: float | None = Field(description="What the generator reached against a null server.")
    server_cpu: float | None = Field(description="Cores that the server's processes used, mean.")
    server_memory_mb: float | None = Field(
        description="Memory that only the server's processes hold, after the load."
    )
    checks: list[Check]
    validity: Validity
    why: str = Field(default="", description="Why the row is not valid.")
    details: dict[str, Any] = Field(
        default_factory=dict, description="What one workload alone has."
    )


class Interval(Part):
    """An estimate with its 95 % interval."""

    estimate: float
    low: float
    high: float


class Comparison(Part):
    """One question, the pairs that were measured for it, and the verdict."""

    id: str = Field(
        description="workload/first/second, and for another metric than throughput /metric: "
        "predict-one/fastapi/flask, listings-50/fastapi/flask/latency_p99."
    )
    question: str
    workload: str
    metric: Metric
    first: str
    second: str
    pairs: list[tuple[str, str]] = Field(description="Ids of the rows of each pair: first, second.")
    control: list[tuple[str, str]] = Field(
        description="Ids of the rows of each A/A pair: the first stack, same schedule."
    )
    margin: float = Field(description="Differences up to this share count as none: 0.05 is 5 %.")
    ratio: Interval | None = Field(
        description="How many times as fast the first is: above 1 it is faster, whatever the "
        "metric. Of throughput first over second, of latency second over first. Null when there "
        "are fewer than two valid pairs, or a stack had no good answer in one of them."
    )
    noise: Interval | None = Field(description="The same for the A/A pairs: should hold 1.")
    detectable: float | None = Field(
        description="Smallest true difference that would probably be seen."
    )
    verdict: Verdict
    why: str = Field(description="The verdict in a sentence.")
    more_pairs: int | None = Field(
        default=None, description="When undecided: how many more it takes."
    )
    unequal: list[str] = Field(description="Settings that differ and are not what is compared.")


class Knee(Part):
    """The highest rate that a stack sustains, as one sweep of rates has found it."""

    stack: str
    workload: str
    sweep: int = Field(default=1, description="Which sweep of this stack: a claim needs several.")
    target_ms: float = Field(description="p99 must stay under this.")
    points: list[str] = Field(description="Ids of the rows, by rising rate.")
    rate: float | None = Field(description="Null when no rate was sustained.")
    failed: float | None = Field(
        default=None, description="The lowest rate that failed, twice; null when none did."
    )
    bounded: bool = Field(description="Whether a higher rate was tried and failed.")
    why: str


class Layer(Part):
    """What one more layer costs, paired against the one below it."""

    name: str
    below: str | None
    interface: Literal["WSGI", "ASGI"]
    throughput: float
    microseconds: float = Field(
        description="Processor time of the server for a request; where it cannot be seen, what "
        "one core has for each."
    )
    ratio: Interval | None = Field(description="Throughput over that of the layer below.")
    rows: list[str]


class Omission(Part):
    """Coordinated omission, shown: the same stalling server under both loops."""

    stall_seconds: float
    every_seconds: float
    closed_p99: float
    open_p99: float
    rows: tuple[str, str]


class Outcome(Part):
    """What this session says of one claim of the course notes."""

    claim: str
    verdict: Literal["holds", "does not hold", "depends", "undecided", "not measured"]
    interval: Interval | None
    why: str
    comparisons: list[str]


class LoadWorkers(Part):
    """Locust's processes: some here, and those that others start on this or another machine."""

    here: int = 2
    expected: int = Field(default=0, description="Workers that are started elsewhere, by hand.")
    bind: str = Field(default="127.0.0.1", description="The address at which the master waits.")
    port: int | None = Field(default=None, description="Null: a free one for each row.")

    @property
    def all_of_them(self) -> int:
        """How many there are together."""
        return self.here + self.expected


class Results(Part):
    """A session."""

    format: Literal[1] = FORMAT
    mode: Literal["quick", "default", "full"]
    seed: int
    command: str
    started_at: str
    finished_at: str | None = Field(
        description="Null while it is not finished: `--resume` goes on."
    )
    environment: Environment
    engine: Literal["own", "locust"] = "own"
    load_workers: LoadWorkers | None = Field(default=None, description="With Locust.")
    stacks: list[str] = Field(default=[], description="Those asked for; empty: the mode's.")
    workloads: list[str] = Field(default=[], description="Those asked for; empty: the mode's.")
    pairs: int | None = Field(default=None, description="Those asked for; null: the mode's.")
    rows: list[Row]
    comparisons: list[Comparison] = []
    knees: list[Knee] = []
    layers: list[Layer] = []
    omission: Omission | None = None
    outcomes: list[Outcome] = []
    notes: list[str] = Field(default=[], description="What could not be done here, in sentences.")
