"""How long a deploy of this repository takes in the rehearsal, and preflight before it.

    python -m benchmarks.deploy_speed

A clone of what is committed is pushed: once with no environment yet, as at the very first deploy
(the packages themselves are in uv's cache, after a round that is not counted), and once more after
a commit, when the environment is kept. A time begins with the push, or with the typing of `lab
preflight`, and ends with the first price from the router, or with the command. The load of the
machine stands beside, for it decides.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import requests

from lab.heroku import rehearsal

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 2
HOUSE = {"GrLivArea": 1500, "OverallQual": 6, "Neighborhood": "NAmes", "YearBuilt": 1961}
WHO = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@localhost")


def say(line: str) -> None:
    """Print one line of the command's own output."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def seconds(name: str, do: Callable[[], None]) -> None:
    """Do something and print how long it took."""
    before = time.perf_counter()
    do()
    took = time.perf_counter() - before
    say(f"{name:<44} {took:6.1f} s  (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")


def preflight(copy: Path) -> None:
    """Run the command, as it is typed."""
    command = [sys.executable, "-m", "lab.cli", "preflight", str(copy)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def deploy(stage: rehearsal.Rehearsal) -> None:
    """Push, and wait for the first price."""
    push = stage.push()
    assert push.accepted, push
    url = f"{stage.url}/api/v1/predict"
    assert requests.post(url, json={"inputs": [HOUSE]}, timeout=120).status_code == 200


def one_round(folder: Path, measure: Callable[[str, Callable[[], None]], None]) -> None:
    """Clone, look before the push, deploy, and deploy again after a commit."""
    copy = folder / "copy"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
    measure("lab preflight", lambda: preflight(copy))
    with rehearsal.start(copy) as stage:
        measure("first push, until the first price", lambda: deploy(stage))
        again = ["git", *WHO, "-C", str(copy), "commit", "-q", "--allow-empty", "-m", "Again"]
        subprocess.run(again, check=True)
        measure("push after a commit, until the first price", lambda: deploy(stage))


def main() -> None:
    """Print the times of some rounds."""
    for number in range(ROUNDS + 1):
        folder = Path(tempfile.mkdtemp())
        try:
            one_round(folder, seconds if number else lambda _, do: do())
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
