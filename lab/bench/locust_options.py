"""The options of `lab bench` for load by Locust: how many processes, and where they meet."""

from __future__ import annotations

import ipaddress
import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lab.bench.results import LoadWorkers
    from lab.bench.session import Session

MOST_WORKERS = 64
PORT = 5557  # Locust's own
LOOPBACK = "127.0.0.1"
Command = Callable[..., Any]


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        try:
            ipaddress.ip_address(value)
        except ValueError as error:
            raise click.BadParameter(f"{error}: give one such as 0.0.0.0.") from error
    return value


OPTIONS = (
    click.option(
        "--workers",
        type=click.IntRange(0, MOST_WORKERS),
        metavar="N",
        help="Locust's worker processes on this machine.  [default: 2; with --expect-workers: 0]",
    ),
    click.option(
        "--expect-workers",
        "expected",
        type=click.IntRange(0, MOST_WORKERS),
        metavar="N",
        help="Wait for so many of Locust's workers that are started on other machines, or by hand.",
    ),
    click.option(
        "--bind",
        callback=_address,
        metavar="ADDRESS",
        help="Where Locust's master waits for its workers; 0.0.0.0 is every address of this "
        "machine.  [default: 127.0.0.1]",
    ),
    click.option(
        "--port",
        type=click.IntRange(1, 65_535),
        metavar="PORT",
        help="On which port.  [default: a free one; with --expect-workers: 5557]",
    ),
)


def locust_options(command: Command) -> Command:
    """Add the options to a command."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def load_workers(
    engine: str, workers: int | None, expected: int | None, bind: str | None, port: int | None
) -> LoadWorkers | None:
    """Return Locust's processes; None with another engine, which has no use for these options."""
    from lab.bench.results import LoadWorkers

    if engine != "locust":
        if any(one is not None for one in (workers, expected, bind, port)):
            raise click.UsageError(
                "--workers, --expect-workers, --bind and --port are Locust's: add --engine locust."
            )
        return None
    here = workers if workers is not None else 0 if expected else 2
    fixed = PORT if expected and port is None else port
    return LoadWorkers(here=here, expected=expected or 0, bind=bind or LOOPBACK, port=fixed)


def say_who_is_expected(session: Session, owned: Sequence[str]) -> None:
    """Say how the workers are started that a session will wait for."""
    load = session.results.load_workers
    if load is None or not load.expected:
        return
    master = "HOST" if load.bind == "0.0.0.0" else load.bind
    own = "".join(f" --i-own {shlex.quote(host)}" for host in owned)
    click.echo(
        f"Waiting for {load.expected} of Locust's workers. Start them with:\n"
        f"  .venv/bin/python -m lab.bench.load.locust_standby --master {master}:{load.port}{own}",
        err=True,
    )
