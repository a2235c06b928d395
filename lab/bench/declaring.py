"""What a stack of the lab declares: its command, and what the fairness ledger must know of it."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lab import servers

Interface = Literal["WSGI", "ASGI", "none", "unknown"]
Endpoint = Literal["health", "predict", "listings", "wait"]

CONTRACT: frozenset[Endpoint] = frozenset({"health", "predict", "listings"})
ROOT = Path(__file__).parents[2]
MISSING = "not installed: make extras"


@dataclass(frozen=True, kw_only=True)
class BenchStack(servers.Stack):
    """A server stack with what the fairness ledger must know of it.

    `server` and `framework` are names of installed packages, whose versions the ledger adds, or of
    a program where there is no such package. `threads` and `slots` are of one worker.
    """

    interface: Interface
    server: str
    framework: str
    serves: frozenset[Endpoint] = CONTRACT
    threads: int | None = None
    slots: int | None = None
    event_loop: str | None = None
    http_parser: str
    json_library: str = "pydantic"
    validation: str = "pydantic"
    access_log: str = "one line a request, by the app"
    model: str = "the project's"
    needs: str = ""  # a module or a program that an extra brings
    prepare: str = ""  # a module to run once before the first start
    url: str = ""  # of a server that runs already


def prepare(stack: BenchStack) -> str:
    """Do what must be done once before a stack can start. Return why it failed, or nothing."""
    if not stack.prepare:
        return ""
    command = [sys.executable, "-m", *stack.prepare.split()]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return (answer.stderr.strip().splitlines() or ["it failed"])[-1] if answer.returncode else ""


def is_installed(stack: BenchStack) -> bool:
    """Tell whether everything that the stack needs is here."""
    return not stack.needs or _has(stack.needs)


def _has(name: str) -> bool:
    beside = Path(sys.executable).parent / name
    return (
        importlib.util.find_spec(name) is not None
        or shutil.which(str(beside)) is not None
        or shutil.which(name) is not None
    )


def variant(stack: BenchStack, name: str, title: str, **changes: object) -> BenchStack:
    """Return a stack that differs from another in its environment or its declaration."""
    environment = changes.pop("environment", {})
    assert isinstance(environment, Mapping)
    return dataclasses.replace(
        stack,
        name=name,
        title=title,
        environment={**stack.environment, **environment},
        **changes,  # type: ignore[arg-type]
    )
