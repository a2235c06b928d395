"""How long a request computes, from this machine's own benchmark, where there is one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from lab.decide.case import Case
from lab.decide.figures import with_figures

RESULTS: Final = Path("reports/results.json")
STACK: Final = "fastapi"  # the one that is deployed


@dataclass(frozen=True)
class Measured:
    """Processor time of one request in seconds, over the runs of a stack, and where it is from."""

    low: float
    high: float
    source: str
    date: str


def measured(file: Path, workload: str, stack: str = STACK) -> Measured | None:
    """Return what a results file of `lab bench` says of one request, or None when it says nothing.

    The time is the cores that the server used, over the answers that it gave in a second. Rows
    that are not valid, or in which the server's processor was not measured, do not count.

    Raises:
        ResultsError: when the file is there and is not a results file.
    """
    if not file.exists():
        return None
    from lab.bench.session import read_results

    results = read_results(file)
    rows = [row for row in results.rows if (row.workload, row.stack) == (workload, stack)]
    times = [
        row.server_cpu / row.throughput
        for row in rows
        # What a damaged file may hold, a number below nothing or none at all, measures nothing.
        if row.validity == "valid"
        and row.server_cpu is not None
        and row.server_cpu > 0
        and row.throughput > 0
    ]
    if not times:
        return None
    runs = f"{len(times)} run{'' if len(times) == 1 else 's'}"
    return Measured(
        min(times),
        max(times),
        f"{runs} of {stack}, workload {workload}, machine {results.environment.machine}, "
        f"{results.environment.cpu}",
        results.started_at[:10],
    )


def with_measured(case: Case, file: Path = RESULTS) -> tuple[Case, str]:
    """Return a case that computes with this machine's benchmark, and a sentence that says which.

    Where there is none, or it did not measure the workload that the case names, the case stays. So
    it does where the file cannot be read, which the sentence says.
    """
    if not case.load.measured:
        return case, "The seconds of a request are the case's own."
    try:
        found = measured(file, case.load.measured)
        if found is None:
            return case, (
                f"The seconds of a request are the case's assumption: {file} holds no valid run of "
                f"the workload {case.load.measured}. `make bench` measures it."
            )
        changed = with_figures(case, {"load.compute": {**asdict(found), "unit": "s"}})
    except ValueError as error:  # a ResultsError, whose module waits for NumPy, or a CaseError
        return case, f"The seconds of a request are the case's assumption: {error}"
    return changed, (
        f"The seconds of a request are measured on this machine: {1000 * found.low:.2f} to "
        f"{1000 * found.high:.2f} ms ({found.source}, {found.date})."
    )
