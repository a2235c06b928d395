"""The tables of a report. Each names the settings of the stacks that it compares."""

from __future__ import annotations

from collections.abc import Mapping

from lab.bench.report.document import Table
from lab.bench.report.words import (
    WHAT,
    capital,
    experiment_title,
    figure,
    ratio_text,
    stack_settings,
    titles,
    workload_title,
)
from lab.bench.results import Comparison, Omission, Results, Row

BEYOND = 10
"""So many times must lie beyond a percentile before it says more than chance."""
PERCENTILES = {"p50": 0.5, "p90": 0.1, "p99": 0.01, "p999": 0.001}
ALIKE = "The settings beside what is compared are equal."


def found_table(results: Results) -> Table:
    """Return the verdicts: one line for each comparison."""
    names = titles(results)
    rows = [
        (
            capital(workload_title(one.workload)),
            f"{names.get(one.first, one.first)} ({stack_settings(results, one.first)})",
            f"{names.get(one.second, one.second)} ({stack_settings(results, one.second)})",
            WHAT[one.metric],
            ratio_text(one.ratio),
            one.verdict,
            "; ".join(one.unequal) or "no",
        )
        for one in results.comparisons
    ]
    return Table(
        "The verdicts: how many times as fast the first stack is as the second",
        ("Asked", "First", "Second", "By", "Ratio (95 % interval)", "Verdict", "Unequal settings"),
        tuple(rows),
        (unequal_note(results.comparisons),),
    )


def unequal_note(comparisons: list[Comparison]) -> str:
    """Return a sentence on settings that differ and are not what is compared."""
    unequal = sum(bool(one.unequal) for one in comparisons)
    if not unequal:
        return ALIKE
    return (
        f"In {unequal} of {len(comparisons)} comparisons, settings differ that are not what is "
        "compared: read them with care, because the settings may make the difference."
    )


def sure_table(results: Results) -> Table:
    """Return how far each verdict can be trusted."""
    valid = {row.id for row in results.rows if row.validity == "valid"}
    rows = []
    for one in results.comparisons:
        good = [sum({*pair} <= valid for pair in pairs) for pairs in (one.pairs, one.control)]
        detectable = "not known" if one.detectable is None else f"{one.detectable * 100:.1f} %"
        rows.append(
            (
                one.question,
                f"{good[0]} of {len(one.pairs)}",
                f"{good[1]} of {len(one.control)}",
                ratio_text(one.noise),
                detectable,
                f"{one.margin * 100:g} %",
                one.why,
            )
        )
    return Table(
        "How sure it is",
        (
            *("Question", "Valid pairs", "Valid A/A pairs", "A/A ratio: should hold 1"),
            *("Detectable difference", "Margin", "Why this verdict"),
        ),
        tuple(rows),
        numbers=frozenset({1, 2, 4, 5}),
    )


def throughput_table(results: Results, summary: Mapping[tuple[str, str], tuple[str, ...]]) -> Table:
    """Return the throughput of each experiment and stack; `summary` has runs, mean and interval."""
    names = titles(results)
    rows = [
        (
            capital(asked),
            names.get(stack, stack),
            stack_settings(results, stack),
            *cells,
        )
        for (asked, stack), cells in summary.items()
    ]
    return Table(
        "Throughput in requests a second",
        ("Asked", "Stack", "Settings", "Valid runs", "Mean", "95 % interval of the mean"),
        tuple(rows),
        (
            "To say which stack is faster, take the verdict above, not two lines of this table. A "
            "verdict's ratio is taken within each pair, whose two rows met the same minutes of the "
            "machine. So it is not the quotient of two means, and may be sure although two "
            "intervals here overlap.",
        ),
        numbers=frozenset({3, 4, 5}),
    )


def latency_table(results: Results, rows: dict[str, list[Row]], experiment: str) -> Table:
    """Return percentiles of latency: the median over the valid rows of each stack."""
    names = titles(results)
    lines: list[tuple[str, ...]] = []
    for stack, runs in rows.items():
        times = [row.latency for row in runs if row.latency is not None]
        together = sum(one.count for one in times)
        cells = [
            figure(_middle([getattr(one, name) for one in times]))
            if together * share >= BEYOND
            else "too few"
            for name, share in PERCENTILES.items()
        ]
        longest = figure(max(one.longest for one in times))
        how = stack_settings(results, stack)
        lines.append((names[stack], how, str(len(times)), *cells, longest))
    return Table(
        f"Latency in milliseconds, the median over the runs: {experiment_title(experiment, rows)}",
        ("Stack", "Settings", "Runs", "p50", "p90", "p99", "p99.9", "Longest of all"),
        tuple(lines),
        (f"“Too few”: not even {BEYOND} requests lie beyond this percentile.",),
        frozenset(range(2, 8)),
    )


def layers_table(results: Results) -> Table:
    """Return what each layer costs."""
    rows = [
        (
            f"{one.interface}: {one.name}",
            one.below or "none",
            f"{one.microseconds:,.0f}",
            f"{one.throughput:,.0f}",
            "nothing to compare with" if one.below is None else ratio_text(one.ratio),
        )
        for one in results.layers
    ]
    return Table(
        "Cost by layer: each line has all that is above it in its interface, and one thing more",
        (
            *("Layer", "On top of", "Microseconds a request", "Requests a second"),
            "Throughput over the layer below (95 % interval)",
        ),
        tuple(rows),
        numbers=frozenset({2, 3, 4}),
    )


def omission_table(omission: Omission) -> Table:
    """Return the p99 that each kind of load reports of the same stalling server."""
    rows = (
        ("Closed loop", figure(omission.closed_p99)),
        ("Open loop", figure(omission.open_p99)),
    )
    return Table(
        f"The same server, which stalls {omission.stall_seconds:g} s in every "
        f"{omission.every_seconds:g} s: its p99 in milliseconds",
        ("Load", "p99"),
        rows,
        numbers=frozenset({1}),
    )


def _middle(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]
