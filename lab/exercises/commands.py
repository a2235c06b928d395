"""The learner's loop in a terminal: `lab check`, `hint`, `progress`, `watch`, `init`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lab.exercises import loop
from lab.exercises.catalogue import UnknownExerciseError, exercises, find
from lab.exercises.learner_copy import CopyError, make_copy
from lab.exercises.outcome import Outcome, State
from lab.exercises.source import Exercise
from lab.exercises.watch import watch
from lab.exercises.workspace import not_here

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def _known(_: click.Context, _argument: click.Parameter, value: str | None) -> Exercise | None:
    try:
        return None if value is None else find(value)
    except UnknownExerciseError as error:
        raise click.BadParameter(str(error)) from error


def _say_where() -> None:
    if note := not_here():
        click.echo(note, err=True)


@click.command(
    "check",
    epilog="Example: `lab check 03.2`, or `lab check` for all that you have begun",
)
@click.argument("exercise", required=False, callback=_known)
@AS_JSON
def check_command(exercise: Exercise | None, as_json: bool) -> None:
    """Say whether an answer is right, and if not, what exactly is wrong.

    Without EXERCISE it checks every answer that differs from its stub. Exit status 0 means that all
    that was checked is passed.
    """
    _say_where()
    asked = [exercise] if exercise else exercises()
    outcomes: list[tuple[Exercise, Outcome]] = []
    for one in asked:
        outcome = loop.check_exercise(one)
        if exercise is None and outcome.state is State.NOT_ATTEMPTED:
            continue
        outcomes.append((one, outcome))
        if not as_json:
            click.echo(loop.told(one, outcome))
    if as_json:
        records = [{"exercise": one.number, **outcome.fields()} for one, outcome in outcomes]
        click.echo(json.dumps(records, indent=2))
    elif not outcomes:
        click.echo(f"No exercise is begun yet.\n{loop.overview_text().splitlines()[-1]}")
    if any(outcome.state is not State.PASSED for _, outcome in outcomes):
        raise SystemExit(1)


@click.command("hint", epilog="Example: `lab hint 03.2`; call it again for the next hint")
@click.argument("exercise", callback=_known)
@click.argument("tier", required=False, type=click.IntRange(min=1))
def hint_command(exercise: Exercise, tier: int | None) -> None:
    """Give a hint: the first fits your last failure, each call gives one more."""
    _say_where()
    click.echo(loop.next_hint(exercise, tier))


@click.command("progress", epilog="Example: `lab progress`, or `lab progress --json`")
@AS_JSON
def progress_command(as_json: bool) -> None:
    """Show which exercises are passed and what comes next."""
    _say_where()
    if as_json:
        click.echo(json.dumps([line.fields() for line in loop.overview()], indent=2))
    else:
        click.echo(loop.overview_text())


@click.command("watch", epilog="Example: `lab watch` in one terminal, your editor beside it")
@click.option("--polling", is_flag=True, help="Look at the files again and again.")
def watch_command(polling: bool) -> None:
    """Check each answer as soon as its file is saved, until Ctrl-C."""
    _say_where()
    click.echo(loop.overview_text().splitlines()[-1])
    try:
        for exercise in watch(polling=polling, say=click.echo):
            click.echo("")
            click.echo(loop.told(exercise, loop.check_exercise(exercise)))
    except KeyboardInterrupt:
        click.echo("\nStopped watching.")


@click.command("init", epilog="Example: `lab init ../my-copy --name Ada`")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Your name, for the instructor who collects progress.")
@click.option(
    "--share-packages",
    "shared",
    is_flag=True,
    help="Let the copy use the packages installed here, instead of a set-up of its own.",
)
def init_command(directory: Path, name: str, shared: bool) -> None:
    """Make a copy of your own in DIRECTORY, to work, commit and deploy in.

    Answers and progress that are here already come along.
    """
    try:
        make_copy(directory, learner=name, shared=shared)
    except CopyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"Your copy is in {directory}, with its first commit made. Next:\n"
        f"  cd {directory}\n"
        "  make lab      (or make setup, to work in a terminal alone)\n"
        "In a terminal, write .venv/bin/lab there, and not the path of this one."
    )
