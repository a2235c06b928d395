"""A folder for what a lesson makes: gone with the notebook, also where that is killed.

Run as a program, `python -I throwaway.py PARENT_PID FOLDER`, it waits for the end of the process
that has made the folder, and removes it: standard input is a pipe from there, which ends with it.
`lab.servers.guardian` has the reasons for a process of its own.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

INTERVAL = 0.5  # seconds between two looks
PATIENCE = 60.0  # seconds for programs that end with the notebook too, and write until then

_there: list[Throwaway] = []  # a leash that nobody holds would end at once


class Throwaway:
    """A new folder for temporary files."""

    def __init__(self, prefix: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix)).resolve()
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", __file__, str(os.getpid()), str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt of the notebook is not for it
        )
        _there.append(self)

    def discard(self) -> None:
        """Remove the folder now, and return when it is gone."""
        _there.remove(self)
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait()


def main() -> None:
    """Wait for the end of the parent, then remove the folder."""
    parent, folder = int(sys.argv[1]), Path(sys.argv[2])
    while os.getppid() == parent and not select.select([0], [], [], INTERVAL)[0]:
        pass
    deadline = time.monotonic() + PATIENCE
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(INTERVAL / 10)


if __name__ == "__main__":
    main()
