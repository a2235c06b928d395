"""The tables that hold everything: bad rows and why, the fairness ledger, and all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from lab.bench.ledger import NAMES, NOTHING, SEEN_OUTSIDE
from lab.bench.report.document import Table
from lab.bench.report.words import (
    capital,
    figure,
    ledgers,
    load_of,
    settings,
    stack_settings,
    titles,
)
from lab.bench.results import Ledger, Results, Row


def bad_rows_table(results: Results) -> Table:
    """Return the rows that count for nothing, and why."""
    bad = [row for row in results.rows if row.validity != "valid"]
    rows = [
        (row.id, row.title, row.workload, row.validity, row.why, _broken(row) or "none")
        for row in bad
    ]
    return Table(
        f"Rows that count for nothing: {len(bad)} of {len(results.rows)}",
        ("Row", "Stack", "Workload", "Kind", "Why", "Checks that did not hold"),
        tuple(rows),
    )


def stop_table(results: Results) -> Table | None:
    """Return what became of the requests around each stop under load; None without such rows."""
    stops = [row for row in results.rows if "lost" in row.details and row.validity == "valid"]
    if not stops:
        return None
    rows = []
    for row in stops:
        ended = row.details["seconds_to_end"]
        rows.append(
            (
                row.title,
                settings(row.ledger),
                f"{row.good:,}",
                f"{row.answered - row.good:,}",
                f"{row.details['lost']:,}",
                f"{row.details['refused']:,}",
                "not known" if ended is None else figure(ended),
            )
        )
    return Table(
        "SIGTERM in the middle of the load: what became of the requests",
        (
            *("Stack", "Settings", "Answered", "Turned away", "Lost", "Refused"),
            "Seconds until it had ended",
        ),
        tuple(rows),
        (
            "Turned away: the answer was an error. Lost: the connection broke, or no answer came. "
            "Refused: nobody listened any more, so the client knows that it may ask again. A stop "
            "that loses nothing has 0 lost.",
        ),
        numbers=frozenset({2, 3, 4, 5, 6}),
    )


def cold_start_table(results: Results, stacks: Mapping[str, Sequence[Row]]) -> Table:
    """Return how long each stack took from its start to its first answer."""
    rows = []
    for stack, runs in stacks.items():
        took = [row.seconds for row in runs]
        cells = (str(len(took)), *map(figure, (median(took), min(took), max(took))))
        rows.append((titles(results)[stack], stack_settings(results, stack), *cells))
    return Table(
        "From the start of the server's process to its first answer, in seconds",
        ("Stack", "Settings", "Starts", "Median", "Shortest", "Longest"),
        tuple(rows),
        ("To say which stack is faster, take the verdict above: its ratio is taken within pairs.",),
        numbers=frozenset({2, 3, 4, 5}),
    )


def ledger_table(results: Results) -> Table:
    """Return the fairness ledger: every setting of every stack."""
    rows = [
        (title, *(_setting(ledger, name) for name in NAMES))
        for stack, title in titles(results).items()
        for ledger in ledgers(results, stack)
    ]
    head = tuple(map(capital, NAMES.values()))
    return Table("The fairness ledger: what each stack ran with", ("Stack", *head), tuple(rows))


def rows_table(results: Results) -> Table:
    """Return every row."""
    rows = [
        (
            row.id,
            row.title,
            row.workload,
            load_of(row),
            settings(row.ledger),
            f"{row.planned:,}",
            f"{row.good:,}",
            ", ".join(f"{kind}: {count}" for kind, count in row.errors.items()) or "none",
            f"{row.unanswered:,}",
            figure(row.throughput),
            "none" if row.latency is None else figure(row.latency.p50),
            "none" if row.latency is None else figure(row.latency.p99),
            f"{row.generator_cpu * 100:.0f} %",
            row.validity,
        )
        for row in results.rows
    ]
    return Table(
        "All rows",
        (
            *("Row", "Stack", "Workload", "Load", "Settings", "Planned", "Good", "Errors"),
            *("Unanswered", "Requests a second", "p50 ms", "p99 ms", "Generator's core", "Kind"),
        ),
        tuple(rows),
        numbers=frozenset({5, 6, 8, 9, 10, 11, 12}),
    )


def _broken(row: Row) -> str:
    broken = (check for check in row.checks if not check.held)
    return "; ".join(f"{one.name}: expected {one.expected}, found {one.found}" for one in broken)


def _setting(ledger: Ledger, name: str) -> str:
    if not ledger.known and name not in SEEN_OUTSIDE:
        return "unknown"
    value = getattr(ledger, name)
    if value is None:
        return NOTHING.get(name, "none")
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
