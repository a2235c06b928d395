"""`lab rehearse`: the platform in the foreground, or in the background until told to stop."""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from pathlib import Path

import click
import psutil

from lab.heroku import facts, rehearsal, remote
from lab.heroku.commands import home_option, plain_errors
from lab.heroku.control import Control
from lab.heroku.home import NAME, Home, RehearsalError, Running
from lab.servers.browsing import browser_note

STOP_PATIENCE = 90.0  # seconds: more than dynos get to stop in
POLL = 0.1


@click.command(
    "rehearse",
    epilog="Example: `lab rehearse`, then in another terminal `git push heroku main`",
)
@click.argument(
    "directory", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
@click.option("--push", is_flag=True, help="Push what is committed as soon as it runs.")
@click.option(
    "--prefix",
    default="",
    metavar="FOLDER",
    help="With --push: push this folder alone, as git subtree push does.",
)
@click.option(
    "--background", is_flag=True, help="Give the terminal back; it ends with the terminal."
)
@click.option("--stop", is_flag=True, help="Stop the rehearsal that runs.")
@click.option(
    "--speed",
    type=click.FloatRange(min=1),
    default=1.0,
    show_default=True,
    help="Shorten the platform's time limits so many times; each line they touch says so.",
)
@click.option(
    "--slug-limit",
    type=click.IntRange(min=1),
    metavar="MB",
    default=facts.platform().slug.limit_megabytes,
    show_default=True,
    help="The largest slug.",
)
@home_option
@plain_errors()
def rehearse_command(
    directory: Path | None,
    push: bool,
    prefix: str,
    background: bool,
    stop: bool,
    speed: float,
    slug_limit: int,
    home: Path | None,
) -> None:
    """Rehearse the deploy of the copy in DIRECTORY, without an account.

    It makes a Git remote to push to and runs what you push as Heroku would: builds what is
    committed, starts dynos, routes requests to them, and keeps their log. Ctrl-C stops all of it.
    A network is needed only for packages that this computer has not fetched yet.
    """
    copy = (directory or Path.cwd()).resolve()
    if stop:
        _stop(copy, home)
        return
    copy, place, name = rehearsal.prepare(copy, home)
    command = [*rehearsal.command(place, speed), "--slug-limit", str(slug_limit)]
    if background:
        running = _in_background(place, command)
        _greet(running, name, prefix, stop="lab rehearse --stop")
        if push:
            _push(copy, name, prefix)
        return
    _in_foreground(place, copy, name, prefix if push else None, speed, slug_limit)


def _in_foreground(
    place: Home, copy: Path, name: str, prefix: str | None, speed: float, slug_limit: int
) -> None:
    from lab.heroku import platform  # its web server takes a moment to import

    settings = platform.Settings(speed, slug_limit, parent=os.getppid())
    pushes: list[asyncio.Future[None]] = []

    def ready(running: Running) -> None:
        _greet(running, name, prefix or "", stop="Ctrl-C, or lab rehearse --stop")
        if prefix is not None:
            loop = asyncio.get_running_loop()
            pushes.append(loop.run_in_executor(None, _push_and_say, copy, name, prefix))

    asyncio.run(platform.serve(place, settings, ready))
    click.echo("\nThe rehearsal has stopped, and all that it ran.")


def _push_and_say(copy: Path, name: str, prefix: str) -> None:
    try:
        _push(copy, name, prefix)
    except click.ClickException as error:  # the platform goes on: mend it and push again
        error.show()


def _push(copy: Path, name: str, prefix: str) -> None:
    done = remote.push(copy, name, prefix=prefix, tell=click.echo)
    if not done.accepted:
        mend = "The lines above say why. Mend it, commit it and push again."
        raise click.ClickException(f"The push was refused. {done.advice or mend}")


def _in_background(place: Home, command: list[str]) -> Running:
    leader = _terminal_session()
    tied = [] if leader is None else ["--session", str(leader)]
    with place.output.open("wb") as output:
        process = subprocess.Popen(
            [*command, *tied],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            env=rehearsal.variables(),
            start_new_session=True,
        )
    return rehearsal.wait_for_start(place, process)


def _terminal_session() -> int | None:
    """Return the process that leads this terminal's session: it ends when the terminal closes."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY))
    except OSError:  # no terminal, as in a script that a service runs
        return None
    leader = os.getsid(0)
    return leader if psutil.pid_exists(leader) else None


def _greet(running: Running, name: str, prefix: str, *, stop: str) -> None:
    push = (
        f"git subtree push --prefix {prefix} {name} main"
        if prefix
        else f"git push {name} HEAD:main"
    )
    speed = "" if running.speed == 1 else f"\n  Time limits are {running.speed:g} times shorter."
    there = f"\n  {note}" if (note := browser_note(running.url)) else ""
    click.echo(
        f"The rehearsal runs at {running.url}{there}{speed}\n"
        f"  Deploy what is committed:      {push}\n"
        f"  After an amended commit:       {remote.forced(name, prefix)}\n"
        "  Watch its log:                 lab logs --tail\n"
        f"  Stop it:                       {stop}"
    )


def _stop(copy: Path, given: Path | None) -> None:
    place = Home(given.resolve()) if given else Home(remote.root_of(copy) / NAME)
    running = place.running()
    if running is None:
        click.echo("No rehearsal runs.")
        return
    Control(running).stop()
    deadline = time.monotonic() + STOP_PATIENCE
    while running.is_alive and time.monotonic() < deadline:
        time.sleep(POLL)
    if running.is_alive:
        raise RehearsalError(f"Process {running.pid} has not stopped in {STOP_PATIENCE:.0f} s.")
    click.echo("The rehearsal has stopped, and all that it ran.")
