"""What the rehearsal's router adds to a request: `python -m benchmarks.router_speed`.

The deployed app runs as a dyno, and one connection asks for a price 100 times a second: in turns of
a few seconds, in random order, once through the router and once straight from the dyno. What the
router adds is the difference of the two medians, taken within each pair. Router, app and load are
processes of their own. On a busy machine they wait for a core, each for itself, so that the router
seems to add more: the processor time that it uses for a request stands beside that.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import multiprocessing
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from apps.house_prices.house import House
from lab.heroku.preflight import procfile
from lab.heroku.releases import Release
from lab.heroku.run import Formation, Limits, Log, Router

ROOT = Path(__file__).parents[1]
A_SECOND = 100
HOUSE = House.model_config["json_schema_extra"]["examples"][0]  # type: ignore[index]
BODY = json.dumps({"inputs": [HOUSE]})


def _environment(folder: Path) -> Path:
    """Install what the app needs, as a build does."""
    uv = str(Path(sys.executable).with_name("uv"))
    subprocess.run([uv, "venv", "--quiet", "--relocatable", str(folder)], check=True)
    place = ("--python", str(folder), "--link-mode", "copy")
    needed = ("--requirement", str(ROOT / "requirements.txt"))
    subprocess.run([uv, "pip", "install", "--quiet", *place, *needed], check=True)
    return folder


async def _serve(folder: Path, line: Connection) -> None:
    """Run the app behind a router until there is a word on the line, which gets the URLs."""
    slug = folder / "slug"
    shutil.copytree(ROOT / "apps", slug / "apps")
    release = Release(
        number=1,
        commit="benchmark",
        description="Deploy benchmark",
        slug=slug,
        environment=_environment(folder / "environment"),
        config={},
        process_types=procfile.processes((ROOT / "Procfile").read_text(encoding="utf-8")),
    )
    log, limits = Log(folder / "log.jsonl"), Limits.at_speed()
    formation = Formation(log, limits, folder=folder / "dynos")
    router = Router(formation, log, limits)
    url = await router.start()
    await formation.release(release)
    await formation.settled()
    dyno = formation.web[0].dyno
    line.send((url, "" if dyno is None else dyno.url))
    while not line.poll():
        await asyncio.sleep(0.1)
    await router.close()
    await formation.close()
    log.close()


def _child(folder: Path, line: Connection) -> None:
    asyncio.run(_serve(folder, line))


@contextmanager
def serving() -> Iterator[tuple[psutil.Process, tuple[str, str]]]:
    """Run the app behind a router; give its process, and the URLs of the router and of the dyno."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        child = context.Process(target=_child, args=(Path(folder), there))
        child.start()
        try:
            yield psutil.Process(child.pid), here.recv()
        finally:
            here.send("end")
            child.join()


def times(url: str, seconds: float) -> list[float]:
    """Ask at the times of a clock, and return the milliseconds from each to its answer."""
    found = []
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {"Content-Type": "application/json"}
    start = time.perf_counter() + 0.05
    for number in range(round(seconds * A_SECOND)):
        due = start + number / A_SECOND
        time.sleep(max(0, due - time.perf_counter()))
        asked = time.perf_counter()
        connection.request("POST", "/api/v1/predict", BODY, headers)
        answer = connection.getresponse()
        answer.read()
        found.append((time.perf_counter() - asked) * 1000)
        if answer.status != http.client.OK:
            raise RuntimeError(f"{url} answered {answer.status}")
    connection.close()
    return found


def processor_seconds(process: psutil.Process) -> float:
    """Return the processor time that a process has used, without its children."""
    used = process.cpu_times()
    return used.user + used.system


def main() -> None:
    """Print what the router adds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=8, help="pairs (8)")
    parser.add_argument("--seconds", type=float, default=3, help="seconds for each side (3)")
    options = parser.parse_args()
    say(f"Load on the machine at the start: {psutil.getloadavg()[0]:.2f}")
    with serving() as (router, urls):
        for url in urls:
            times(url, 1)  # warm-up
        pairs, used = [], []
        for _ in range(options.pairs):
            order = random.sample([0, 1], 2)
            measured = {}
            for one in order:
                before = processor_seconds(router)
                found = times(urls[one], options.seconds)
                measured[one] = statistics.median(found)
                if one == 0:
                    used.append((processor_seconds(router) - before) * 1000 / len(found))
            pairs.append((measured[0], measured[1]))
    added = [through - straight for through, straight in pairs]
    through, straight = (statistics.median(side) for side in zip(*pairs, strict=True))
    say(
        f"the router adds {statistics.median(added):.2f} ms ({min(added):.2f} to {max(added):.2f})"
        f" to the median request at {A_SECOND} requests/s: {through:.2f} against {straight:.2f} ms"
    )
    say(f"its processor time: {statistics.median(used):.2f} ms a request")
    say(f"Load on the machine at the end: {psutil.getloadavg()[0]:.2f}")


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)  # noqa: T201 - this is a command's own output


if __name__ == "__main__":
    main()
