"""`lab decide`: the decision sheet in a terminal, or as a page to hand in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from lab.decide.case import Case
from lab.decide.reading import CASES, case_names, load_case
from lab.decide.refusal import CaseError

SHORT = ("case", "cost", "comparison", "sensitivity")  # what a terminal shows unless asked for all


@click.command(
    "decide",
    epilog="Example: `lab decide shop --html shop.html`, or `lab decide my_case.toml "
    '--set "load.requests=2 million requests/month"`',
)
@click.argument("case", required=False)
@click.option("--list", "listed", is_flag=True, help="List the written cases.")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIGURE=VALUE",
    help="Change a figure, such as iaas.staff=9. May be given again.",
)
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page that needs nothing beside itself.",
)
@click.option("--all", "everything", is_flag=True, help="Show the options and all figures, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "--results",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("reports/results.json"),
    show_default=True,
    help="Results of `lab bench` that say how long a request computes.",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Decide what a notebook's controls have saved there.",
)
@click.option("--copy", is_flag=True, help="Print the case's file, to begin one of your own.")
def decide_command(
    case: str | None,
    listed: bool,
    changes: tuple[str, ...],
    page: Path | None,
    everything: bool,
    as_json: bool,
    results: Path,
    state: Path | None,
    copy: bool,
) -> None:
    """Compare on-premises, IaaS, serverless container, PaaS and SaaS for CASE.

    CASE is the name of a written case, or a file of your own.
    """
    if listed or (case is None and state is None):
        click.echo(_list())
        return
    if copy and case is not None:
        if changes or state or page or as_json:
            raise click.UsageError("--copy prints the case's file as it is: leave out the others.")
        click.echo(_source(case), nl=False)
        return
    chosen, basis = _case(case, state, changes, results)
    try:
        _show(chosen, basis, page, everything=everything, as_json=as_json)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _show(case: Case, basis: str, page: Path | None, *, everything: bool, as_json: bool) -> None:
    if as_json and page is not None:
        raise click.ClickException("Give --json or --html: they are two ways to show one case.")
    if as_json:
        click.echo(json.dumps(fields(case, basis), indent=2))
        return
    from lab.bench.report.page import page as as_page
    from lab.decide.sheet import plain, sheet

    if page is None:
        click.echo(plain(sheet(case, basis, drawn=False), *([] if everything else SHORT)))
        return
    if page.suffix.lower() not in {".html", ".htm"}:
        # So that no case is written over by its own page.
        raise click.ClickException(f"{page} is no name of a page. For example: --html shop.html")
    text = as_page(sheet(case, basis))
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{page} cannot be written: {error.strerror}.") from error
    click.echo(f"Written: {page}")


def _list() -> str:
    names = case_names()
    width = max(map(len, names))
    lines = [f"{name:<{width}}  {load_case(name).title}" for name in names]
    return "\n".join(
        [*lines, "", "lab decide NAME shows one; lab decide NAME --copy prints its file."]
    )


def _source(name: str) -> str:
    if name not in case_names():
        raise click.ClickException(
            f"{name!r} is not a written case. {', '.join(case_names())} are."
        )
    return (CASES / f"{name}.toml").read_text(encoding="utf-8")


def _case(
    name: str | None, state: Path | None, changes: Sequence[str], results: Path
) -> tuple[Case, str]:
    from lab.decide.figures import with_figures
    from lab.decide.measured import with_measured
    from lab.decide.state import State, read_state

    try:
        saved = State(name or "") if state is None else read_state(state)
        start = load_case(saved.case if name is None else name)
        if state is not None and saved.case != start.name:
            raise CaseError(f"{state} is of the case {saved.case!r}, not {start.name!r}.")
        case, basis = with_measured(start, results)
        return with_figures(case, {**saved.changes, **dict(map(_change, changes))}), basis
    except CaseError as error:
        raise click.ClickException(str(error)) from error


def _change(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name.strip() and equals):
        raise CaseError(f"{text!r} changes nothing: write it as load.requests=20000.")
    return name.strip(), value.strip()


def fields(case: Case, basis: str = "") -> dict[str, Any]:
    """Return the numbers of a sheet for a program."""
    from lab.decide.chances import wins
    from lab.decide.comparison import compare
    from lab.decide.cost import bills
    from lab.decide.figures import cheapest, dearest, middle
    from lab.decide.sensitivity import sensitivities

    found = compare(case)
    three = [bills(case, values) for values in (middle(case), cheapest(case), dearest(case))]
    return {
        "case": case.name,
        "basis": basis,
        "bills": {
            option: {
                "lines": {name: float(one) for name, one in bill.lines.items()},
                "total": float(bill.total),
                "lowest": float(three[1][option].total),
                "highest": float(three[2][option].total),
                "not_counted": list(bill.not_counted),
            }
            if bill.known
            else {"unknown": list(bill.unknown)}
            for option, bill in three[0].items()
        },
        "winner": found.winner,
        "points": {one.option: one.total for one in found.standings},
        "left_out": dict(found.left_out),
        "sensitivity": [
            {
                "criterion": one.criterion,
                "share": one.share,
                "below": one.down and {"share": one.down.share, "winner": one.down.winner},
                "above": one.up and {"share": one.up.share, "winner": one.up.winner},
            }
            for one in sensitivities(case)
        ],
        "wins": wins(case),
    }
