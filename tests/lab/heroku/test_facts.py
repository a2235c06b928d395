"""The facts: read, typed, dated, and consistent with one another."""

from __future__ import annotations

import inspect
from datetime import date

import uvicorn
from gunicorn.config import Config as GunicornConfig

from lab.heroku import facts

CHECKED_ON = date(2026, 11, 25)


def test_each_file_says_where_its_facts_come_from_and_how_sure_they_are() -> None:
    for one in (facts.buildpack(), facts.platform()):
        assert one.source
        assert one.date <= CHECKED_ON
    parts = [facts.packages().memory, facts.packages().compression]
    assert all(part.source and part.date for part in parts)


def test_the_buildpack_is_known_up_to_one_release() -> None:
    known = facts.buildpack()
    assert (known.release, known.date) == ("v351", date(2026, 8, 18))
    python = known.python
    assert facts.version(python.oldest) < facts.version(python.newest) < facts.version(python.next)
    assert python.default == python.latest[python.newest]
    assert known.stacks.default in known.stacks.known


def test_no_reason_code_is_there_twice() -> None:
    for codes in (
        [one.code for one in facts.buildpack().message],
        [one.code for one in facts.platform().code],
    ):
        assert len(codes) == len(set(codes))


def test_the_router_s_codes_have_a_status_and_the_dyno_s_have_none() -> None:
    for one in facts.platform().code:
        assert (one.status is None) == one.code.startswith("R")
    assert {one.code for one in facts.platform().code if one.kills} == {"R10", "R12", "R15"}


def test_a_small_dyno_gets_two_workers() -> None:
    basic = facts.platform().dyno_of("Basic")
    assert basic is not None
    assert facts.buildpack().concurrency.workers(cores=8, megabytes=basic.megabytes) == 2


def test_the_servers_keep_connections_as_long_as_is_written_here() -> None:
    known = facts.packages().servers
    uvicorn_s = inspect.signature(uvicorn.Config).parameters["timeout_keep_alive"].default
    assert uvicorn_s == known["uvicorn"].keep_alive_seconds
    assert GunicornConfig().settings["keepalive"].get() == known["gunicorn"].keep_alive_seconds
