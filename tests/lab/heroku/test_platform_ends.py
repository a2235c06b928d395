"""A rehearsal ends with whoever wanted it, and leaves no process behind."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil
import pytest

from lab.heroku import rehearsal
from lab.heroku.control import Control
from lab.heroku.home import NAME, Home, RehearsalError, Running
from tests.lab.heroku.tiny import Tiny

PATIENCE = 60.0
LAB = (sys.executable, "-m", "lab.cli")

WaitForEnd = Callable[[Iterable[psutil.Process]], None]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy whose app runs whenever its rehearsal does."""
    tiny = Tiny(tmp_path_factory.mktemp("ends") / "copy")
    with rehearsal.start(tiny.folder) as stage:
        assert tiny.deploy(stage).accepted
    return tiny.folder


def everything(copy: Path) -> set[psutil.Process]:
    """Wait until the dyno is up; return the processes of the rehearsal."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        running = Home(copy / NAME).running()
        if running is not None and _is_up(running):
            platform = psutil.Process(running.pid)
            found = {platform, *platform.children(recursive=True)}
            assert len(found) > 2
            return found
        time.sleep(0.05)
    pytest.fail("the rehearsal has not started")


def _is_up(running: Running) -> bool:
    try:
        dynos = Control(running).status()["dynos"]
    except RehearsalError:
        return False
    return [one["state"] for one in dynos] == ["up"]


def test_when_the_process_that_started_it_is_killed(
    deployed: Path, wait_for_end: WaitForEnd
) -> None:
    """No code of the process that wanted it can run any more: a notebook's kernel, for example."""
    program = (
        "import sys, time, pathlib\n"
        "from lab.heroku import rehearsal\n"
        "stage = rehearsal.start(pathlib.Path(sys.argv[1]))\n"
        "time.sleep(600)\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, str(deployed)])
    found = everything(deployed)
    starter.kill()
    starter.wait()
    wait_for_end(found)


def test_when_the_platform_itself_is_killed(deployed: Path, wait_for_end: WaitForEnd) -> None:
    """The dynos end too, and what is left of it counts as none that runs."""
    stage = rehearsal.start(deployed)
    found = everything(deployed)
    psutil.Process(stage.control.running.pid).kill()
    wait_for_end(found)
    stage.stop()
    assert Home(deployed / NAME).running() is None


def test_when_it_is_interrupted_in_the_foreground(deployed: Path, wait_for_end: WaitForEnd) -> None:
    """Ctrl-C, and the end of the shell in which it was typed."""
    command = subprocess.Popen([*LAB, "rehearse", str(deployed)], stdout=subprocess.PIPE, text=True)
    found = everything(deployed)
    command.send_signal(signal.SIGINT)
    said, _ = command.communicate()
    assert command.returncode == 0
    assert "git push heroku" in said
    assert "has stopped" in said
    wait_for_end(found)
    shell = subprocess.Popen(["sh", "-c", '"$@" & wait', "sh", *LAB, "rehearse", str(deployed)])
    found = everything(deployed)
    shell.kill()
    shell.wait()
    wait_for_end(found)


def test_when_it_is_told_to_in_the_background(deployed: Path, wait_for_end: WaitForEnd) -> None:
    """It goes on without a terminal until then."""
    for option in ("--background", "--stop"):
        subprocess.run(
            [*LAB, "rehearse", str(deployed), option], check=True, start_new_session=True
        )
        if option == "--background":
            found = everything(deployed)
    wait_for_end(found)


def test_when_its_terminal_closes(deployed: Path, wait_for_end: WaitForEnd) -> None:
    """Also in the background: the shell that leads the terminal's session is what it looks at."""
    ours, theirs = pty.openpty()
    program = (
        "import fcntl, os, sys, termios\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "os.execvp('sh', ['sh', '-c', '\"$@\"; read line', 'sh', *sys.argv[1:]])\n"
    )
    command = [*LAB, "rehearse", str(deployed), "--background"]
    shell = subprocess.Popen(
        [sys.executable, "-c", program, *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    found = everything(deployed)
    os.close(ours)
    shell.wait()
    wait_for_end(found)
