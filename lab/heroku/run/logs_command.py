"""`lab logs`: the log of a rehearsal in the terminal."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path

import click

from lab.heroku.commands import home_of, home_option, plain_errors
from lab.heroku.home import Home
from lab.heroku.run.log import Line, Source
from lab.heroku.run.reading import Wanted, follow, read

SHOWN = 100


@click.command(
    "logs",
    epilog="Example: `lab logs --tail`, or `lab logs -n 20 --source heroku --dyno router`",
)
@click.option("-t", "--tail", is_flag=True, help="Go on showing lines as they come, until Ctrl-C.")
@click.option(
    "-n",
    "--num",
    "count",
    type=click.IntRange(min=0),
    default=SHOWN,
    show_default=True,
    help="How many of the last lines; 1,500 are kept.",
)
@click.option(
    "-s",
    "--source",
    type=click.Choice(["app", "heroku"]),
    help="Only what the app prints, or only what the platform says.",
)
@click.option(
    "-d", "--dyno", metavar="NAME", help="Only one dyno (web.1), a process type (web) or router."
)
@home_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line, for programs.")
@plain_errors()
def logs_command(
    tail: bool,
    count: int,
    source: Source | None,
    dyno: str | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """Show the log of the rehearsal: the app, its dynos, the router, and the builds."""
    found = home_of(home)
    if tail:
        found.must_run()
    wanted = Wanted(source, dyno)
    everything = read(found.log)
    lines = [line for line in everything if wanted.has(line)]
    for line in lines[max(0, len(lines) - count) :]:
        _show(line, as_json)
    if dyno and not lines:
        names = ", ".join(sorted({line.dyno for line in everything})) or "none"
        click.echo(f"No such line is there yet. Lines are there of: {names}", err=True)
    if tail:
        with contextlib.suppress(KeyboardInterrupt):
            _follow(found, wanted, everything[-1].number if everything else 0, as_json)


def _follow(home: Home, wanted: Wanted, after: int, as_json: bool) -> None:
    stopped = False
    for line in follow(home.log, wanted, after=after):
        if line is not None:
            _show(line, as_json)
        elif stopped:  # seen before this last look, which has thus found the last lines
            click.echo("The rehearsal has stopped.", err=True)
            return
        else:
            stopped = home.running() is None


def _show(line: Line, as_json: bool) -> None:
    click.echo(json.dumps(asdict(line)) if as_json else str(line))
