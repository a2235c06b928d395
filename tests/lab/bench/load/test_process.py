"""The generator in a process of its own: pinned, bounded, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

import psutil
import pytest

from lab.bench.load import process
from lab.bench.load.plan import Open, Plan
from lab.bench.load.process import ROOT, LoadError, ask, run
from lab.bench.load.targets import TargetError

from .conftest import OK, Behaviour, ScriptedServer, answering

Scripted = Callable[[Behaviour], ScriptedServer]
WaitForEnd = Callable[[Iterable[psutil.Process]], None]

# A parent that runs a long plan, and says so once its generator is there.
PARENT = """
import sys, threading, time
import psutil
from lab.bench.load.plan import Plan
from lab.bench.load.process import run

def tell():
    while not (found := psutil.Process().children()):
        time.sleep(0.02)
    print(found[0].pid, flush=True)

threading.Thread(target=tell, daemon=True).start()
try:
    run(Plan(url=sys.argv[1], seconds=60))
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_a_recording_comes_back_from_a_pinned_process(scripted: Scripted) -> None:
    plan = Plan(url=scripted(answering(OK)).url, shape=Open(rate=50), seconds=0.2)
    recording = run(plan, core=0)
    assert recording.good == 10
    assert recording.plan == plan
    assert recording.generator.core == (0 if hasattr(os, "sched_setaffinity") else None)
    assert recording.generator.processes == 1


def test_where_there_is_no_such_core_it_is_written_down(scripted: Scripted) -> None:
    plan = Plan(url=scripted(answering(OK)).url, shape=Open(rate=50), seconds=0.1)
    assert run(plan, core=4000).generator.core is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_the_generator_ends_with_its_parent(
    scripted: Scripted, wait_for_end: WaitForEnd, number: signal.Signals
) -> None:
    url = scripted(answering(OK)).url
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        generator = psutil.Process(int(parent.stdout.readline()))
        time.sleep(0.1)
        parent.send_signal(number)
        wait_for_end([generator])
        said = parent.stdout.read()
    assert parent.wait() == (-signal.SIGKILL if number is signal.SIGKILL else 0)
    assert said == ("" if number is signal.SIGKILL else "interrupted\n")


def test_a_foreign_target_is_refused_before_anything_starts() -> None:
    with pytest.raises(TargetError, match="--i-own"):
        run(Plan(url="http://192.0.2.1:80"))


def test_the_program_itself_refuses_it_too() -> None:
    command = [sys.executable, "-m", "lab.bench.load"]
    with pytest.raises(LoadError, match=r"status 2: .*--i-own 192\.0\.2\.1"):
        ask(command, Plan(url="http://192.0.2.1:80").model_dump_json(), 5)


def test_a_generator_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MARGIN", 0.1)
    with pytest.raises(LoadError, match="did not end within"):
        ask([sys.executable, "-c", "import time; time.sleep(60)"], "{}", 0.1)


def test_a_generator_that_fails_says_why() -> None:
    with pytest.raises(LoadError, match=r"status 1: (?s:.*)ZeroDivisionError"):
        ask([sys.executable, "-c", "1/0"], "{}", 5)


def test_an_answer_that_broke_off_is_told_and_is_no_recording() -> None:
    with pytest.raises(LoadError, match="broke off after 9 characters"):
        ask([sys.executable, "-c", "print('{\"plan\": ', end='')"], "{}", 5)


# A signal in the middle of a long write to a full pipe: the system then writes a part of it.
LONG = """
import signal
from lab.bench.load.answer import send_answer

signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
send_answer("x" * 300_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_long_answer_comes_whole_where_python_does_not_buffer() -> None:
    variables = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", LONG], cwd=ROOT, env=variables, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        first = program.stdout.read(1)
        time.sleep(0.3)  # the pipe is full, and signals come
        assert len(first + program.stdout.read()) == 300_001
        assert program.wait() == 0
