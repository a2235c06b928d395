"""A worker of Locust: `python -m lab.bench.load.locust_worker --master HOST:PORT`.

Waits for a plan, follows its share of it, and sends the master a recording. It ends with its
master, and with its standard input. `locust_standby` starts it on other machines.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys

import gevent
from gevent.os import tp_read
from locust import FastHttpUser, task
from locust.env import Environment

from lab.bench.load.__main__ import pin
from lab.bench.load.leash import ORPHANED
from lab.bench.load.locust_share import Share
from lab.bench.load.plan import Plan
from lab.bench.load.targets import checked_target

logging.getLogger("locust").setLevel(logging.ERROR)


class PlanUser(FastHttpUser):
    """One user, one connection: asks when its part of the schedule says so."""

    share: Share  # set when the plan comes
    max_retries = 0
    concurrency = 1

    @task
    def follow_plan(self) -> None:
        """Ask until the end, then wait for the master to end everything."""
        self.share.follow(self.client.request)
        gevent.sleep(3600)


def hold_leash() -> None:
    """End this process when its standard input ends: as leash.py does, but in gevent's own way.

    gevent replaces threads when it is imported, and cannot when one runs already.
    """

    def wait_for_end() -> None:
        while tp_read(0, 4096):
            pass
        os._exit(ORPHANED)

    gevent.spawn(wait_for_end)


def main() -> int:
    """Report for work and do it."""
    parser = argparse.ArgumentParser(prog="python -m lab.bench.load.locust_worker")
    parser.add_argument("--master", required=True, metavar="HOST:PORT")
    parser.add_argument("--core", type=int, help="run on this core alone, where that is possible")
    parser.add_argument(
        "--i-own", action="append", default=[], metavar="HOST", help="a host that is yours"
    )
    options = parser.parse_args()
    hold_leash()
    host, _, port = options.master.rpartition(":")
    core = pin(options.core)
    environment = Environment(user_classes=[PlanUser], host="")
    runner = environment.create_worker_runner(host, int(port))

    def take_plan(msg: object, **_: object) -> None:
        data = msg.data  # type: ignore[attr-defined]
        plan = Plan.model_validate_json(data["plan"])
        checked_target(plan.url, owned=options.i_own)
        PlanUser.host = plan.url
        PlanUser.network_timeout = PlanUser.connection_timeout = plan.timeout
        PlanUser.share = Share(
            plan, number=data["number"], workers=data["workers"], zero=data["zero"], core=core
        )
        gevent.spawn(report)
        # Only now may users start: looking the target up lets other messages come first.
        runner.send_message("planned", {})

    def report() -> None:
        runner.send_message("recording", {"recording": PlanUser.share.run().model_dump_json()})

    runner.register_message("plan", take_plan)
    runner.greenlet.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
