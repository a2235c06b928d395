"""The quick form of the experiment for lesson 06: measured here, or a session recorded earlier."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lab.bench.progress import State
    from lab.bench.results import Interval, Results

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "reports" / "lesson-06"
RECORDED = Path(__file__).with_name("recorded_session.json")
SWITCH = "LAB_LESSON_RECORDED"
"""Set to 1, the lesson shows the recorded session. The tests set it: they have no 90 seconds."""


def quick_form(folder: Path = FOLDER) -> Results:
    """Do what `lab bench --quick` does, write its report into a folder, and return the results."""
    from lab.bench import report
    from lab.bench.running import begin, run_session

    if os.environ.get(SWITCH) == "1":
        return _recorded(f"{SWITCH} is set: nothing is measured.")
    begun = time.monotonic()
    session = begin(mode="quick", seed=1, command="lab bench --quick", folder=folder)
    run_session(session, show=_show)
    files = report.write(session.results, folder)
    sys.stdout.write("\rThe report: " + ", ".join(file.name for file in files) + " " * 60 + "\n")
    if not session.results.comparisons:
        return _recorded("This computer was too busy: not one pair was measured in 75 seconds.")
    sys.stdout.write(stopped_text(session.results, time.monotonic() - begun))
    return session.results


def stopped_text(results: Results, seconds: float) -> str:
    """Return that a session ended before it had all its blocks; nothing when it had them."""
    from lab.bench.modes import quick

    wanted = quick().experiments[0].blocks
    done = len(results.comparisons[0].pairs)
    if done >= wanted:
        return ""
    return (
        f"Stopped after {seconds:.0f} s with {done} of {wanted} blocks: your computer is busy. "
        "Run this cell again when it has less to do.\n"
    )


def _recorded(why: str) -> Results:
    from lab.bench.session import read_results

    results = read_results(RECORDED)
    sys.stdout.write(
        f"{why} This is a session that was recorded on {results.started_at[:10]}, on another "
        "machine.\n"
    )
    return results


def rows_table(results: Results) -> str:
    """Return one line for each row: when it ran, what it ran, what came of it."""
    lines = [["row", "stack", "answers/s", "p99", "errors", "sender's core", "checks", "validity"]]
    for place, row in enumerate(results.rows, start=1):
        held = sum(check.held for check in row.checks)
        p99 = "none" if row.latency is None else f"{row.latency.p99:.0f} ms"
        errors = str(sum(row.errors.values()) + row.unanswered)
        figures = [f"{row.throughput:.0f}", p99, errors, f"{row.generator_cpu:.0%}"]
        checks = f"{held} of {len(row.checks)} held"
        lines.append([str(place), row.title, *figures, checks, row.validity])
    return columns(lines, left=(1, 7))


def ledger_table(results: Results) -> str:
    """Return the settings of each stack, side by side, and mark where they differ."""
    ledgers = {row.title: row.ledger for row in results.rows}
    names = list(ledgers)
    lines = [["setting", *names, ""]]
    for field in next(iter(ledgers.values())).model_dump(exclude={"known"}):
        values = [str(getattr(ledgers[name], field)) for name in names]
        lines.append([field, *values, "" if len(set(values)) == 1 else "differs"])
    return columns(lines, left=range(len(names) + 2))


def interval_text(found: Interval | None) -> str:
    """Return an estimate with its interval in words."""
    if found is None:
        return "not known: fewer than two valid pairs"
    return f"{found.estimate:.2f}, 95 % interval {found.low:.2f} to {found.high:.2f}"


def columns(rows: list[list[str]], left: range | tuple[int, ...]) -> str:
    """Return rows as lines with columns of equal width; those in `left` begin at their left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _show(state: State) -> None:
    text = f"{state.doing}, about {state.left:.0f} s left"
    sys.stdout.write("\r" + text[:88].ljust(90))
    sys.stdout.flush()
