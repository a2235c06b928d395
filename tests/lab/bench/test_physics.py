"""Each law finds the row that breaks it, and lets a sound one through."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lab.bench.load.plan import Closed, Open, Plan
from lab.bench.load.recording import Recording, Second
from lab.bench.physics import Expected, check_row
from lab.bench.results import Check
from lab.bench.rows import judge

Make = Callable[..., Recording]
URL = "http://127.0.0.1:9"
EXPECTED = Expected(slots=8, wait_ms=50, body_bytes=60, ceiling=9000, cores=1, server_cpu=0.5)


def broken(recording: Recording, expected: Expected = EXPECTED) -> list[str]:
    return [check.name for check in check_row(recording, expected) if not check.held]


@pytest.fixture
def sound(make_recording: Make) -> Make:
    """Return a function that makes a run of 8 slots, 60 ms each, for a second."""

    def make(**changes: object) -> Recording:
        fields: dict[str, object] = {
            "plan": Plan(url=URL, shape=Closed(), seconds=1, connections=8),
            "mean_in_flight": 8.0,
            "bytes_in": 133 * 200,
            **changes,
        }
        return make_recording([0.06] * 133, **fields)

    return make


def test_a_sound_run_keeps_every_law(sound: Make) -> None:
    assert broken(sound()) == []
    assert len(check_row(sound(), EXPECTED)) == 9


def test_a_lost_request_is_found(sound: Make) -> None:
    assert "counts" in broken(sound(planned=134))


def test_littles_law_finds_a_latency_that_cannot_be(sound: Make) -> None:
    # 133 answers of 60 ms cannot fill two connections only, nor sixteen.
    assert broken(sound(mean_in_flight=2.0)) == ["Little's law"]
    assert broken(sound(mean_in_flight=16.0)) == ["Little's law", "connections"]


def test_littles_law_allows_for_what_lies_across_the_ends(sound: Make) -> None:
    assert broken(sound(mean_in_flight=7.9)) == []


def test_an_answer_before_its_wait_is_found(make_recording: Make) -> None:
    quick = make_recording([0.01, 0.06], mean_in_flight=0.07)
    assert broken(quick) == ["no answer before its wait"]


def test_more_answers_than_slots_allow_are_found(sound: Make) -> None:
    assert broken(sound(), Expected(slots=4, wait_ms=50)) == ["slots over latency"]
    assert broken(sound(), Expected(slots=None, wait_ms=50)) == []


def test_bytes_that_do_not_fit_the_answers_are_found(sound: Make) -> None:
    assert broken(sound(bytes_in=133)) == ["bytes"]
    assert broken(sound(bytes_in=10_000_000)) == ["bytes"]


def test_a_server_cannot_be_quicker_than_the_generator(sound: Make) -> None:
    assert broken(sound(), Expected(ceiling=100)) == ["ceiling"]


def test_a_pinned_server_cannot_use_two_cores(sound: Make) -> None:
    assert broken(sound(), Expected(cores=1, server_cpu=1.9)) == ["processor"]


def test_a_row_of_errors_is_not_a_fast_row(make_recording: Make) -> None:
    changes = {
        "planned": 120, "good": 100, "wrong_status": 20, "statuses": {200: 100, 503: 20},
        "per_second": (Second(good=100, bad=20, worst=0.06),),
    }  # fmt: skip
    failing = make_recording([0.06] * 100, mean_in_flight=6.0, **changes)
    assert broken(failing, Expected()) == ["answers"]
    assert broken(failing, Expected(lossy=True)) == []


def test_a_broken_law_makes_a_row_invalid_and_says_which() -> None:
    checks = check_row_of_nothing()
    assert judge(checks, ())[0] == "valid"
    validity, why = judge([checks[0].model_copy(update={"held": False})], ("too busy",))
    assert validity == "invalid"
    assert why.startswith("counts: expected")


def test_a_bound_generator_makes_a_row_generator_bound() -> None:
    assert judge(check_row_of_nothing(), ("it was busy", "it was late")) == (
        "generator-bound",
        "it was busy; it was late",
    )


def check_row_of_nothing() -> list[Check]:
    return [Check(name="counts", expected="1", found="1", held=True)]


def test_an_open_plan_is_checked_as_well(make_recording: Make) -> None:
    plan = Plan(url=URL, shape=Open(rate=10), seconds=1)
    assert broken(make_recording([0.06] * 10, plan=plan, mean_in_flight=0.6), Expected()) == []
