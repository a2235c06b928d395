"""Dynos: what they find, how they start, crash and stop, and that nothing of them is left."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil
import pytest

from lab.heroku.run.dyno import address
from lab.heroku.run.processes import Processes
from lab.servers.ports import HOST
from tests.lab.heroku.run.conftest import APP, LIMITS, NewStage, small
from tests.lab.heroku.run.stage import Stage

WaitForEnd = Callable[[Iterable[psutil.Process]], None]
ROOT = Path(__file__).parents[4]
LISTEN = "socket.create_server(('0.0.0.0', int(os.environ['PORT'])))"


def test_a_process_finds_the_buildpack_s_variables_and_none_of_ours(
    stage: Stage,
) -> None:
    found = stage.get("/environment").json()["environment"]
    home = found["HOME"]
    assert found["DYNO"] == "web.1"
    assert found["GREETING"] == "hello"  # a config var
    assert found["WEB_CONCURRENCY"] == "2"
    assert found["DYNO_RAM"] == "512"
    assert found["PYTHONUNBUFFERED"] == "true"
    assert found["FORWARDED_ALLOW_IPS"] == "*"
    assert found["PYTHONPATH"] == home
    assert found["PATH"].split(":")[0] == f"{home}/.heroku/python/bin"
    ours = set(os.environ) - set(found)
    assert {name for name in ours if name.startswith("PYTEST")}  # they did not get there


def test_what_a_dyno_writes_is_gone_after_a_restart(new_stage: NewStage) -> None:
    stage = small(new_stage)
    assert [stage.get("/write").json()["was there"] for _ in range(2)] == [False, True]
    before = stage.position
    stage.do(stage.formation.restart("web.1"))
    assert stage.get("/write").json()["was there"] is False  # it waits until the dyno is up
    assert sorted(path.name for path in stage.slug.iterdir()) == ["app.py"]
    stage.line("Process exited with status 143", after=before)
    assert in_order(
        stage.texts(after=before),
        "Restarting",
        "State changed from up to starting",
        "Stopping all processes with SIGTERM",
        "Process exited with status 143",
    )
    assert in_order(
        stage.texts(after=before),
        "Starting process with command `python app.py`",
        "State changed from starting to up",
    )


def test_a_server_that_listens_everywhere_is_reached_from_this_machine_alone(
    stage: Stage,
) -> None:
    dyno = stage.formation.web[0].dyno
    assert dyno is not None
    assert dyno.port is not None
    listening = {
        link.laddr.ip
        for process in psutil.Process().children(recursive=True)
        for link in process.net_connections("tcp")
        if link.status == psutil.CONN_LISTEN
    }
    assert address() in listening
    assert all(ip.startswith("127.") for ip in listening)


WORKER = f"""
import os, socket, subprocess, sys, time
if not sys.argv[1:]:
    subprocess.run([sys.executable, __file__, "worker"])
listener = {LISTEN}
time.sleep(60)
"""


@pytest.mark.parametrize("command", ["PYTHONPATH=src python app.py", "python -I app.py"])
def test_whatever_an_app_does_with_its_python_it_stays_on_loopback(
    new_stage: NewStage, command: str
) -> None:
    """A path of its own, none, a sitecustomize: also in a process that it has started."""
    stage = new_stage()
    own = stage.slug / "src" / "sitecustomize.py"
    own.parent.mkdir()
    own.write_text("print('own', flush=True)\n", encoding="utf-8")
    stage.made(WORKER)
    stage.run(stage.of(command))
    (place,) = stage.formation.web
    assert place.state == "up"
    assert place.dyno is not None
    listening = {
        link.laddr.ip
        for process in members_of(stage)
        for link in process.net_connections("tcp")
        if link.status == psutil.CONN_LISTEN and link.laddr.port == place.dyno.port
    }
    assert listening == {address()}
    if "-I" not in command:
        stage.line("own", after=stage.line("own").number)


def test_a_server_that_cannot_be_kept_on_loopback_is_stopped(new_stage: NewStage) -> None:
    stage = new_stage()
    stage.made(f"import os, socket, time\na = {LISTEN}\ntime.sleep(60)")
    stage.do(stage.formation.release(stage.of("python -S app.py")))
    stage.line("Rehearsal: this server listens on every address")
    stage.line("Process exited with status 137")


@pytest.mark.skipif(address() == HOST, reason="this system has one loopback address only")
def test_a_server_on_127_0_0_1_is_not_reached_as_on_the_platform(new_stage: NewStage) -> None:
    stage = new_stage(LIMITS.but(boot=0.5))
    program = f"import os, socket, time\na = {LISTEN}\ntime.sleep(60)"
    stage.do(stage.formation.release(stage.made(program.replace("0.0.0.0", HOST))))
    stage.line("Error R10")


def test_r10_ends_a_process_that_does_not_listen_on_its_port(new_stage: NewStage) -> None:
    stage = new_stage(LIMITS.but(boot=0.5))
    stage.do(stage.formation.release(stage.of("echo on another port; sleep 60")))
    stage.line("State changed from crashed to starting")
    assert in_order(
        stage.texts(),
        "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of "
        "launch (rehearsal: 0.5 s instead of 60 s)",
        "Stopping process with SIGKILL",
        "Process exited with status 137",
        "State changed from starting to crashed",
        "State changed from crashed to starting",
    )


def test_a_crashed_dyno_starts_again_at_once_and_then_only_after_a_while(
    new_stage: NewStage,
) -> None:
    stage = new_stage(LIMITS.but(cool_off=0.3))
    stage.do(stage.formation.release(stage.of("exit 3")))
    last = stage.line("(rehearsal: 0.3 s instead of 600 s)").text
    assert last.startswith("State changed from crashed to starting")
    texts = stage.texts()
    assert texts.count("Process exited with status 3") >= 2
    assert "State changed from crashed to starting" in texts  # the first time


def test_h10_is_a_crashed_app_and_a_release_starts_it_again(new_stage: NewStage) -> None:
    stage = new_stage()
    stage.run(stage.of("exit 3"))
    stage.wait(lambda: stage.texts().count("State changed from starting to crashed") == 2, what="2")
    assert stage.get("/crashed").status_code == 503
    assert 'code=H10 desc="App crashed"' in stage.routed("/crashed")
    stage.run(stage.made(APP))
    assert stage.get("/again").ok


def test_a_dyno_that_dies_is_replaced(new_stage: NewStage) -> None:
    stage = small(new_stage)
    assert stage.ask("POST", "/die").status_code == 503
    assert "code=H13" in stage.routed("/die")
    stage.line("State changed from up to crashed")
    stage.line("State changed from crashed to starting")
    assert stage.get("/alive").ok


PARENT_AND_CHILD = """
import os, signal, socket, subprocess, sys, time
name = "child" if sys.argv[1:] else "parent"
def say(what):
    os.write(1, (name + what).encode())  # in one piece: two processes write into one log
def stop(*_):
    say(" stops\\n")
    {stop}
signal.signal(signal.SIGTERM, stop)
if name == "parent":
    subprocess.Popen([sys.executable, __file__, "child"])
    listener = socket.create_server(("0.0.0.0", int(os.environ["PORT"])))
say(" runs\\n")
while True:
    time.sleep(60)
"""


@pytest.mark.parametrize("look", ["listening_at", "megabytes"])
def test_a_dyno_that_cannot_be_watched_is_stopped(
    new_stage: NewStage, monkeypatch: pytest.MonkeyPatch, look: str
) -> None:
    async def fails(*_: object) -> None:
        raise OSError("too many open files")

    monkeypatch.setattr(Processes, look, fails)
    stage = new_stage(LIMITS)
    stage.do(stage.formation.release(stage.made(APP)))
    stage.line("Rehearsal: the dyno cannot be watched, and is stopped: too many open files")
    stage.line("State changed from", after=stage.line("Process exited with status 137").number)


def test_every_process_of_a_dyno_gets_sigterm(
    new_stage: NewStage, wait_for_end: WaitForEnd
) -> None:
    stage = new_stage()
    # The shell is a third process, which ends at once; the dyno ends with its last process.
    stage.made(PARENT_AND_CHILD.format(stop="time.sleep(0.3 * (name == 'child')); sys.exit()"))
    stage.run(stage.of("python app.py && true"))
    stage.line("child runs")
    members = members_of(stage)
    stage.do(stage.formation.scale(web=0))
    stage.line("Process exited with status 143")
    stage.line("parent stops")
    stage.line("child stops")
    assert in_order(
        stage.texts(), "State changed from up to down", "Stopping all processes with SIGTERM"
    )
    assert not [text for text in stage.texts() if "SIGKILL" in text]
    wait_for_end(members)


def test_r12_ends_what_does_not_stop(new_stage: NewStage, wait_for_end: WaitForEnd) -> None:
    stage = new_stage(LIMITS.but(exit=0.5))
    stage.run(stage.made(PARENT_AND_CHILD.format(stop="pass")))
    stage.line("child runs")
    members = members_of(stage)
    stage.do(stage.formation.restart())
    stage.line("Process exited with status 137")
    assert in_order(
        stage.texts(),
        "Stopping all processes with SIGTERM",
        "Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of "
        "SIGTERM (rehearsal: 0.5 s instead of 30 s)",
        "Stopping remaining processes with SIGKILL",
        "Process exited with status 137",
    )
    wait_for_end(members)


EATER = f"""
import os, socket, time
listener = {LISTEN}
eaten = bytearray(os.urandom(1024)) * (1024 * int(os.environ["EAT"]))
time.sleep(60)
"""


def test_r14_is_too_much_memory_and_comes_again(new_stage: NewStage) -> None:
    stage = new_stage(LIMITS.but(memory=60, memory_report=0.3))
    stage.run(stage.made(EATER, EAT="70"))
    error = "Error R14 (Memory quota exceeded) (rehearsal: 0.3 s instead of 20 s)"
    stage.wait(lambda: stage.texts().count(error) >= 2, what="two of R14")
    running = next(text for text in stage.texts() if text.startswith("Process running mem="))
    assert running.endswith("%) (rehearsal: 60 MB instead of 512 MB)")
    assert stage.formation.web[0].state == "up"


def test_r15_is_twice_the_memory_and_ends_the_dyno(new_stage: NewStage) -> None:
    stage = new_stage(LIMITS.but(memory=30))
    stage.do(stage.formation.release(stage.made(EATER, EAT="100")))
    stage.line("Process exited with status 137")
    assert in_order(
        [text.partition("=")[0] for text in stage.texts()],
        "Process running mem",
        "Error R15 (Memory quota vastly exceeded)",
        "Stopping process with SIGKILL",
        "Process exited with status 137",
    )


DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print("daemon", os.getpid(), flush=True)
        time.sleep(300)
    os._exit(0)
time.sleep(0.5)
"""


@pytest.mark.skipif(not psutil.LINUX, reason="elsewhere a daemon is out of sight")
def test_a_daemon_ends_with_the_command_that_has_left_it(
    new_stage: NewStage, wait_for_end: WaitForEnd
) -> None:
    stage = new_stage()
    stage.do(stage.formation.release(stage.made(DAEMON)))
    daemon = psutil.Process(int(stage.line("daemon").text.split()[-1]))
    stage.line("Process exited with status 0")
    wait_for_end([daemon])


def test_what_cannot_be_scaled_or_restarted_is_named(stage: Stage) -> None:
    with pytest.raises(LookupError, match=r"no process type 'worker'. Declared are: web"):
        stage.do(stage.formation.scale(worker=1))
    for quantity in (-1, 11):
        with pytest.raises(ValueError, match="a type has 10 at most"):
            stage.do(stage.formation.scale(web=quantity))
    with pytest.raises(LookupError, match=r"no dyno 'web.7'. There are: web.1"):
        stage.do(stage.formation.restart("web.7"))


def test_the_log_shows_the_command_with_its_port(new_stage: NewStage) -> None:
    stage = new_stage(LIMITS)
    stage.run(stage.of("echo $PORT ${PORT:-5000} $PORTAL $HOME"))
    said = stage.line("Starting process with command").text
    assert re.search(r"`echo \d+ \$\{PORT:-5000\} \$PORTAL \$HOME`$", said), said


def test_a_command_runs_once_in_a_dyno_of_its_own(stage: Stage) -> None:
    release = stage.of("python app.py", SAID="all good")
    command = 'echo "$SAID from $DYNO"; exit 4'
    assert stage.do(stage.formation.run_once(release, "release.1", command)) == 4
    assert str(stage.line("all good")).endswith("app[release.1]: all good from release.1")
    assert "Process exited with status 4" in stage.texts("release.1")


KILLED = """
import asyncio
from pathlib import Path
from lab.heroku.run.processes import Processes

async def run():
    processes = await Processes.start(
        "echo up; sleep 300 & sleep 301", folder=Path(), variables={}, on_line=print
    )
    await processes.ended()

asyncio.run(run())
"""


def test_the_processes_of_a_killed_platform_end(wait_for_end: WaitForEnd) -> None:
    platform = subprocess.Popen(
        [sys.executable, "-u", "-c", KILLED], cwd=ROOT, stdout=subprocess.PIPE
    )
    with platform:
        assert platform.stdout is not None
        assert platform.stdout.readline() == b"up\n"
        members = psutil.Process(platform.pid).children(recursive=True)
        assert len(members) >= 3  # guardian, supervisor, the shell and what it has started
        platform.send_signal(signal.SIGKILL)
    wait_for_end(members)


def test_nothing_is_left_when_a_formation_is_closed(
    new_stage: NewStage, wait_for_end: WaitForEnd
) -> None:
    stage = new_stage(LIMITS)
    stage.run(stage.made(PARENT_AND_CHILD.format(stop="pass")))
    members = members_of(stage)
    stage.do(stage.formation.close(grace=0.2))
    wait_for_end(members)
    assert not (stage.folder / "dynos").exists()
    stage.line("Stopping remaining processes with SIGKILL (rehearsal: 0.2 s instead of 30 s)")


def test_a_dyno_that_a_restart_has_replaced_is_not_waited_for_at_the_end(
    new_stage: NewStage, wait_for_end: WaitForEnd
) -> None:
    stage = new_stage(LIMITS.but(exit=600))
    stage.run(stage.made(PARENT_AND_CHILD.format(stop="pass")))
    stage.line("child runs")
    members = members_of(stage)
    stage.do(stage.formation.restart())
    stage.line("Stopping all processes with SIGTERM")
    stage.do(stage.formation.close(grace=0.2))
    wait_for_end(members)


def members_of(stage: Stage) -> set[psutil.Process]:
    """Return the processes of the first web dyno."""
    dyno = stage.formation.web[0].dyno
    assert dyno is not None
    processes = dyno._processes
    assert isinstance(processes, Processes)
    return processes.all()


def in_order(texts: list[str], *wanted: str) -> bool:
    """Tell whether these are among the texts, in this order."""
    rest = iter(texts)
    return all(one in rest for one in wanted)


def test_lines_come_out_as_they_are_printed(tmp_path: Path) -> None:
    lines: list[str] = []

    async def run() -> int:
        processes = await Processes.start(
            "printf 'one\\ntwo\\r\\n\\xff'", folder=tmp_path, variables={}, on_line=lines.append
        )
        return await processes.ended()

    assert asyncio.run(run()) == 0
    assert lines == ["one", "two\r", "\ufffd"]


def test_where_no_guardian_comes_up_no_stranger_is_taken_for_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = tmp_path / "dead.py"
    dead.write_text("raise SystemExit(1)\n", encoding="utf-8")
    monkeypatch.setattr("lab.heroku.run.processes.guardian.__file__", str(dead))
    monkeypatch.setattr(psutil, "Process", None)  # nobody is to be looked at

    async def run() -> tuple[set[psutil.Process], int]:
        processes = await Processes.start(
            "true", folder=tmp_path, variables={}, on_line=lambda _: None
        )
        processes.terminate()
        return processes.all(), await processes.ended()

    assert asyncio.run(run()) == (set(), 137)


def test_a_dyno_that_waits_after_a_crash_can_be_stopped(new_stage: NewStage) -> None:
    stage = new_stage()
    stage.run(stage.of("exit 1"))
    stage.wait(lambda: len([one for one in stage.texts() if "crashed" in one]) > 2, what="crashes")
    stage.do(stage.formation.close())
    assert stage.texts()[-1] == "State changed from crashed to down"
