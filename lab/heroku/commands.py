"""The commands of a rehearsal: start it, and tell the platform what to do."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import click

from lab.heroku.control import Control, Outcome
from lab.heroku.home import Home, RehearsalError, find
from lab.heroku.releases import Releases

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the rehearsal keeps everything.  [default: .rehearsal in the copy]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what can go wrong for a user into a message. Decorates a command."""
    try:
        yield
    except RehearsalError as error:
        raise click.ClickException(str(error)) from error


def home_of(given: Path | None) -> Home:
    """Return the rehearsal of the folder in which the command was typed."""
    return find(Path.cwd(), given)


def control_of(given: Path | None) -> Control:
    """Return the running platform's control."""
    return Control(home_of(given).must_run())


@click.command(
    "ps",
    epilog="Example: `lab ps`, or `lab ps --restart --dyno web.1`",
)
@click.option("--restart", is_flag=True, help="Restart all dynos, or the one of --dyno.")
@click.option("--dyno", metavar="NAME", help="Which dyno to restart, such as web.1.")
@home_option
@json_option
@plain_errors()
def ps_command(restart: bool, dyno: str | None, home: Path | None, as_json: bool) -> None:
    """List the dynos of the rehearsal, or restart them."""
    control = control_of(home)
    if restart:
        control.restart(dyno)
        click.echo(f"Restarting {dyno or 'all dynos'}. See it with: lab logs --tail")
        return
    dynos = control.status()["dynos"]
    if as_json:
        click.echo(json.dumps(dynos, indent=2))
        return
    for one in dynos:
        click.echo(f"{one['name']}: {one['state']}  {one.get('command', '')}")
    if not dynos:
        click.echo("No dyno runs. Push something (git push heroku main), or: lab scale web=1")


@click.command("scale", epilog="Example: `lab scale web=2`")
@click.argument("counts", nargs=-1, required=True, metavar="TYPE=NUMBER...")
@home_option
@plain_errors()
def scale_command(counts: tuple[str, ...], home: Path | None) -> None:
    """Have so many dynos of a process type; web=0 stops the app."""
    wanted = {}
    for one in counts:
        kind, _, number = one.partition("=")
        if not kind or not number.isdecimal():
            raise click.BadParameter(f"'{one}' is not of the form web=2.", param_hint="TYPE=NUMBER")
        wanted[kind] = int(number)
    control_of(home).scale(wanted)
    click.echo(f"Scaled to {', '.join(f'{kind}={number}' for kind, number in wanted.items())}.")


@click.group(
    "config", invoke_without_command=True, epilog="Example: `lab config set LOG_LEVEL=DEBUG`"
)
@home_option
@json_option
@click.pass_context
@plain_errors()
def config_command(context: click.Context, home: Path | None, as_json: bool) -> None:
    """List, set and unset the config vars: the environment of the dynos.

    Each change makes a release and restarts the dynos.
    """
    context.obj = home
    if context.invoked_subcommand is not None:
        return
    current = Releases(home_of(home).folder).current
    config = current.config if current else {}
    if as_json:
        click.echo(json.dumps(config, indent=2))
        return
    width = max(map(len, config), default=0) + 1
    for name, value in sorted(config.items()):
        click.echo(f"{name + ':':<{width}} {value}")
    if not config:
        click.echo("No config var is set. Set one: lab config set NAME=VALUE")


@config_command.command("set", epilog="Example: `lab config set LOG_LEVEL=DEBUG`")
@click.argument("values", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.pass_obj
@plain_errors()
def set_command(home: Path | None, values: tuple[str, ...]) -> None:
    """Set config vars."""
    wanted = {}
    for one in values:
        name, equals, value = one.partition("=")
        if not equals:
            raise click.BadParameter(f"'{one}' is not of the form NAME=VALUE.")
        wanted[name] = value
    _say(control_of(home).configure(wanted, (), click.echo), f"Set {', '.join(wanted)}")


@config_command.command("unset", epilog="Example: `lab config unset LOG_LEVEL`")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.pass_obj
@plain_errors()
def unset_command(home: Path | None, names: tuple[str, ...]) -> None:
    """Unset config vars."""
    _say(control_of(home).configure({}, names, click.echo), f"Unset {', '.join(names)}")


@click.command("releases", epilog="Example: `lab releases`, then `lab rollback v3`")
@home_option
@json_option
@plain_errors()
def releases_command(home: Path | None, as_json: bool) -> None:
    """List what has been released, the newest first."""
    releases = Releases(home_of(home).folder)
    known, current = releases.all(), releases.current
    if as_json:
        fields = [
            {
                "name": one.name,
                "description": one.description,
                "commit": one.commit or None,
                "created": one.created.isoformat(timespec="seconds"),
                "current": one == current,
                "failed": one.failed,
            }
            for one in known
        ]
        click.echo(json.dumps(fields, indent=2))
        return
    for one in reversed(known):
        state = "  release command failed" if one.failed else "  current" if one == current else ""
        when = one.created.astimezone()
        click.echo(f"{one.name:<5} {when:%Y-%m-%d %H:%M:%S}  {one.description}{state}")
    if not known:
        click.echo("Nothing has been released yet. Push: git push heroku main")


@click.command("rollback", epilog="Example: `lab rollback v3`")
@click.argument("release", required=False, metavar="[vN]")
@home_option
@plain_errors()
def rollback_command(release: str | None, home: Path | None) -> None:
    """Go back to an earlier release: its code and its config vars, as a new release.

    Without vN it is the release before the current one.
    """
    folder = home_of(home)
    number = _number(release) if release else _before(Releases(folder.folder))
    made = Control(folder.must_run()).rollback(number, click.echo)
    _say(made, f"Rolled back to v{number}")


def _number(release: str) -> int:
    number = release.removeprefix("v")
    if not number.isdecimal():
        raise click.BadParameter(f"'{release}' is not of the form v3.", param_hint="'vN'")
    return int(number)


def _before(releases: Releases) -> int:
    """Return the newest release before the current one that has code and has not failed."""
    current = releases.current
    earlier = [
        one.number
        for one in releases.all()
        if current and one.number < current.number and one.commit and not one.failed
    ]
    if not earlier:
        raise RehearsalError("There is no earlier release. See: lab releases")
    return earlier[-1]


def _say(made: Outcome, done: str) -> None:
    if made.failed:
        raise click.ClickException(
            f"The release phase of {made.name} failed, so nothing has changed. "
            "Read why: lab logs --dyno release"
        )
    click.echo(f"{done}, as release {made.name}. The dynos restart.")
