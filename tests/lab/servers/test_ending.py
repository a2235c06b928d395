"""Nothing is left running, however the process that started a server ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import psutil
import pytest
import requests

from lab import servers

MakeStack = Callable[..., servers.Stack]
WaitForEnd = Callable[[Iterable[psutil.Process]], None]

pytestmark = pytest.mark.usefixtures("nothing_left")

GUNICORN = "gunicorn applications:wsgi --bind {host}:{port} --workers 2 --no-control-socket"
UVICORN = "uvicorn applications:asgi --host {host} --port {port} --workers 2"
STACK_COMMANDS = {"gunicorn": GUNICORN, "uvicorn": UVICORN}

# A program that starts a server and says which processes that has. Each test adds the rest.
OWNER = """
import json, multiprocessing, os, signal, sys, time
from pathlib import Path
from lab import servers
stack = servers.Stack(
    "small",
    "A small server",
    {command!r},
    ready={ready!r},
    directory=Path({directory!r}),
    grace={grace!r},
)
def say():
    while len(server.processes()) < {members}:
        time.sleep(0.05)
    print(json.dumps([process.pid for process in server.processes()]), flush=True)
"""


@contextmanager
def owner(stack: servers.Stack, program: str) -> Iterator[subprocess.Popen[str]]:
    """Run a Python program that uses the stack; kill it in the end."""
    preamble = OWNER.format(
        command=stack.command,
        ready=stack.ready,
        grace=stack.grace,
        directory=str(stack.directory),
        members=3 if "--workers 2" in stack.command else 1,
    )
    process = subprocess.Popen(
        [sys.executable, "-c", preamble + program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def family_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Return the guardian, the server and its workers, once the process has said they are there."""
    assert process.stdout is not None
    line = process.stdout.readline()
    said = json.loads(line) if line.startswith("[") else pytest.fail(line + process.stdout.read())
    found = psutil.Process(process.pid).children(recursive=True)
    assert set(said) < {member.pid for member in found}
    return found


@pytest.mark.parametrize("command", STACK_COMMANDS.values(), ids=STACK_COMMANDS.keys())
def test_a_killed_owner_takes_its_server_and_all_workers_along(
    make_stack: MakeStack, wait_for_end: WaitForEnd, command: str
) -> None:
    program = "server = servers.start(stack)\nsay()\ntime.sleep(600)"
    with owner(make_stack(command), program) as process:
        family = family_of(process)
        assert len(family) >= 4  # the guardian, the server and two workers
        os.killpg(process.pid, signal.SIGKILL)
        wait_for_end(family)


def test_a_forked_copy_that_outlives_the_owner_does_not_keep_the_server(
    make_stack: MakeStack, wait_for_end: WaitForEnd
) -> None:
    program = """
server = servers.start(stack)
copy = multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,))
copy.start()
say()
time.sleep(600)
"""
    with owner(make_stack(GUNICORN), program) as process:
        family = family_of(process)
        os.kill(process.pid, signal.SIGKILL)
        copies = [member for member in family if member.cmdline()[-1].endswith("time.sleep(600)\n")]
        assert len(copies) == 1
        wait_for_end(set(family) - set(copies))
        copies[0].kill()


def test_a_forked_copy_that_ends_does_not_stop_its_owners_server(plain: servers.Stack) -> None:
    program = """
server = servers.start(stack)
if os.fork() == 0:
    sys.exit()  # runs the copy's exit functions, and so stop_all()
os.wait()
say()
time.sleep(600)
"""
    with owner(plain, program) as process:
        assert len(family_of(process)) == 2


# After the first two Python runs its exit functions, after the last it does not.
@pytest.mark.parametrize("ending", ["", "os.kill(os.getpid(), signal.SIGINT)", "os._exit(0)"])
def test_the_owners_end_ends_the_server(
    plain: servers.Stack, wait_for_end: WaitForEnd, ending: str
) -> None:
    program = f"server = servers.start(stack)\nsay()\nsys.stdin.readline()\n{ending}"
    with owner(plain, program) as process:
        family = family_of(process)
        assert process.stdin is not None
        process.stdin.write("go on\n")
        process.stdin.flush()
        wait_for_end(family)


def test_an_interrupt_reaches_the_owner_and_not_the_server(plain: servers.Stack) -> None:
    program = """
server = servers.start(stack)
try:
    say()
    time.sleep(600)
except KeyboardInterrupt:
    say()
    time.sleep(600)
"""
    with owner(plain, program) as process:
        family = family_of(process)
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C in a terminal does
        assert family_of(process) == family


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_start_leaves_nothing(
    make_stack: MakeStack, wait_for_end: WaitForEnd, number: signal.Signals
) -> None:
    stack = make_stack(GUNICORN.replace("wsgi", "never_ready"))
    with owner(stack, "servers.start(stack)") as process:
        this = psutil.Process(process.pid)
        family: list[psutil.Process] = []
        deadline = time.monotonic() + 30
        while len(family) < 4 and time.monotonic() < deadline:
            family = this.children(recursive=True)
        assert len(family) == 4
        os.kill(process.pid, number)
        wait_for_end([this, *family])


def test_an_interrupt_at_any_moment_of_a_start_leaves_nothing(
    plain: servers.Stack, wait_for_end: WaitForEnd
) -> None:
    program = """
import psutil
for number in range(10):
    signal.setitimer(signal.ITIMER_REAL, 0.002 + number * 0.03)
    try:
        servers.start(stack).stop()
    except KeyboardInterrupt:
        pass
    signal.setitimer(signal.ITIMER_REAL, 0)
print("done", flush=True)
time.sleep(600)
"""
    program = "import signal\nsignal.signal(signal.SIGALRM, signal.default_int_handler)\n" + program
    with owner(plain, program) as process:
        assert process.stdout is not None
        lines = []
        while (line := process.stdout.readline()) not in ("done\n", ""):
            lines.append(line)
        assert line == "done\n", "".join(lines)
        wait_for_end(psutil.Process(process.pid).children(recursive=True))


def test_an_exception_inside_the_with_block_stops_the_server(plain: servers.Stack) -> None:
    with pytest.raises(ZeroDivisionError), servers.running(plain) as server:
        raise ZeroDivisionError
    assert not server.is_alive()


def test_a_server_that_ignores_sigterm_is_killed(make_stack: MakeStack) -> None:
    server = servers.start(make_stack("python serve.py ignores-sigterm", grace=0.5))
    server.stop()
    assert server.status == -signal.SIGKILL


def test_a_child_in_a_session_of_its_own_is_ended_too(
    make_stack: MakeStack, wait_for_end: WaitForEnd
) -> None:
    server = servers.start(make_stack("python serve.py has-escaped-child"))
    family = server.processes()
    assert len(family) == 2
    server.stop()
    wait_for_end(family)


def test_workers_are_ended_when_their_server_was_killed(
    make_stack: MakeStack, wait_for_end: WaitForEnd
) -> None:
    server = servers.start(make_stack(UVICORN))
    guardian = psutil.Process(server.pid).parent()
    assert guardian is not None
    family = {guardian, *server.processes()}
    assert len(family) >= 4
    os.kill(server.pid, signal.SIGKILL)
    wait_for_end(family)
    assert not server.is_alive()
    assert server.status == -signal.SIGKILL


def test_a_server_whose_guardian_was_killed_can_still_be_stopped(plain: servers.Stack) -> None:
    server = servers.start(plain)
    guardian = psutil.Process(server.pid).parent()
    assert guardian is not None
    guardian.kill()
    server.stop()
    assert server.processes() == set()


def test_a_request_in_flight_is_finished_before_the_end(make_stack: MakeStack) -> None:
    stack = make_stack("gunicorn applications:slow --bind {host}:{port} --no-control-socket")
    answers: list[str] = []
    with servers.running(stack) as server:
        url = f"{server.url}/slow"
        thread = threading.Thread(target=lambda: answers.append(requests.get(url, timeout=20).text))
        thread.start()
        deadline = time.monotonic() + 20
        while "slow request begun" not in server.lines() and time.monotonic() < deadline:
            time.sleep(0.01)
    thread.join()
    assert answers == ["finished"]


def test_stopping_twice_is_allowed(plain: servers.Stack) -> None:
    server = servers.start(plain)
    server.stop()
    server.stop()
    assert not server.is_alive()


STOPS_ALL = """
first, second = servers.start(stack), servers.start(stack)
servers.stop_all()
print(first.is_alive(), second.is_alive(), flush=True)
"""


def test_stop_all_stops_every_server(plain: servers.Stack) -> None:
    # In a process of its own: it would stop the servers that other tests share, too.
    with owner(plain, STOPS_ALL) as process:
        said, _ = process.communicate(timeout=60)
    assert said.split() == ["False", "False"]


def test_stop_all_gives_each_server_the_seconds_that_its_start_asked_for(
    make_stack: MakeStack,
) -> None:
    program = """
server = servers.start(stack, grace=30)
servers.stop_all()
print(server.status, flush=True)
"""
    with owner(make_stack("python serve.py stops-slowly", grace=0.2), program) as process:
        said, _ = process.communicate(timeout=60)
    assert said.split() == ["0"]  # and not -9: it was not killed after the stack's own 0.2 s
