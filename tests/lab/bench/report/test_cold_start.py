"""A cold start is reported in seconds: it has no rate, and one time has no percentiles."""

from __future__ import annotations

from lab.bench.report.document import Table
from lab.bench.report.sections import document
from tests.lab.bench.sample import row, sample


def test_a_cold_start_has_a_table_of_its_own_and_no_rate() -> None:
    times = {"fastapi": (1.5, 1.1, 1.2), "flask": (0.9, 1.0, 0.8)}
    rows = {
        stack: [
            row(f"cold-{stack}-{place}", stack, "cold-start", 1 / one, [one * 1000])
            for place, one in enumerate(seconds)
        ]
        for stack, seconds in times.items()
    }
    pairs = list(zip(*([one.id for one in runs] for runs in rows.values()), strict=True))
    comparison = sample().comparisons[0].model_copy(
        update={"workload": "cold-start", "metric": "latency_p50", "pairs": pairs}
    )  # fmt: skip
    results = sample().model_copy(
        update={"rows": [*rows["fastapi"], *rows["flask"]], "comparisons": [comparison],
                "knees": [], "layers": [], "omission": None}
    )  # fmt: skip
    sections = {one.name: one for one in document(results).sections}
    assert sections.keys().isdisjoint({"throughput", "latency"})
    [table] = sections["cold-start"].blocks
    assert isinstance(table, Table)
    assert [line[2:] for line in table.rows] == [
        ("3", "1.20", "1.10", "1.50"),
        ("3", "0.90", "0.80", "1.00"),
    ]
