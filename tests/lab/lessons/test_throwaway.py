"""A lesson's folder goes with the lesson, however that ends."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from lab.lessons import throwaway
from lab.lessons.throwaway import Throwaway

HERE = Path(throwaway.__file__).parent
PATIENCE = 60.0
# It is imported by itself: with the rest of `lab.lessons` comes all that draws.
MAKES_ONE = """
import sys, time
from throwaway import Throwaway
made = Throwaway("throwaway-")
(made.path / "copy").mkdir()
(made.path / "copy" / "file.txt").write_text("text")
print(made.path, flush=True)
del made
if sys.argv[1:]:
    time.sleep(600)
"""


def test_it_is_gone_when_it_is_discarded() -> None:
    made = Throwaway("throwaway-")
    (made.path / "file.txt").write_text("text", encoding="utf-8")
    made.discard()
    assert not made.path.exists()


def test_it_is_gone_when_its_process_is_killed_or_ends() -> None:
    for arguments in (["and waits"], []):
        command = [sys.executable, "-c", MAKES_ONE, *arguments]
        with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as maker:
            assert maker.stdout is not None
            folder = Path(maker.stdout.readline().strip())
            assert arguments == [] or (folder / "copy" / "file.txt").exists()
            if arguments:
                maker.kill()
        deadline = time.monotonic() + PATIENCE
        while folder.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not folder.exists()
