"""Starts one server and ends it, with all its workers, as soon as it is no longer wanted.

Run as a program, once for each server: `python -I guardian.py PARENT_PID COMMAND...`. It starts the
command, writes `pid 123` to standard output, and holds a leash: its standard input is a pipe from
the parent. A number on the leash means "stop, within so many seconds". The end of the leash means
that the parent is gone, by an exit, an exception, a kernel restart or SIGKILL, where no code of the
parent could run any more. Either way the guardian asks the server to stop, kills what is left of
it, writes `status 0` and ends.

Why a process of its own? An `atexit` function does not run on SIGKILL. Linux's PR_SET_PDEATHSIG
does not exist on macOS, follows the thread that started the server instead of the process, and
reaches no workers. The guardian and the server each have their own session, so that Ctrl-C in the
terminal or an interrupted kernel reaches neither of them.

A copy of the parent that was forked without exec holds the other end of the leash too, so that the
pipe can outlive the parent. Therefore the guardian also looks whether it still has the same parent.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time

import psutil

INTERVAL = 0.1  # seconds between two looks at the server
ORPHAN_GRACE = 2.0  # seconds to stop in when nobody waits for the answers any more
KILL_WAIT = 5.0  # seconds for killed processes to disappear


def main() -> int:
    """Guard one server until it has ended."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    asked_to_stop = False

    def ask_to_stop(*_: object) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    # Each signal writes a byte here, also the one that says that the server has ended.
    signals, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)

    # Standard error is where the parent wants the server's output.
    server = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=2, stderr=2, start_new_session=True
    )
    identity = psutil.Process(server.pid)
    grace = ORPHAN_GRACE
    try:
        _tell("pid", server.pid)
        while server.poll() is None and not asked_to_stop and os.getppid() == parent:
            readable = select.select([0, signals], [], [], INTERVAL)[0]
            if 0 in readable:
                grace = float(os.read(0, 100) or ORPHAN_GRACE)
                break
            if signals in readable:
                os.read(signals, 100)
    finally:
        end(identity, grace)
        _tell("status", server.wait())
    return 0


def _tell(name: str, number: int) -> None:
    with contextlib.suppress(OSError):  # the parent may be gone
        os.write(1, f"{name} {number}\n".encode())


def has_ended(process: psutil.Process) -> bool:
    """Tell whether the process is gone, or only waits for its parent to take note of its end."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def family(server: psutil.Process) -> set[psutil.Process]:
    """Return a server's live processes: those of its session, and all descendants.

    Workers whose server has died belong to another parent, but still to the server's session; a
    worker that made a session of its own is still a descendant.
    """
    if psutil.pid_exists(server.pid) and not server.is_running():
        return set()  # the number belongs to a stranger now, which shows that the session is over
    session = [] if has_ended(server) else [server]
    for pid in psutil.pids():
        with contextlib.suppress(OSError, psutil.Error):
            if os.getsid(pid) == server.pid != pid:
                session.append(psutil.Process(pid))
    members: set[psutil.Process] = set()
    for process in session:
        if process not in members:  # each question for children looks at every process there is
            members.add(process)
            with contextlib.suppress(psutil.Error):
                members.update(process.children(recursive=True))
    return {member for member in members if not has_ended(member)}


def end(server: psutil.Process, grace: float) -> None:
    """Ask a server to stop, give it `grace` seconds, then kill whatever is left of its family."""
    members = family(server)
    if grace > 0:
        with contextlib.suppress(psutil.Error):
            server.terminate()
    deadline = time.monotonic() + grace
    looks = 0
    while not has_ended(server) and time.monotonic() < deadline:
        time.sleep(INTERVAL / 10)
        looks += 1
        if looks % 10 == 0:  # a server may start workers until its end
            members |= family(server)

    deadline = time.monotonic() + KILL_WAIT
    while members := {one for one in members | family(server) if not has_ended(one)}:
        if time.monotonic() > deadline:
            break
        for member in members:
            with contextlib.suppress(psutil.Error):
                member.kill()
        time.sleep(INTERVAL / 10)


if __name__ == "__main__":
    sys.exit(main())
