"""The command that measures one comparison again, and nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from urllib.parse import urlsplit

from lab.bench.load.targets import is_loopback
from lab.bench.remote import is_url
from lab.bench.results import Comparison, LoadWorkers, Results
from lab.bench.stacks import STACKS


def command_for(comparison: Comparison, experiment: str, results: Results, pairs: int) -> str:
    """Return what to type for so many pairs of the two stacks, measured as in this session."""
    words = ["lab", "bench"]
    if results.mode != "default":  # the mode decides how long a row is
        words.append(f"--{results.mode}")
    words += _stacks(comparison, results)
    if results.engine == "locust":
        words += ["--engine", "locust", *_workers(results.load_workers or LoadWorkers())]
    return shlex.join([*words, "--workload", experiment, "--pairs", str(pairs)])


def _stacks(comparison: Comparison, results: Results) -> list[str]:
    """Return nothing where the experiment alone has these stacks: one app, its log on and off."""
    urls = dict(_urls(results))
    options: list[str] = []
    for name in (comparison.first, comparison.second):
        if name in STACKS:
            options += ["--stack", name]
        elif name in urls:
            host = urlsplit(urls[name]).hostname or ""
            options += ["--url", urls[name], *([] if _is_here(host) else ["--i-own", host])]
        else:
            return []
    return options


def _urls(results: Results) -> Iterator[tuple[str, str]]:
    """Yield each server that ran already: its name as a stack, and its URL."""
    for url in results.stacks:
        if is_url(url):
            parts = urlsplit(url)
            host = parts.hostname or ""
            yield f"[{host}]:{parts.port}" if ":" in host else f"{host}:{parts.port}", url


def _is_here(host: str) -> bool:
    try:
        return is_loopback(host)
    except ValueError:  # a name; a report looks none up
        return host == "localhost"


def _workers(load: LoadWorkers) -> list[str]:
    options = ["--workers", str(load.here)]
    if load.expected:
        options += ["--expect-workers", str(load.expected), "--bind", load.bind]
    if load.port is not None:
        options += ["--port", str(load.port)]
    return options
