"""From rows to verdicts: on rows whose truth is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lab.bench.comparing import Asked, compare, figure
from lab.bench.results import Comparison, Metric, Row
from lab.bench.schedule import AGAIN
from tests.lab.bench.sample import row, usual

BLOCKS = 8


def asked(metric: Metric = "throughput") -> Asked:
    return Asked(
        workload="health",
        workload_title="Say that it is alive",
        first="fastapi",
        first_title="FastAPI on uvicorn",
        second="flask",
        second_title="Flask on gunicorn",
        metric=metric,
    )


Change = Callable[[str, int], dict[str, object]]


def no_change(_: str, __: int) -> dict[str, object]:
    return {}


def blocks(
    ratio: float = 2, count: int = BLOCKS, change: Change = no_change
) -> list[dict[str, Row]]:
    rng = np.random.default_rng(1)
    made: list[dict[str, Row]] = []
    for block in range(count):
        rates = {"fastapi": 1000 * ratio, "flask": 1000.0, AGAIN: 1000 * ratio}
        made.append({})
        for role, rate in rates.items():
            changes = change(role, block)
            throughput = changes.pop("throughput", rate * float(np.exp(rng.normal(0, 0.01))))
            stack = "flask" if role == "flask" else "fastapi"
            one = row(f"{block}-{role}", stack, "health", 1000, usual(1.5), **changes)
            made[-1][role] = one.model_copy(update={"throughput": throughput})
    return made


def compared(made: list[dict[str, Row]], metric: Metric = "throughput") -> Comparison:
    return compare(asked(metric), made, seed=1)


def test_twice_as_fast_is_faster() -> None:
    found = compared(blocks(2))
    assert found.id == "health/fastapi/flask"
    assert found.verdict == "faster"
    assert found.ratio is not None
    assert found.ratio.estimate == pytest.approx(2, rel=0.03)
    assert found.pairs[0] == ("0-fastapi", "0-flask")
    assert found.control[0] == ("0-fastapi", "0-again")
    assert found.question == (
        "Say that it is alive: does FastAPI on uvicorn answer more requests a second than Flask "
        "on gunicorn?"
    )


def test_what_is_unequal_is_said() -> None:
    assert compared(blocks()).unequal == [
        "threads a worker: none (asynchronous, or a new one for each connection) against 8",
        "requests that can wait at once: no limit against 8",
    ]


def test_fewer_than_five_pairs_decide_nothing() -> None:
    found = compared(blocks(10, count=4))
    assert (found.verdict, found.more_pairs) == ("undecided", 1)


def test_rows_that_are_not_valid_are_in_no_ratio_and_make_no_verdict() -> None:
    def four_bad(role: str, block: int) -> dict[str, object]:
        bad = role == "flask" and block < 4
        return {"validity": "generator-bound", "why": "it was busy"} if bad else {}

    found = compared(blocks(change=four_bad))
    assert found.verdict == "invalid"
    assert found.why == (
        "4 rows are not valid, so too few pairs are left. 0-flask is generator-bound: it was busy"
    )
    assert len(found.pairs) == BLOCKS


def test_a_stack_that_never_answers_is_slower_without_a_ratio() -> None:
    def silent(role: str, _: int) -> dict[str, object]:
        return {"throughput": 0.0} if role == "flask" else {}

    found = compared(blocks(change=silent))
    assert (found.verdict, found.ratio) == ("faster", None)
    assert "no good answer in any of 8 pairs" in found.why


def test_a_stack_that_sometimes_does_not_answer_is_undecided() -> None:
    def sometimes(role: str, block: int) -> dict[str, object]:
        return {"throughput": 0.0} if role == "flask" and block == 3 else {}

    found = compared(blocks(change=sometimes))
    assert (found.verdict, found.ratio, found.more_pairs) == ("undecided", None, None)
    assert "In 1 of 8 pairs one stack had no good answer" in found.why


def test_of_latencies_less_is_faster() -> None:
    def slow_flask(role: str, _: int) -> dict[str, object]:
        if role != "flask":
            return {}
        times = row("x", "flask", "health", 1000, usual(4.5)).latency
        return {"latency": times}

    found = compared(blocks(1, change=slow_flask), "latency_p99")
    assert found.id == "health/fastapi/flask/latency_p99"
    assert found.verdict == "faster"
    assert found.ratio is not None
    assert found.ratio.estimate == pytest.approx(3, rel=0.01)


def test_a_row_with_missing_answers_has_no_latency_to_speak_of() -> None:
    late = row("x", "flask", "health", 1000, usual(1.5), planned=500)
    assert figure(late, "latency_p99") == 0
    assert figure(late, "throughput") == 1000
