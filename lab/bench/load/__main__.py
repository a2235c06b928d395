"""One run of load: `python -m lab.bench.load < plan.json > recording.json`.

Reads the plan as one line and prints the recording. It ends when its standard input ends before
that, which is when whoever started it is gone; with `--stay` it does not, for a plan from a file.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys

from pydantic import ValidationError

from lab.bench.load.answer import send_answer
from lab.bench.load.generator import generate
from lab.bench.load.leash import hold_leash
from lab.bench.load.plan import Plan
from lab.bench.load.targets import TargetError, checked_target


def main() -> int:
    """Read the plan, run it, print the recording."""
    parser = argparse.ArgumentParser(prog="python -m lab.bench.load", description=__doc__)
    parser.add_argument("--core", type=int, help="run on this core alone, where that is possible")
    parser.add_argument(
        "--i-own",
        action="append",
        default=[],
        metavar="HOST",
        help="a host other than this machine that is yours, so that it may be put under load",
    )
    parser.add_argument("--stay", action="store_true", help="do not end with the standard input")
    options = parser.parse_args()
    try:
        plan = Plan.model_validate_json(sys.stdin.readline())
        target = checked_target(plan.url, owned=options.i_own)
    except (TargetError, ValidationError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not options.stay:
        hold_leash()
    core = pin(options.core)
    allow_connections(plan.connections + (plan.slow_clients.count if plan.slow_clients else 0))
    gc.collect()
    gc.freeze()
    gc.disable()  # a collection would be a pause that looks like the server's
    send_answer(generate(plan, target, core=core).model_dump_json())
    return 0


def allow_connections(number: int) -> None:
    """Let this process have so many connections open, where it may raise its own limit."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = number + 100  # for files that are open anyway
    if soft != resource.RLIM_INFINITY and soft < needed:
        most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def pin(core: int | None) -> int | None:
    """Let this process run on that core alone. Return the core, None where it is not possible."""
    if core is None or not hasattr(os, "sched_setaffinity"):
        return None
    try:
        os.sched_setaffinity(0, {core})
    except OSError:  # no such core, or not for us
        return None
    return core


if __name__ == "__main__":
    sys.exit(main())
