"""`lab drill`: deploy a broken copy, find out why it fails, mend it."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click

from lab.heroku.drills.asking import ask, put_both
from lab.heroku.drills.catalogue import UnknownDrillError, drills, find
from lab.heroku.drills.drill import Drill
from lab.heroku.drills.observing import Observation, is_made_for, make, observe
from lab.heroku.home import RehearsalError
from lab.heroku.preflight.git import git

PLACE = Path(".drills")


def _known(_: click.Context, _argument: click.Parameter, value: str | None) -> Drill | None:
    try:
        return None if value is None else find(value)
    except UnknownDrillError as error:
        raise click.BadParameter(str(error)) from error


@click.command("drill", epilog="Example: `lab drill H12`, mend it, `lab drill H12 --check`")
@click.argument("code", required=False, callback=_known)
@click.option("--check", is_flag=True, help="Deploy your mended copy, and say whether it is well.")
@click.option("--again", is_flag=True, help="Throw the copy away, and begin with a new one.")
@click.option("--list", "as_list", is_flag=True, help="List all drills.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the copy lies.  [default: .drills/CODE]",
)
@click.option("--json", "as_json", is_flag=True, help="With --check or --list: for programs.")
def drill_command(
    code: Drill | None,
    check: bool,
    again: bool,
    as_list: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Break a small copy so that the platform's CODE comes, and find out why.

    CODE is an error code such as R10 or H12, or the reason of a failed build. The copy is deployed
    in a rehearsal; you see its log, and name cause and cure. Then you mend it.
    """
    if as_list:
        _list(as_json)
        return
    if code is None:
        raise click.UsageError("Which drill? To see all: lab drill --list")
    place = folder or _own_place() / code.called.replace("::", "-")
    try:
        if check:
            _check(code, place, as_json)
        else:
            _begin(code, place, again)
    except RehearsalError as error:
        raise click.ClickException(str(error)) from error


def _list(as_json: bool) -> None:
    if as_json:
        fields = [{"code": one.called, "title": one.title} for one in drills()]
        click.echo(json.dumps(fields, indent=2))
        return
    for one in drills():
        click.echo(f"{one.called:42} {one.headline}")


def _own_place() -> Path:
    """Return the folder of all drills, which keeps itself out of every commit."""
    PLACE.mkdir(exist_ok=True)
    (PLACE / ".gitignore").write_text("*\n", encoding="utf-8")
    return PLACE


def _begin(drill: Drill, place: Path, again: bool) -> None:
    if again and is_made_for(drill, place):
        shutil.rmtree(place)
    if place.exists() and any(place.iterdir()):
        raise click.ClickException(
            f"{place} is there already.\n"
            f"Is it mended? lab drill {drill.called} --check\n"
            f"To begin anew:  lab drill {drill.called} --again\n"
            "(That deletes a copy which a drill has made, and no other folder.)"
        )
    make(drill, place)
    click.echo(f"{drill.title}. {drill.story}\n\nDeploying {place}; this takes some seconds.")
    if not drill.is_of_the_build:
        click.echo(f"Time limits are {drill.speed:g} times shorter; lines that they touch say so.")
    found = observe(drill, place, to_show=True)
    _show(drill, found)
    if sys.stdin.isatty():
        ask(drill)
        click.echo(f"\n{drill.lesson}")
    else:
        put_both(drill)
    click.echo(
        f"\nNow mend it: change {place}, commit it there (git add, git commit), then:\n"
        f"  lab drill {drill.called} --check"
    )


def _show(drill: Drill, found: Observation) -> None:
    click.echo("")
    for line in found.push if drill.is_of_the_build else found.log:
        click.echo(line)
    if found.seen:
        click.echo("\nSeen from outside:")
    for told in found.told():
        click.echo(f"  {told}")


def _check(drill: Drill, place: Path, as_json: bool) -> None:
    if not (place / ".git").is_dir():
        raise click.ClickException(
            f"There is no copy in {place}. Begin with: lab drill {drill.called}"
        )
    uncommitted = bool(git(place, "status", "--porcelain").strip())
    found = observe(drill, place)
    if as_json:
        fields = {"code": drill.called, "healthy": not found.problems, "problems": found.problems}
        click.echo(json.dumps(fields, indent=2))
    elif found.problems:
        click.echo(f"{drill.called} is not mended yet:")
        for problem in found.problems:
            click.echo(f"  - {problem}")
    else:
        click.echo(f"{drill.called} is mended: it builds, it runs, and the log shows no error.")
        click.echo(drill.lesson)
    if uncommitted and not as_json:
        click.echo(
            "Some changes are not committed, and only what is committed is deployed:\n"
            f"  git -C {place} status"
        )
    if found.problems:
        raise SystemExit(1)
