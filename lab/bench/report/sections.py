"""What a report says, in this order: what was found, how sure it is, how to repeat it."""

from __future__ import annotations

from collections.abc import Iterator

from lab.bench.report import row_tables, tables
from lab.bench.report.curves import latency_plot, omission_plot
from lab.bench.report.document import Block, Code, Document, Points, Section, Table, Terms, Text
from lab.bench.report.knees import knee_sentences, knee_table, swept
from lab.bench.report.plots import ratio_plot, throughput_cells, throughput_plot, throughputs
from lab.bench.report.sweeps import knee_plot, layers_plot
from lab.bench.report.words import (
    TERMS,
    VERDICTS,
    experiment_title,
    figure,
    is_cold_start,
    machine,
    pinning,
    sentence,
)
from lab.bench.results import Results, Row

NO_ANSWER = ("undecided", "invalid")
MOST_INVALID = 3  # each in a sentence of its own: of more the table tells
ByStack = dict[str, list[Row]]

TITLE = "WSGI against ASGI, on this machine"


def document(results: Results) -> Document:
    """Return the whole report of a session."""
    return Document(TITLE, _lead(results), tuple(_sections(results)))


def _lead(results: Results) -> str:
    end = (
        f"finished {_moment(results.finished_at)}"
        if results.finished_at
        else "not finished: `lab bench --resume` goes on with it"
    )
    return (
        f"One session of `lab bench` ({results.mode}), started {_moment(results.started_at)}, "
        f"{end}. Everything here was measured on one machine, with {len(results.rows)} rows. "
        f"{_engine(results)}Another machine may have other answers: `lab merge` shows how far they "
        "differ."
    )


def _engine(results: Results) -> str:
    load = results.load_workers
    if load is None:
        return ""
    return (
        f"The load was made by Locust, with {load.here} worker processes on this machine and "
        f"{load.expected} that were started elsewhere. "
    )


def _moment(stamp: str) -> str:
    return stamp[:16].replace("T", " ") + " UTC"


def _sections(results: Results) -> Iterator[Section]:
    yield _found(results)
    for name, title, part in _measured(results):
        yield Section(name, title, part, level=3)
    yield _sure(results)
    yield Section(
        "words", "What the words mean", (Terms(TERMS), Text("Verdicts:"), Terms(VERDICTS))
    )
    yield _repeat(results)


def _found(results: Results) -> Section:
    invalid = [one for one in results.comparisons if one.verdict == "invalid"]
    many = len(invalid) > MOST_INVALID
    told = [one for one in results.comparisons if not many or one not in invalid]
    decided_first = sorted(told, key=lambda one: one.verdict in NO_ANSWER)
    said = [sentence(one, results) for one in decided_first]
    if many:
        said.append(
            f"Invalid: nothing can be said of {len(invalid)} other comparisons. The table names "
            "them, and “How sure it is” says why."
        )
    said += knee_sentences(results)
    if results.omission:
        said.append(_omission_sentence(results))
    blocks: list[Block] = [Points(tuple(said))] if said else [Text("No comparison was measured.")]
    if results.comparisons:
        drawn = ratio_plot(results)
        blocks += [*([drawn] if drawn else []), tables.found_table(results)]
    blocks += [*_claims(results)]
    return Section("found", "What was found", tuple(blocks))


def _omission_sentence(results: Results) -> str:
    omission = results.omission
    assert omission is not None
    return (
        "Coordinated omission: of one and the same server, which stalls "
        f"{omission.stall_seconds:g} s in every {omission.every_seconds:g} s, a closed loop "
        f"reports a p99 of {figure(omission.closed_p99)} ms, and an open loop one of "
        f"{figure(omission.open_p99)} ms."
    )


def _claims(results: Results) -> list[Block]:
    rows = [(one.claim, one.verdict, one.why) for one in results.outcomes if one.comparisons]
    if not rows:
        return []
    return [
        Table(
            "What this says of the course notes",
            ("Claim", "Verdict", "Why"),
            tuple(rows),
            ("`lab claims` lists all claims, `lab claims ID` shows one whole.",),
        )
    ]


def _measured(results: Results) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    grouped: dict[str, ByStack] = {}
    starts: ByStack = {}
    for (experiment, stack), runs in throughputs(results).items():
        # One request each: a cold start has no rate and no percentiles.
        here = starts if is_cold_start(runs[0]) else grouped.setdefault(experiment, {})
        here[stack] = runs
    if grouped:
        yield "throughput", "Throughput", tuple(_throughput(results, grouped))
        timed = {name: _timed(stacks) for name, stacks in grouped.items()}
        yield "latency", "Latency by percentile", tuple(_latencies(results, timed))
    if results.knees:
        yield "knee", "The knee", tuple(_knees(results))
    if starts:
        yield "cold-start", "A cold start", (row_tables.cold_start_table(results, starts),)
    stops = row_tables.stop_table(results)
    if stops:
        yield "stop", "A stop under load", (stops,)
    if results.layers:
        drawn = layers_plot(results)
        assert drawn is not None
        yield "layers", "Cost by layer", (drawn, tables.layers_table(results))
    if results.omission:
        drawn = omission_plot(results, results.omission)
        table = tables.omission_table(results.omission)
        yield "omission", "Coordinated omission", (*([drawn] if drawn else []), table)


def _timed(stacks: ByStack) -> ByStack:
    with_times = {
        stack: [run for run in runs if run.latency is not None] for stack, runs in stacks.items()
    }
    return {stack: runs for stack, runs in with_times.items() if runs}


def _throughput(results: Results, grouped: dict[str, ByStack]) -> Iterator[Block]:
    for experiment, stacks in grouped.items():
        yield throughput_plot(results, experiment, stacks)
    summary = {
        (experiment_title(experiment, stacks), stack): throughput_cells(runs)
        for experiment, stacks in grouped.items()
        for stack, runs in stacks.items()
    }
    yield tables.throughput_table(results, summary)


def _latencies(results: Results, grouped: dict[str, ByStack]) -> Iterator[Block]:
    yield Text(
        "Read a curve from left to right: half of all requests were answered within the time at "
        "50, 99 of 100 within the time at 99. Each further 9 is ten times as rare."
    )
    for experiment, stacks in grouped.items():
        if stacks:
            yield latency_plot(results, experiment, stacks)
            yield tables.latency_table(results, stacks, experiment)


def _knees(results: Results) -> Iterator[Block]:
    found = swept(results)
    for workload in dict.fromkeys(one.workload for one in found):
        drawn = knee_plot(results, workload, [one for one in found if one.workload == workload])
        if drawn:
            yield drawn
    yield knee_table(results)


def _sure(results: Results) -> Section:
    bad = [row for row in results.rows if row.validity != "valid"]
    unequal = [
        f"{one.question} {'; '.join(one.unequal)}" for one in results.comparisons if one.unequal
    ]
    blocks: list[Block] = []
    if results.comparisons:
        blocks.append(tables.sure_table(results))
    blocks.append(
        row_tables.bad_rows_table(results) if bad else Text("Every row kept every law of physics.")
    )
    if unequal:
        blocks += [Text("Settings that differ beside what is compared:"), Points(tuple(unequal))]
    blocks.append(Text(pinning(results.environment)))
    if results.notes:
        blocks += [Text("What could not be done here:"), Points(tuple(results.notes))]
    return Section("sure", "How sure it is", tuple(blocks))


def _repeat(results: Results) -> Section:
    here = results.environment
    facts = [
        f"Machine: {machine(here)}.",
        f"Frequency governor: {here.governor or 'cannot be read here'}. Load average before the "
        f"first row: {here.load_before:g}.",
        pinning(here),
        f"Seed {results.seed}. Commit: {here.commit or 'not known'}.",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in here.packages.items()),
    ]
    blocks: tuple[Block, ...] = (
        Code(results.command),
        Points(tuple(facts)),
        row_tables.ledger_table(results),
        row_tables.rows_table(results),
    )
    return Section("repeat", "To repeat it", blocks)
