"""A cold start is as long as a watch says, whatever the computer knows of its own start."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from lab.bench.special import CREATED_STEP, age

WAIT = [sys.executable, "-c", "input()"]


def test_a_process_is_as_old_as_a_watch_says() -> None:
    before = time.monotonic()
    with subprocess.Popen(WAIT, stdin=subprocess.PIPE) as process:
        found = age(psutil.Process(process.pid))
        seen = time.monotonic()
        process.communicate(b"\n")
    assert seen - found >= before - CREATED_STEP
    assert found >= -CREATED_STEP
