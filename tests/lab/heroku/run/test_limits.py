"""The limits: the platform's, shortened ones, and what is said of these."""

from __future__ import annotations

import pytest

from lab.heroku.run import Limits


def test_the_platform_s_own_limits_say_nothing() -> None:
    limits = Limits.at_speed()
    assert (limits.boot.value, limits.first_byte.value, limits.memory.value) == (60, 30, 512)
    assert limits.boot.note == ""


def test_a_shortened_limit_says_so() -> None:
    limits = Limits.at_speed(10)
    assert limits.boot.note == " (rehearsal: 6 s instead of 60 s)"
    assert limits.memory.note == ""


def test_no_limit_gets_so_short_that_a_busy_machine_cannot_keep_it() -> None:
    assert Limits.at_speed(1000).connect.value == 0.25


def test_single_limits_can_be_set() -> None:
    limits = Limits.at_speed().but(boot=3, memory=64)
    assert limits.boot.note == " (rehearsal: 3 s instead of 60 s)"
    assert limits.memory.note == " (rehearsal: 64 MB instead of 512 MB)"
    assert limits.exit.note == ""


def test_another_size_of_dyno_has_another_quota() -> None:
    assert Limits.at_speed(size="standard-2x").memory.value == 1024


@pytest.mark.parametrize(("speed", "size"), [(1, "huge"), (0, "basic"), (-1, "basic")])
def test_what_there_is_not_is_refused(speed: float, size: str) -> None:
    with pytest.raises(ValueError, match=size):
        Limits.at_speed(speed, size=size)
