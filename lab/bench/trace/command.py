"""`lab trace`: which process, thread or task held which request, and when."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lab.bench.stacks import STACKS
from lab.bench.trace.choices import (
    LATENCY_MS,
    MOST_LATENCY_MS,
    MOST_REQUESTS,
    WORKLOADS_TRACED,
)

if TYPE_CHECKING:
    from lab.bench.results import Interval
    from lab.bench.trace.lanes import Handled
    from lab.bench.trace.overhead import Overhead

FORMATS = (".svg", ".png", ".pdf")


def _picture(_: click.Context, _argument: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and value.suffix not in FORMATS:
        raise click.BadParameter(f"a picture ends in {', '.join(FORMATS)}, not like {value}.")
    return value


@click.command(
    "trace",
    epilog="Example: `lab trace --stack flask-sync --stack flask --stack fastapi`, or "
    "`lab trace --workload blocking`",
)
@click.option(
    "--stack",
    "stacks",
    multiple=True,
    metavar="NAME",
    help=f"A stack; may be given several times. One of: {', '.join(STACKS)}.  [default: three]",
)
@click.option(
    "--workload",
    type=click.Choice(list(WORKLOADS_TRACED)),
    default="listings",
    show_default=True,
    help="What each request asks for: one that waits for the listing service, one that computes, "
    "or one that waits in a way that may block.",
)
@click.option(
    "--requests",
    type=click.IntRange(1, MOST_REQUESTS),
    default=20,
    show_default=True,
    help="Requests, all sent at the same moment.",
)
@click.option(
    "--latency",
    type=click.FloatRange(0, MOST_LATENCY_MS),
    default=LATENCY_MS,
    show_default=True,
    help="Milliseconds that the listing service takes.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_picture,
    help="The picture's file: .svg, .png or .pdf.  [default: reports/trace-WORKLOAD.svg]",
)
@click.option(
    "--overhead", "with_overhead", is_flag=True, help="Also measure what tracing costs: 30 s each."
)
@click.option("--json", "as_json", is_flag=True, help="Print every time as JSON, for programs.")
def trace_command(
    stacks: Sequence[str],
    workload: str,
    requests: int,
    latency: float,
    out: Path | None,
    with_overhead: bool,
    as_json: bool,
) -> None:
    """Show who handled which request when: the same requests on several stacks, drawn as lanes.

    Each stack is started with its app wrapped, asked, and stopped. The app itself is not changed.
    """
    names = list(dict.fromkeys(stacks)) or list(WORKLOADS_TRACED[workload].stacks)
    out = out or Path("reports") / f"trace-{workload}.svg"
    with _kept(out):  # before anything is measured: to find out afterwards would be too late
        out.parent.mkdir(parents=True, exist_ok=True)
    with _plain_errors():
        found = _traced(names, workload, requests, latency)
        costs = {name: _overhead(name) for name in names} if with_overhead else {}
    title = WORKLOADS_TRACED[workload].title.format(count=requests)
    titled = {STACKS[name].title: handled for name, handled in found.items()}
    with _kept(out):
        _save(titled, title, out)
    if as_json:
        click.echo(json.dumps(_fields(found, costs, workload, latency, out), indent=2))
    else:
        click.echo(_text(titled, costs, out))


def _traced(
    names: Sequence[str], workload: str, requests: int, latency: float
) -> dict[str, list[Handled]]:
    from lab.bench.trace.run import find, trace, upstream

    found = {}
    for name in names:  # a wrong name is told before the first server starts
        find(name, workload)
    with upstream(workload, latency) as url:
        for name in names:
            click.echo(f"Tracing {STACKS[name].title} ...", err=True)
            found[name] = trace(name, workload, requests=requests, listings_url=url)
    return found


@contextmanager
def _plain_errors() -> Iterator[None]:
    from lab.bench.load.process import LoadError
    from lab.bench.trace.asking import AskError
    from lab.bench.trace.run import TraceError
    from lab.servers import StartError

    try:
        yield
    except (TraceError, AskError, LookupError, LoadError, StartError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _kept(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(
            f"The picture cannot be kept: {error.filename or out}: {error.strerror}. Choose "
            "another file with --out."
        ) from error


def _overhead(name: str) -> Overhead:
    from lab.bench.trace.overhead import PAIRS, measure_overhead

    label = f"Measuring what tracing costs on {name}"
    with click.progressbar(range(PAIRS), label=label, file=sys.stderr) as bar:
        return measure_overhead(STACKS[name], on_pair=lambda _: bar.update(1))


def _save(titled: Mapping[str, Sequence[Handled]], title: str, out: Path) -> None:
    from lab.bench.trace.drawing import describe_lanes, draw_lanes

    words = {"Title": title}
    if out.suffix != ".pdf":
        words["Description"] = describe_lanes(titled, title)
    draw_lanes(titled, title).savefig(out, metadata=words)


def _text(titled: Mapping[str, Sequence[Handled]], costs: Mapping[str, Overhead], out: Path) -> str:
    from lab.bench.trace.drawing import trace_table

    lines = [trace_table(titled), ""]
    for name, cost in costs.items():
        lines.append(
            f"With tracing, {STACKS[name].title} answers {_times(cost.throughput)} as many "
            "requests a second as without."
        )
        if cost.processor is not None:
            lines.append(f"Each request takes {_times(cost.processor)} its processor time.")
    return "\n".join([*lines, f"The picture is in {out}."])


def _times(ratio: Interval) -> str:
    return f"{ratio.estimate:.2f} times ({ratio.low:.2f} to {ratio.high:.2f}, 95 % interval)"


def _cost(cost: Overhead) -> dict[str, object]:
    return {
        "throughput": cost.throughput.model_dump(),
        "processor": cost.processor and cost.processor.model_dump(),
    }


def _fields(
    found: Mapping[str, Sequence[Handled]],
    costs: Mapping[str, Overhead],
    workload: str,
    latency: float,
    out: Path,
) -> dict[str, object]:
    from lab.bench.trace.lanes import at_once, longest_hold, waiting_at_once

    return {
        "workload": workload,
        "latency_ms": latency if workload == "listings" else None,
        "picture": str(out),
        "times": "seconds since the requests were sent",
        "stacks": [
            {
                "stack": name,
                "title": STACKS[name].title,
                "at_once": at_once(handled),
                "waiting_at_once": waiting_at_once(handled),
                "longest_hold": longest_hold(handled),
                "tracing_over_plain": _cost(costs[name]) if name in costs else None,
                "requests": [dataclasses.asdict(one) for one in handled],
            }
            for name, handled in found.items()
        ],
    }
