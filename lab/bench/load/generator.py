"""The load generator: one run, open or closed loop, in one event loop.

In the open loop the schedule is fixed before the run. A request that finds no free connection
waits for one, and that time is part of its latency: so a server that stalls is charged for every
request that it kept waiting, not only for those that were already sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

from lab.bench.load.collecting import Collector, clock
from lab.bench.load.loops import OpenLoop, make_pool
from lab.bench.load.plan import Plan
from lab.bench.load.pool import Pool
from lab.bench.load.recording import Recording
from lab.bench.load.slow_clients import SlowCrowd
from lab.bench.load.targets import Target

LEAD = 0.02  # seconds between the preparations and the begin


def generate(plan: Plan, target: Target, *, core: int | None = None) -> Recording:
    """Put the load of a plan on a server, from this process, and return what it has met.

    `core` is only written down. `process.run` gives the generator a process and a core of its own,
    which is what figures should come from.
    """

    async def run() -> Recording:
        return await _run(plan, target, core)

    try:
        import uvloop
    except ImportError:  # not to be had on Windows
        return asyncio.run(run())
    return uvloop.run(run())


async def _run(plan: Plan, target: Target, core: int | None) -> Recording:
    loop = asyncio.get_running_loop()
    collector = Collector(plan)
    pool = make_pool(plan, target, collector, loop)
    slow = SlowCrowd.start(plan, target)
    sweep = loop.create_task(_sweep(pool))
    zero = clock() + LEAD
    collector.begin = zero + plan.warm_up
    collector.end = collector.begin + plan.seconds
    started = time.time() + (collector.begin - clock())
    try:
        pool.start(zero)
        await asyncio.sleep(collector.begin - clock())
        collector.mark(pool.bytes_in)
        await _wait(pool.full, collector.end - clock())
        collector.mark(pool.bytes_in)
        if pool.full.is_set():
            collector.end = clock()
        pool.stop()
        await _wait(pool.idle, plan.timeout)
    finally:
        sweep.cancel()
        pool.close()
        slow_ones = None if slow is None else await slow.stop()
    return collector.recording(
        planned=pool.planned,
        started=started,
        event_loop=type(loop).__module__.partition(".")[0],
        core=core,
        fine_timer=not isinstance(pool, OpenLoop) or pool.has_fine_timer,
        slow=slow_ones,
    )


async def _sweep(pool: Pool) -> None:
    # One look at all connections costs less than a timer for each request.
    while True:
        await asyncio.sleep(min(0.1, pool.plan.timeout / 10))
        pool.give_up_late_ones()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), max(0, seconds))
