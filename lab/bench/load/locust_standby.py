"""Makes load for another machine: `python -m lab.bench.load.locust_standby --master HOST:PORT`.

A session has a master for each of its rows. Standing by means to have workers wait for the next
one, row after row, until Ctrl-C.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

from lab.bench.load.locust_engine import LocustMissingError, is_installed

MOST_FAILURES = 3  # of workers, one after the other: it is no use to go on
LOOK = 0.2  # seconds between two looks


def main() -> int:
    """Keep workers running."""
    options = _options()
    if not is_installed():
        sys.stderr.write(f"{LocustMissingError()}\n")
        return 1
    sys.stdout.write(
        f"Standing by with {options.workers} of Locust's workers for a master at "
        f"{options.master}. Ctrl-C ends it.\n"
    )
    sys.stdout.flush()
    workers: list[subprocess.Popen[bytes] | None] = [None] * options.workers
    failures = 0
    try:
        while failures < MOST_FAILURES:
            for place, worker in enumerate(workers):
                if worker is not None and (status := worker.poll()) is None:
                    continue
                if worker is not None:
                    failures = failures + 1 if status else 0
                workers[place] = _start(options)
            time.sleep(LOOK)
    except KeyboardInterrupt:
        return 0
    finally:
        for worker in workers:
            if worker is not None:
                worker.kill()
                worker.wait()
    sys.stderr.write(f"{MOST_FAILURES} workers have failed: see above.\n")
    return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab.bench.load.locust_standby")
    parser.add_argument("--master", required=True, metavar="HOST:PORT", help="where masters wait")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes: one a core")
    parser.add_argument(
        "--i-own", action="append", default=[], metavar="HOST", help="a host that is yours"
    )
    return parser.parse_args()


def _start(options: argparse.Namespace) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "lab.bench.load.locust_worker", "--master", options.master),
        *(word for host in options.i_own for word in ("--i-own", host)),
    ]
    # Its standard input is its leash: it ends with us, whatever ends us.
    return subprocess.Popen(command, stdin=subprocess.PIPE)


if __name__ == "__main__":
    sys.exit(main())
