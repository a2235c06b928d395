"""`python -m tools.try_hub`: see the package."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from lab.servers.stacks import ROOT
from tools.try_hub import accounts, hub, trial
from tools.try_hub.usage import Usage

NAMES = ("ada", "ben", "cleo", "dan", "eva", "finn", "gina", "hugo", "ines", "jan")


@click.command(epilog="Example: `python -m tools.try_hub --learners 5 --lessons 00,05`")
@click.option(
    "--learners", type=click.IntRange(1, len(NAMES)), default=5, show_default=True, help="How many."
)
@click.option("--lessons", default="00,05", show_default=True, help="Which, by their numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON at the end, for programs.")
def main(learners: int, lessons: str, as_json: bool) -> None:
    """Let learners run lessons on a real JupyterHub at once. Fails when they clash."""
    found = [_lesson(number) for number in lessons.split(",")]
    names = list(NAMES[:learners])
    inside = os.environ.get(accounts.INSIDE)
    if inside:
        _try(Path(inside), names, found, as_json, own_accounts=True)
        return
    with tempfile.TemporaryDirectory(prefix="try-hub-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)  # the learners' homes are in it, each closed to the others
        why_not = accounts.possible()
        if why_not and os.geteuid() == 0:
            raise click.ClickException(
                f"As root, learners need accounts of their own, for JupyterLab does not run as "
                f"root. But {why_not}. docs/class.md says where workbook and Python may be."
            )
        if why_not:
            _tell(f"All learners are this user: {why_not}.")
            _try(folder, names, found, as_json, own_accounts=False)
        else:
            sys.exit(accounts.enter(folder, names))


def _try(
    folder: Path, names: list[str], lessons: list[str], as_json: bool, *, own_accounts: bool
) -> None:
    ids = dict(enumerate(names, accounts.FIRST_ID))
    usage = Usage(names, ids if own_accounts else {})
    server, token = hub.start(folder, own_accounts=own_accounts)
    faults: list[str] = []
    measured: list[trial.Measured] = []
    try:
        _tell(f"The Hub runs at {server.url}")
        work = trial.run(server.url, token, names, lessons, usage, folder, _tell)
        measured = asyncio.run(work)
    except* hub.TrialError as errors:
        faults = [str(one) for one in _leaves(errors)]
    finally:
        server.stop()
        usage.stop()
    if faults:
        log = folder.parent / "try-hub.log"
        log.write_text("\n".join(server.lines()), encoding="utf-8")
        raise click.ClickException("\n".join([*faults, f"The Hub's log is in {log}"]))
    if left := usage.processes():
        raise click.ClickException(f"Processes are left after the Hub has stopped: {left}")
    _tell("The Hub has stopped, and nothing that a learner has started is left.")
    if as_json:
        click.echo(trial.as_json(measured))


def _leaves(errors: BaseExceptionGroup[hub.TrialError]) -> Iterator[BaseException]:
    """Return the errors of a group, and of the groups in it."""
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _lesson(number: str) -> str:
    for file in sorted((ROOT / "notebooks").glob(f"{number}_*.ipynb")):
        return file.stem
    raise click.BadParameter(f"there is no lesson {number}", param_hint="'--lessons'")


def _tell(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
