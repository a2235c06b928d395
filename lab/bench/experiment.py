"""An experiment: one workload, several stacks, measured in blocks that hold each of them once."""

from __future__ import annotations

import http.client
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from lab import servers
from lab.bench.comparing import STACK_ITSELF, Asked, compare
from lab.bench.declaring import MISSING, BenchStack, is_installed, prepare
from lab.bench.load.process import LoadError
from lab.bench.measuring import Measurer
from lab.bench.progress import ROW_OVERHEAD, Progress
from lab.bench.remote import Running
from lab.bench.results import Metric
from lab.bench.schedule import AGAIN, block_order, roles
from lab.bench.session import Session
from lab.bench.special import measure_cold_start, measure_stop
from lab.bench.workloads import Workload

AT_ONCE = 2  # servers that start at the same time
# A server that breaks off or does not answer, a generator that fails: it may not happen again.
PASSING = (LoadError, OSError, http.client.HTTPException)
MOST_BROKEN = 2  # blocks, and the experiment is given up


@dataclass(frozen=True)
class Experiment:
    """The first stack is compared with each of the others. `compared` is what may differ.

    With `control`, each block has the first stack twice: that is the A/A pair.
    """

    workload: Workload
    stacks: tuple[BenchStack, ...]
    blocks: int = 6
    metrics: tuple[Metric, ...] = ("throughput",)
    compared: Collection[str] = STACK_ITSELF
    name: str = ""
    control: bool = True

    @property
    def identity(self) -> str:
        """The experiment's name: the workload's unless it has one of its own."""
        return self.name or self.workload.name

    @property
    def block_seconds(self) -> float:
        """How long one block should take."""
        row = self.workload.warm_up + self.workload.seconds + ROW_OVERHEAD
        return row * len(self.roles(self.stacks))

    @property
    def total_seconds(self) -> float:
        """How long all blocks should take."""
        return self.block_seconds * self.blocks

    def roles(self, stacks: Sequence[BenchStack]) -> list[str]:
        """Return what each block measures when it has these stacks."""
        return roles([stack.name for stack in stacks], control=self.control)

    def asked(self) -> list[Asked]:
        """Return the comparisons that the experiment makes."""
        first, *others = self.stacks
        return [
            Asked(
                workload=self.workload.name,
                workload_title=self.workload.title[0].upper() + self.workload.title[1:],
                first=first.name,
                first_title=first.title,
                second=other.name,
                second_title=other.title,
                metric=metric,
                compared=self.compared,
            )
            for other in others
            for metric in self.metrics
        ]


def run_experiment(
    experiment: Experiment, measurer: Measurer, session: Session, progress: Progress
) -> None:
    """Measure what is not measured yet, block by block, and keep rows and comparisons.

    What cannot be measured here is noted in the results. When it is interrupted, what was measured
    is kept. A block that fails is left out; the second one that does ends the experiment.
    """
    stacks = available(experiment.stacks, session)
    if experiment.stacks[0] not in stacks:
        progress.skip(experiment.total_seconds)
        return
    with ExitStack() as ending:
        ending.callback(keep_comparisons, experiment, session)
        url = None
        if experiment.workload.upstream_ms is not None:
            listings = measurer.start_listings(experiment.workload.upstream_ms)
            ending.callback(listings.stop, grace=1)
            url = listings.url
        broken = 0
        for block in range(1, experiment.blocks + 1):
            if block in session.blocks(experiment.identity):
                progress.skip(experiment.block_seconds)
            elif not progress.has_time_for(experiment.block_seconds):
                session.note(
                    f"{experiment.identity}: {block - 1} of {experiment.blocks} blocks fitted into "
                    "the time."
                )
                progress.skip(experiment.block_seconds * (experiment.blocks - block + 1))
                return
            else:
                try:
                    stacks = _run_block(experiment, stacks, block, measurer, session, progress, url)
                except PASSING as error:
                    broken += 1
                    if broken == MOST_BROKEN:
                        raise
                    why = (str(error).splitlines() or [repr(error)])[0]
                    session.note(f"{experiment.identity}: block {block} was left out: {why}")


def available(stacks: Sequence[BenchStack], session: Session) -> list[BenchStack]:
    """Return the stacks whose programs are here, ready to start, and note the others."""
    here = []
    for stack in stacks:
        problem = prepare(stack) if is_installed(stack) else MISSING
        if problem:
            session.note(f"{stack.title} ({stack.name}): {problem}.")
        else:
            here.append(stack)
    return here


def keep_comparisons(experiment: Experiment, session: Session) -> None:
    """Judge what whole blocks there are."""
    blocks = [block for _, block in sorted(session.blocks(experiment.identity).items())]
    seed = session.results.seed
    session.put_comparisons(
        [
            compare(asked, having, seed=seed)
            for asked in experiment.asked()
            if (having := [block for block in blocks if asked.second in block])
        ]
    )


def _run_block(
    experiment: Experiment,
    stacks: Sequence[BenchStack],
    block: int,
    measurer: Measurer,
    session: Session,
    progress: Progress,
    listings_url: str | None,
) -> list[BenchStack]:
    """Measure one block. Return the stacks without those that could not be started."""
    workload, name = experiment.workload, experiment.identity
    progress.doing(f"{name}: block {block} of {experiment.blocks}, servers start")
    by_role = {stack.name: stack for stack in stacks}
    if experiment.control:
        by_role[AGAIN] = stacks[0]
    with ExitStack() as ending:
        running: dict[str, Running] = {}
        if workload.kind == "load":
            running, failed = start_all(by_role, workload, measurer, listings_url, ending)
            for role, error in failed.items():
                session.note(f"{by_role[role].title} ({role}): {str(error).splitlines()[0]}")
            for role in (stacks[0].name, AGAIN):
                if role in failed:
                    raise failed[role]
            stacks = [stack for stack in stacks if stack.name not in failed]
        wanted = experiment.roles(stacks)
        attempt = session.next_attempt(name, block)
        order = block_order(wanted, seed=session.results.seed, experiment=name, block=block)
        for place, role in enumerate(order):
            stack = by_role[role]
            progress.doing(f"{name}: block {block} of {experiment.blocks}, {stack.title}")
            identity = f"{name}-{block}{'' if attempt == 1 else f'-again{attempt}'}-{role}"
            details = {
                **{"experiment": name, "block": block, "attempt": attempt, "role": role},
                **{"roles": wanted, "place": place},
            }
            if workload.kind == "cold start":
                row = measure_cold_start(identity, stack, workload, measurer, details)
            elif workload.kind == "stop":
                row = measure_stop(identity, stack, workload, measurer, listings_url, details)
            else:
                server = running[role]
                seed = session.results.seed * 1000 + block
                row = measurer.measure(
                    identity, stack, workload, server, seed=seed, details=details
                )
                server.stop(grace=0)  # it is done: its manners are the workload stop's subject
            session.add(row)
            progress.did(experiment.block_seconds / len(order))
    return list(stacks)


def start_all(
    by_role: dict[str, BenchStack],
    workload: Workload,
    measurer: Measurer,
    listings_url: str | None,
    ending: ExitStack,
) -> tuple[dict[str, Running], dict[str, servers.StartError]]:
    """Start the servers of a block, and let `ending` stop them. Return also what failed.

    Together, because that takes half the time; while one is measured, the others do nothing.
    """
    started: dict[str, Running] = {}
    failed: dict[str, servers.StartError] = {}
    pool = ThreadPoolExecutor(AT_ONCE)
    futures: dict[str, Future[Running]] = {}

    def stop_all() -> None:
        pool.shutdown(cancel_futures=True)
        for future in futures.values():
            with suppress(BaseException):
                future.result().stop(grace=1)

    ending.callback(stop_all)
    for role, stack in by_role.items():
        futures[role] = pool.submit(measurer.start, stack, workload, listings_url)
    for role, future in futures.items():
        try:
            started[role] = future.result()
        except servers.StartError as error:
            failed[role] = error
    return started, failed
