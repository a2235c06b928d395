"""The master of a run by Locust: `python -m lab.bench.load.locust_master`, plan on stdin.

Starts the workers of this machine, waits for all, hands the plan out, merges what they send, and
prints the recording. `locust_engine.run_locust` starts it.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
import time
from collections.abc import Callable

import gevent
from locust.env import Environment
from locust.runners import MasterRunner

from lab.bench.load.answer import send_answer
from lab.bench.load.locust_worker import PlanUser, hold_leash
from lab.bench.load.plan import Plan
from lab.bench.load.recording import Recording, merge

LEAD = 1.5  # seconds from handing out the plan to its begin: users are made meanwhile
PATIENCE = 50.0  # seconds until all workers must be there
AFTER = 10.0  # seconds for the recordings after the last answers

logging.getLogger("locust").setLevel(logging.ERROR)


def main() -> int:
    """Run the plan with all workers."""
    options = _options()
    plan = Plan.model_validate_json(sys.stdin.readline())
    hold_leash()
    environment = Environment(user_classes=[PlanUser], host=plan.url)
    runner = environment.create_master_runner(options.bind, options.port)
    recordings: list[Recording] = []

    def take(msg: object, **_: object) -> None:
        text = msg.data["recording"]  # type: ignore[attr-defined]
        recordings.append(Recording.model_validate_json(text))

    planned: list[str] = []
    runner.register_message("recording", take)
    runner.register_message("planned", lambda msg, **_: planned.append(msg.node_id))
    everyone = options.workers + options.remote
    workers = [_start_worker(options, number) for number in range(options.workers)]
    try:
        if not _wait(lambda: len(runner.clients.ready) == everyone, PATIENCE):
            return _fail(f"{len(runner.clients.ready)} of {everyone} workers came")
        _hand_out(runner, plan, everyone)
        if not _wait(lambda: len(planned) == everyone, PATIENCE):
            return _fail(f"{len(planned)} of {everyone} workers took the plan")
        runner.start(plan.connections, spawn_rate=plan.connections)
        if not _wait(lambda: len(recordings) == everyone, LEAD + plan.most_seconds + AFTER):
            return _fail(f"{len(recordings)} of {everyone} workers sent a recording")
        merged = merge(recordings, together=True)
        send_answer(merged.model_dump_json())
        return 0
    finally:
        runner.quit()
        for worker in workers:
            worker.kill()
            worker.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab.bench.load.locust_master")
    parser.add_argument("--bind", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--remote", type=int, default=0)
    parser.add_argument("--core", type=int, action="append", default=[])
    parser.add_argument("--i-own", action="append", default=[])
    return parser.parse_args()


def _start_worker(options: argparse.Namespace, number: int) -> subprocess.Popen[bytes]:
    host = "127.0.0.1" if options.bind in {"0.0.0.0", "*"} else options.bind
    command = [
        *(sys.executable, "-m", "lab.bench.load.locust_worker"),
        *("--master", f"{host}:{options.port}"),
        *(word for name in options.i_own for word in ("--i-own", name)),
    ]
    if options.core:
        command += ["--core", str(options.core[number % len(options.core)])]
    # The worker's standard input is its leash; what it prints is not the answer.
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=sys.stderr)


def _hand_out(runner: MasterRunner, plan: Plan, everyone: int) -> None:
    zero = time.time() + LEAD
    for number, client in enumerate(runner.clients.ready):
        data = {
            "plan": plan.model_dump_json(),
            "number": number,
            "workers": everyone,
            "zero": zero,
        }
        runner.send_message("plan", data, client_id=client.id)


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    latest = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > latest:
            return False
        gevent.sleep(0.02)
    return True


def _fail(reason: str) -> int:
    sys.stderr.write(f"Locust: {reason}.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
