"""`lab bench` in a terminal.

What measures is imported only when it is needed: it takes seconds, and every `lab` command would
wait for it.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
from click.core import ParameterSource

from lab.bench.locust_options import load_workers, locust_options, say_who_is_expected
from lab.bench.stacks import STACKS

if TYPE_CHECKING:
    from lab.bench.session import Session

# What does not change what is measured: where, whose, and how it is shown.
WITH_RESUME = {"go_on", "folder", "owned", "as_json"}
INTERRUPTED = 130  # the exit status of a program that Ctrl-C has ended
FOLDER = Path("reports")


def _workloads(
    context: click.Context, parameter: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    if names:
        from lab.bench.choosing import workload_names

        choice = click.Choice(workload_names())
        return tuple(choice.convert(name, parameter, context) for name in names)
    return names


@click.command(
    "bench",
    epilog="Example: `lab bench --quick`, or `lab bench --stack fastapi --stack flask-gevent "
    "--workload listings-50`",
)
@click.option("--quick", "mode", flag_value="quick", help="Two stacks, one verdict: under 90 s.")
@click.option("--full", "mode", flag_value="full", help="Everything: about three hours.")
@click.option(
    "--resume",
    "go_on",
    is_flag=True,
    help="Go on with what was interrupted in --out, as it was begun: other options are refused.",
)
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    show_default=True,
    help="Where the results and the report go.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Decides the order of the rows, and the arrivals.",
)
@click.option(
    "--stack",
    "stacks",
    multiple=True,
    type=click.Choice(list(STACKS)),
    metavar="STACK",
    help=f"Compare these, the first with each other one: {', '.join(STACKS)}.",
)
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="URL",
    help="A server that runs already, such as http://127.0.0.1:8000, as one more stack.",
)
@click.option(
    "--workload",
    "workloads",
    multiple=True,
    callback=_workloads,
    metavar="WORKLOAD",
    help="Measure these, such as health, predict-one, listings-50 or knee. A wrong name lists all.",
)
@click.option(
    "--pairs",
    type=click.IntRange(1, 200),
    metavar="N",
    help="Measure N pairs for each comparison, however long it takes: more where a verdict was "
    "undecided, fewer than five to try a session out.",
)
@click.option(
    "--engine",
    type=click.Choice(["own", "locust"]),
    default="own",
    show_default=True,
    help="What makes the load.",
)
@locust_options
@click.option(
    "--i-own",
    "owned",
    multiple=True,
    metavar="HOST",
    help="The host of a --url is yours, so that it may be put under load.",
)
@click.option("--machine", help="A name for this machine in the results, instead of a random one.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON, for programs.")
def bench_command(
    mode: Literal["quick", "full"] | None,
    go_on: bool,
    folder: Path,
    seed: int,
    stacks: tuple[str, ...],
    urls: tuple[str, ...],
    workloads: tuple[str, ...],
    pairs: int | None,
    engine: Literal["own", "locust"],
    workers: int | None,
    expected: int | None,
    bind: str | None,
    port: int | None,
    owned: tuple[str, ...],
    machine: str | None,
    as_json: bool,
) -> None:
    """Compare WSGI and ASGI stacks on this machine, and write a report.

    Without an option it takes under 15 minutes. Ctrl-C keeps what was measured; --resume goes on.
    """
    from lab.bench.running import begin, resume, run_session
    from lab.bench.showing import shown

    if go_on:
        _refuse_beside_resume()
    load = load_workers(engine, workers, expected, bind, port)
    with _plain_errors(folder):
        session = (
            resume(folder)
            if go_on
            else begin(
                mode=mode or "default",
                seed=seed,
                command=shlex.join(["lab", *sys.argv[1:]]),
                folder=folder,
                machine=machine,
                engine=engine,
                stacks=[*stacks, *urls],
                workloads=workloads,
                owned=owned,
                pairs=pairs,
                workers=load,
            )
        )
        say_who_is_expected(session, owned)
        try:
            with shown() as show:
                run_session(session, owned=owned, show=show)
        except KeyboardInterrupt:
            _say_how_to_go_on(session, folder)
            raise SystemExit(INTERRUPTED) from None
        _report(session, folder, as_json=as_json)
    if not session.results.rows:
        raise click.ClickException("Nothing was measured: the notes in the results say why.")


def _refuse_beside_resume() -> None:
    """Refuse options that the interrupted session has decided: to ignore them would mislead."""
    context = click.get_current_context()
    given = {
        option.name: f"--{context.params['mode']}" if option.name == "mode" else option.opts[0]
        for option in context.command.params
        if option.name not in WITH_RESUME
        and context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
    }
    if given:
        raise click.UsageError(
            "--resume goes on with the session as it was begun: leave out "
            f"{', '.join(given.values())}, or begin a new session without --resume."
        )


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    from lab.bench.choosing import ChoiceError
    from lab.bench.load.locust_engine import LocustMissingError
    from lab.bench.load.process import LoadError
    from lab.bench.load.targets import TargetError
    from lab.bench.session import ResultsError

    try:
        yield
    except (ChoiceError, ResultsError, TargetError, LoadError, LocustMissingError) as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:  # whoever reads the output has gone: click ends quietly
        raise
    except OSError as error:  # of a server or of the load it would be a note in the results
        raise click.ClickException(
            f"The results cannot be kept: {error.filename or folder}: {error.strerror}. Choose "
            "another folder with --out."
        ) from error


def _report(session: Session, folder: Path, *, as_json: bool) -> None:
    from lab.bench import report
    from lab.bench.showing import summary

    files = [session.file, *report.write(session.results, folder)]
    if as_json:
        click.echo(session.results.model_dump_json(indent=1))
        return
    click.echo(summary(session.results))
    click.echo("\nWritten: " + ", ".join(str(file) for file in files))


def _say_how_to_go_on(session: Session, folder: Path) -> None:
    out = "" if folder == FOLDER else f" --out {shlex.quote(str(folder))}"
    click.echo(
        f"\nStopped. {len(session.results.rows)} rows are kept in {session.file}.\n"
        f"Go on with: lab bench --resume{out}",
        err=True,
    )
