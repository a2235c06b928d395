"""Recordings: they balance, what is missing is late, and they can be merged."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from lab.bench.load.recording import BalanceError, Recording, SlowOnes, merge

Make = Callable[..., Recording]


def test_a_recording_is_the_same_after_json(make_recording: Make) -> None:
    recording = make_recording([0.1, 0.2])
    assert Recording.model_validate_json(recording.model_dump_json()) == recording


@pytest.mark.parametrize(
    ("core", "host", "share"),
    [(1, "a", 1.2), (2, "a", 0.6), (1, "b", 0.6), (None, "a", 0.6)],
)
def test_processes_that_share_a_core_have_it_together(
    make_recording: Make, core: int | None, host: str, share: float
) -> None:
    one = make_recording([0.1], generator={"cpu_share": 0.6, "core": 1, "host": "a"})
    other = make_recording([0.1], generator={"cpu_share": 0.6, "core": core, "host": host})
    if core is None:
        one = make_recording([0.1], generator={"cpu_share": 0.6, "core": None, "host": "a"})
    assert merge([one, other], together=True).generator.cpu_share == pytest.approx(share)
    assert merge([one, other], together=False).generator.cpu_share == pytest.approx(0.6)


def test_counts_that_add_up_pass(make_recording: Make) -> None:
    recording = make_recording(
        [0.1] * 5,
        planned=12,
        wrong_status=2,
        statuses={200: 5, 503: 2},
        errors={"reset": 1, "timeout": 1},
        unanswered=1,
        unsent=2,
    )
    assert recording.check() is recording
    assert recording.missing == 7


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"planned": 6}, "all ends: 5 against planned: 6"),
        ({"unsent": 1}, "all ends: 6 against planned: 5"),
        ({"statuses": {200: 4}}, "statuses: 4 against answered: 5"),
        ({"good": 4, "wrong_status": 1}, "latencies: 5 against good: 4"),
    ],
)
def test_a_lost_or_doubled_request_is_found(
    make_recording: Make, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(BalanceError, match=message):
        make_recording([0.1] * 5, **changes).check()


def test_a_request_without_a_good_answer_is_infinitely_late(make_recording: Make) -> None:
    latencies = [0.001 * (1 + number) for number in range(90)]
    recording = make_recording(latencies, planned=100, errors={"timeout": 10})
    assert recording.latency_at(50) == pytest.approx(0.050, rel=0.002)
    assert recording.latency_at(90) == pytest.approx(0.090, rel=0.002)
    assert recording.latency_at(91) == math.inf
    assert recording.latency.at(91) < 0.09  # of the answers that there were
    assert math.isnan(make_recording([], planned=0).latency_at(50))


def test_throughput_is_of_good_answers_within_the_window(make_recording: Make) -> None:
    recording = make_recording([0.1] * 10, seconds=2.0)
    assert (recording.throughput, recording.offered) == (5.0, 5.0)


def test_generators_that_ran_together_add_up_their_rates(make_recording: Make) -> None:
    slow = SlowOnes(begun=2, answered=1, cut=0, unfinished=1)
    one = make_recording([0.1] * 10, slow=slow)
    other = make_recording([0.3] * 30, errors={"cut": 1}, planned=31, generator={"cpu_share": 0.7})
    merged = merge([one, other], together=True).check()
    assert (merged.seconds, merged.throughput, merged.planned) == (1.0, 40.0, 41)
    assert merged.mean_in_flight == one.mean_in_flight + other.mean_in_flight
    assert merged.latency.at(50) == pytest.approx(0.3, rel=0.002)
    assert merged.generator.processes == 2
    assert merged.errors == {"cut": 1}
    assert merged.slow == slow


def test_runs_one_after_another_add_up_their_windows(make_recording: Make) -> None:
    merged = merge([make_recording([0.1] * 10), make_recording([0.1] * 30)], together=False)
    assert (merged.seconds, merged.throughput) == (2.0, 20.0)
    assert [second.good for second in merged.per_second] == [10, 30]
    assert merged.check().mean_in_flight == pytest.approx(2.0)
    assert merged.generator.processes == 1


def test_what_is_not_known_of_one_is_not_known_of_all(make_recording: Make) -> None:
    unknown = make_recording([0.1], bytes_in=None, mean_queued=None)
    merged = merge([unknown, make_recording([0.1])], together=True)
    assert (merged.bytes_in, merged.mean_queued, merged.bytes_out) == (None, None, 100)


def test_only_what_belongs_together_is_merged(make_recording: Make) -> None:
    one = make_recording([0.1])
    other = make_recording([0.1], plan=one.plan.model_copy(update={"connections": 3}))
    with pytest.raises(ValueError, match="different plans"):
        merge([one, other], together=False)
    with pytest.raises(ValueError, match="no recording"):
        merge([], together=True)
