"""End a server's worker as a crash does: at once, with nothing tidied up."""

from __future__ import annotations

import re
import time

from lab.servers import Server

SECONDS = 30.0
POLL = 0.05


def kill_worker(server: Server) -> int:
    """Kill one worker, wait until the server has replaced it, and return the number it had.

    The new one is there when the server's lines have its number, as gunicorn's and uvicorn's do.
    The system does the same to a process when the computer runs out of memory.
    """
    before = server.processes()
    worker = next(process for process in before if process.pid != server.pid)
    worker.kill()
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        now = server.processes()
        new = {process.pid for process in now - before}
        if worker not in now and any(_numbers(line) & new for line in server.lines()):
            return worker.pid
        time.sleep(POLL)
    raise TimeoutError(f"{server} has not replaced its worker within {SECONDS:g} s.")


def _numbers(line: str) -> set[int]:
    return {int(digits) for digits in re.findall(r"\d+", line)}
