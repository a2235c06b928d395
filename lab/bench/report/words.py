"""What is found, in sentences, and what the words of a report mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lab.bench.report.again import command_for
from lab.bench.results import Comparison, Environment, Interval, Ledger, Metric, Results, Row
from lab.bench.statistics import FEWEST_PAIRS
from lab.bench.workloads import WORKLOADS

MOST_PAIRS = 200
"""More than these are not measured: `lab bench --pairs` refuses them."""

WHAT: dict[Metric, str] = {
    "throughput": "requests a second",
    "latency_p50": "latency that half of all requests kept (p50)",
    "latency_p99": "latency that 99 % of all requests kept (p99)",
}

TERMS = (
    ("Stack", "a server program with the application that it runs, such as Flask on gunicorn."),
    ("Row", "one run of one stack under one load, in a server process of its own."),
    ("Throughput", "how many requests were answered rightly in a second."),
    ("Latency", "how long an answer took. Here it runs from when the request was meant to be sent, "
     "so the time that it had to wait for its turn counts as well."),
    ("p50, p99", "half of all requests took at most the p50, 99 of 100 at most the p99. The p99 is "
     "what an unlucky user sees, and a page that asks a hundred times meets it often."),
    ("Closed loop", "each connection sends its next request when the last one was answered. It "
     "finds out how much a server can do. A server that stalls is asked less meanwhile, so its "
     "stall hardly shows in the latencies."),
    ("Open loop", "requests are sent when a schedule says so, whatever the server does, as users "
     "who do not know of each other would. Each one that a stall delays is counted."),
    ("Coordinated omission", "what a closed loop does: the load waits together with the server, "
     "and leaves out the requests that would have had to wait."),
    ("Pair", "a row of each of two stacks from the same block, so that they ran shortly after each "
     "other. The two rows are compared only with each other, because the machine may be faster or "
     "slower an hour later."),
    ("Ratio", "how many times as fast the first stack is as the second: 2 is twice as fast, 0.5 "
     "half as fast, 1 is the same. For latencies it is turned round, so that above 1 always means "
     "that the first is faster."),
    ("95 % interval", "the range of ratios that the pairs allow. If the whole session was done "
     "again and again, about 19 of 20 such ranges would hold the true ratio of this machine."),
    ("A/A", "the same stack against itself, on the same schedule. The true ratio is 1, so what is "
     "found beside 1 is the noise of the machine."),
    ("Margin", "a difference up to this share is too small to matter. It was set beforehand."),
    ("Detectable difference", "the smallest true difference that so many pairs, beside such noise, "
     "would find in three of four sessions. What is smaller may be there and stay unseen."),
    ("Knee", "the highest rate at which a stack still keeps its p99 under a target and drops "
     "nothing. Beyond it, requests queue up."),
    ("Generator-bound", "the program that sends the requests was at its own limit, so the row says "
     "nothing about the server."),
    ("Slots", "how many requests can wait for another service at the same time."),
)  # fmt: skip

VERDICTS = (
    ("faster", "the whole interval lies above 1, and the ratio beyond the noise."),
    ("slower", "the whole interval lies below 1, and the ratio beyond the noise."),
    ("equivalent", "the whole interval lies within the margin, as does that of the A/A pairs."),
    ("undecided", "the pairs allow more than one of these answers. More pairs may decide it."),
    ("invalid", "something else than the stacks made a difference: no answer can be given."),
)


def titles(results: Results) -> dict[str, str]:
    """Return the title of each stack that has a row."""
    return {row.stack: row.title for row in results.rows}


def workload_title(name: str) -> str:
    """Return what a workload asks for, in words."""
    return WORKLOADS[name].title if name in WORKLOADS else name


def is_cold_start(row: Row) -> bool:
    """Tell whether a row is one start of a server and not a load."""
    return row.workload in WORKLOADS and WORKLOADS[row.workload].kind == "cold start"


def experiment_of(row: Row) -> str:
    """Return the experiment that a row belongs to: rows of two must not be pooled."""
    return str(row.details.get("experiment", row.workload))


def experiment_title(name: str, rows: Mapping[str, Sequence[Row]]) -> str:
    """Return what an experiment asks for, and its name where another one asks for the same."""
    workload = next(row.workload for runs in rows.values() for row in runs)
    title = workload_title(workload)
    return title if name == workload else f"{title} (experiment {name})"


def capital(text: str) -> str:
    """Return the text with a capital letter at its beginning, unless it begins with code."""
    if any("." in word.rstrip(".") for word in text.split()[:2]):
        return text
    return text[:1].upper() + text[1:]


def ratio_text(interval: Interval | None) -> str:
    """Return an estimate with its interval."""
    if interval is None:
        return "not known"
    return f"{figure(interval.estimate)} ({figure(interval.low)} to {figure(interval.high)})"


def figure(value: float) -> str:
    """Return a figure with no more digits than it deserves."""
    if value != 0 and abs(value) < 0.1:
        return f"{value:.2g}"
    if abs(value) < 10:
        return f"{value:.2f}"
    return f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"


def sentence(comparison: Comparison, results: Results) -> str:
    """Return what one comparison has found, in one sentence."""
    names = titles(results)
    first = names.get(comparison.first, comparison.first)
    second = names.get(comparison.second, comparison.second)
    task = f"“{workload_title(comparison.workload)}”"
    found = ""
    if comparison.ratio is not None:
        found = f" (ratio {figure(comparison.ratio.estimate)}, {interval_text(comparison.ratio)})"
    measure = WHAT[comparison.metric]
    match comparison.verdict:
        case "faster" | "slower":
            if comparison.ratio is None:
                beyond = f"{first} is {comparison.verdict} than {second}, beyond any ratio"
                return f"{capital(comparison.verdict)}: at {task}, {beyond}. {comparison.why}"
            times = f"{figure(comparison.ratio.estimate)} times as fast as {second}"
            return (
                f"{capital(comparison.verdict)}: at {task}, {first} is {times}, by {measure} "
                f"(95 % interval {interval_text(comparison.ratio)})."
            )
        case "equivalent":
            return (
                f"Equivalent: at {task}, {first} and {second} are equally fast by {measure}, "
                f"within {comparison.margin * 100:g} %{found}."
            )
        case "undecided":
            return (
                f"Undecided: at {task}, it is not known whether {first} or {second} is faster by "
                f"{measure}{found}. {next_step(comparison, results)}".rstrip()
            )
        case "invalid":
            return f"Invalid: nothing can be said of {first} and {second} at {task}, by {measure}."


def next_step(comparison: Comparison, results: Results) -> str:
    """Return what may decide a comparison that more pairs could decide; nothing for others."""
    more = comparison.more_pairs
    if not more:
        return ""
    valid = {row.id for row in results.rows if row.validity == "valid"}
    have = sum({*pair} <= valid for pair in comparison.pairs)
    if have < FEWEST_PAIRS:
        return (
            f"Any verdict needs at least {FEWEST_PAIRS} valid pairs, and there are {have}: measure "
            "again when the machine has nothing else to do, with "
            f"`{_again(comparison, results, 2 * FEWEST_PAIRS)}`."
        )
    said = f"About {more:,} more pair{'s' if more > 1 else ''} would probably decide it"
    if have + more > MOST_PAIRS:
        return f"{said}: too many to measure. A machine that does nothing else needs fewer."
    return f"{said}: `{_again(comparison, results, have + more)}`."


def _again(comparison: Comparison, results: Results, pairs: int) -> str:
    """Return the command for more pairs of the experiment that the comparison's rows are from."""
    named = {name for pair in comparison.pairs for name in pair}
    experiments = [experiment_of(row) for row in results.rows if row.id in named]
    experiment = next(iter(experiments), comparison.workload)
    return command_for(comparison, experiment, results, pairs)


def interval_text(interval: Interval) -> str:
    """Return the two ends of an interval."""
    return f"{figure(interval.low)} to {figure(interval.high)}"


def settings(ledger: Ledger) -> str:
    """Return the settings that every table shows beside a stack."""
    if not ledger.known:
        return "settings unknown"
    workers = f"{ledger.workers} worker" + ("s" if ledger.workers != 1 else "")
    interface = "neither WSGI nor ASGI" if ledger.interface == "none" else ledger.interface
    return f"{interface}, {workers}, threads: {_threads(ledger)}"


def _threads(ledger: Ledger) -> str:
    if ledger.threads is not None:
        return str(ledger.threads)
    # Flask's development server: WSGI without an event loop is done in threads.
    makes_them = ledger.interface == "WSGI" and ledger.event_loop is None
    return "one a connection" if makes_them else "none"


def is_closed_loop(row: Row) -> bool:
    """Tell whether a row's load waited for its answers, whichever engine made it."""
    return row.offered is None


def load_of(row: Row) -> str:
    """Return what made the load of a row: the loop, and with Locust by how many processes."""
    loop = "closed-loop" if is_closed_loop(row) else "open-loop"
    if row.engine != "locust":
        return loop
    processes = row.details.get("generator_processes", 1)
    return f"{loop} by locust, {processes} worker" + ("s" if processes != 1 else "")


def ledgers(results: Results, stack: str) -> list[Ledger]:
    """Return the settings that a stack ran with; more than one when they changed."""
    return list({row.ledger.model_dump_json(): row.ledger for row in _of(results, stack)}.values())


def stack_settings(results: Results, stack: str) -> str:
    """Return a stack's settings, all of them where they changed from row to row."""
    found = dict.fromkeys(settings(ledger) for ledger in ledgers(results, stack))
    return "; or ".join(found) or "no row"


def machine(environment: Environment) -> str:
    """Return the machine in a sentence."""
    virtual = f", virtual ({environment.virtual})" if environment.virtual else ""
    return (
        f"{environment.machine}: {environment.cpu}, {environment.cores} cores, "
        f"{environment.memory_mb:,} MB, {environment.system}{virtual}, Python {environment.python}"
    )


def pinning(environment: Environment) -> str:
    """Return where servers and generator ran."""
    if environment.server_core is None or environment.generator_core is None:
        return (
            "Servers and load generator could not be kept on cores of their own, so they may have "
            "disturbed each other."
        )
    return (
        f"Servers ran on core {environment.server_core} alone, the load generator on core "
        f"{environment.generator_core}."
    )


def _of(results: Results, stack: str) -> Iterable[Row]:
    return (row for row in results.rows if row.stack == stack)
