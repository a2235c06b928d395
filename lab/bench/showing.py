"""What `lab bench` shows in a terminal: how far it is, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lab.bench.progress import State
    from lab.bench.results import Results, Row


@contextmanager
def shown() -> Iterator[Callable[[State], None]]:
    """Show a bar with the time left on standard error; lines where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        last: list[str] = []

        def line(state: State) -> None:
            if last[-1:] != [state.doing]:
                last.append(state.doing)
                click.echo(f"{_left(state)}  {state.doing}", err=True)

        yield line
        return
    columns: list[Any] = [BarColumn(), TextColumn("{task.fields[left]}  {task.description}")]
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1, left="")

        def move(state: State) -> None:
            bar.update(
                task,
                total=state.total,
                completed=state.done,
                description=state.doing,
                left=_left(state),
            )

        yield move


def _left(state: State) -> str:
    minutes, seconds = divmod(round(state.left), 60)
    return f"{minutes}:{seconds:02} left"


def summary(results: Results) -> str:
    """Return what was found in a few lines: the report has the rest."""
    # It loads what draws reports, which other commands need not wait for.
    from lab.bench.report.words import next_step

    lines = []
    for one in results.comparisons:
        lines += [one.question, f"  {one.verdict}: {one.why}"]
        if step := next_step(one, results):
            lines.append(f"  {step}")
        if one.unequal:
            lines.append(f"  Unequal: {'; '.join(one.unequal)}.")
    for knee in results.knees:
        which = f"{knee.workload}, p99 under {knee.target_ms:g} ms, sweep {knee.sweep}"
        lines.append(f"Knee of {knee.stack} ({which}):")
        lines.append(f"  {knee.why}")
    lines += [_stop(row) for row in results.rows if row.workload == "stop"]
    if (seen := results.omission) is not None:
        lines.append(
            f"A server that stalls {seen.stall_seconds:g} s in {seen.every_seconds:g} s, p99: "
            f"{seen.closed_p99:.0f} ms by a closed loop, {seen.open_p99:.0f} ms by an open one."
        )
    for layer in results.layers:
        lines.append(f"{layer.interface} {layer.name}: {layer.microseconds:.0f} us a request")
    lines += results.notes
    return "\n".join(lines) or "Nothing was measured."


def _stop(row: Row) -> str:
    if row.validity != "valid":
        return f"{row.title}, stopped in the middle of the load: {row.validity}, {row.why}"
    lost, refused = row.details["lost"], row.details["refused"]
    return (
        f"{row.title}, stopped in the middle of the load: {row.good} answered, {lost} lost, "
        f"{refused} refused afterwards."
    )
