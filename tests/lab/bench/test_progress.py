"""Time left, and work that there is no time for."""

from __future__ import annotations

import pytest

from lab.bench.progress import Progress, State


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_it_learns_that_everything_takes_twice_as_long(clock: Clock) -> None:
    shown: list[State] = []
    progress = Progress(200, show=shown.append, clock=clock)
    clock.now += 200
    progress.did(100)
    assert 1.8 < progress.factor < 2
    assert shown[-1].done == 100
    assert shown[-1].left == pytest.approx(100 * progress.factor)


def test_work_that_would_end_too_late_is_not_begun(clock: Clock) -> None:
    progress = Progress(100, limit=60, clock=clock)
    assert progress.has_time_for(50)
    clock.now += 40
    progress.did(40)
    assert progress.has_time_for(19)
    assert not progress.has_time_for(21)


def test_without_a_limit_there_is_always_time(clock: Clock) -> None:
    progress = Progress(100, clock=clock)
    clock.now += 10_000
    assert progress.has_time_for(10_000)


def test_skipped_work_takes_no_time_and_teaches_nothing(clock: Clock) -> None:
    shown: list[State] = []
    progress = Progress(100, show=shown.append, clock=clock)
    progress.doing("all")
    progress.skip(100)
    assert shown[-1] == State(100, 100, 0, "all")
    assert progress.factor == 1


def test_the_time_left_is_never_more_than_the_limit(clock: Clock) -> None:
    shown: list[State] = []
    Progress(1000, limit=60, show=shown.append, clock=clock).doing("all")
    assert shown[-1].left == 60
