"""The first process of a dyno: runs the command, and ends with all that the command has started.

Run as a program by the guardian: `python -I supervisor.py COMMAND`. SIGTERM to it becomes SIGTERM
to every process of the dyno, as on the platform; it then waits for all of them, however long they
take. When the command ends by itself, the dyno is over, and what it has left behind is killed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time

import psutil

INTERVAL = 0.02  # seconds between two looks at the others
PR_SET_CHILD_SUBREAPER = 36


def main() -> int:
    """Run the command, and return its exit status as a shell has it."""
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True
        for one in _others():
            with contextlib.suppress(psutil.Error):
                one.terminate()

    _adopt_orphans()
    signal.signal(signal.SIGTERM, stop)
    shell = shutil.which("bash") or "/bin/sh"
    command = subprocess.Popen([shell, "-c", sys.argv[1]], stdin=subprocess.DEVNULL)
    if stopping:  # before the command was there
        stop()
    status = command.wait()
    while stopping and _others():
        time.sleep(INTERVAL)
    for one in _others():
        with contextlib.suppress(psutil.Error):
            one.kill()
    return status if status >= 0 else 128 - status


def _others() -> list[psutil.Process]:
    """Return the live processes below this one, where also orphans are, and in its session.

    `lab.servers.guardian.family` does the same from outside; it is not imported here, since each
    dyno would then start a third of a second later.
    """
    own = psutil.Process()
    found = set(own.children(recursive=True))
    for pid in psutil.pids():
        with contextlib.suppress(OSError, psutil.Error):
            if os.getsid(pid) == own.pid != pid:
                found.add(psutil.Process(pid))
    return [one for one in found if _is_alive(one)]


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _adopt_orphans() -> None:
    """Become the parent of daemons, which would be out of sight otherwise. Linux alone has this."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main())
