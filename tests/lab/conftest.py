"""What the tests of several parts of the workbench need."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import psutil
import pytest


@pytest.fixture
def wait_for_end() -> Callable[[Iterable[psutil.Process]], None]:
    """Return a function that fails when one of the processes is still there after 20 seconds."""

    def wait(processes: Iterable[psutil.Process]) -> None:
        left = {process for process in processes if _runs(process)}
        deadline = time.monotonic() + 20
        while left and time.monotonic() < deadline:
            time.sleep(0.05)
            left = {process for process in left if _runs(process)}
        assert left == set()

    return wait


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
