"""Every stack can be started, or says what is missing."""

from __future__ import annotations

import pytest

from lab.bench import special
from lab.bench.declaring import BenchStack, is_installed, prepare, variant
from lab.bench.experiment import available
from lab.bench.ledger import read_ledger
from lab.bench.measuring import Measurer
from lab.bench.session import FILE, Session
from lab.bench.stacks import ALL, STACKS
from lab.bench.workloads import WORKLOADS, Workload
from tests.lab.bench.test_session import empty

FOR_ENDPOINT = {
    "health": WORKLOADS["health"],
    "predict": WORKLOADS["predict-one"],
    "listings": WORKLOADS["listings-10"],
    "wait": WORKLOADS["blocking"],
}


@pytest.mark.parametrize("stack", ALL, ids=lambda stack: stack.name)
def test_a_stack_has_one_worker_and_its_command_can_be_run(stack: BenchStack) -> None:
    assert stack.workers == 1
    if is_installed(stack):
        command = stack.arguments(host="127.0.0.1", port=9, workers=1)
        assert any("9" in word for word in command)


def test_what_is_missing_is_noted_and_never_silently_dropped(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    session = Session(empty(), tmp_path_factory.mktemp("out") / FILE)
    missing = variant(STACKS["flask"], "other", "another server", needs="a-program-nobody-has")
    assert available([STACKS["flask"], missing], session) == [STACKS["flask"]]
    assert session.results.notes == ["another server (other): not installed: make extras."]


@pytest.mark.timeout(900)  # the long form starts every server, and compiles the one in Go
def test_a_stack_serves_what_it_is_declared_to_serve(long_form: bool) -> None:
    chosen = ALL if long_form else [STACKS["bare-wsgi"]]
    measurer = Measurer()
    listings = measurer.start_listings(10) if long_form else None
    try:
        for stack in filter(is_installed, chosen):
            assert prepare(stack) == ""
            for endpoint in sorted(stack.serves):
                url = None if listings is None else listings.url
                served(stack, FOR_ENDPOINT[endpoint], measurer, url)
    finally:
        if listings is not None:
            listings.stop()


def test_workers_are_those_of_the_declaration() -> None:
    two = variant(STACKS["bare-wsgi"], "two", "two workers", workers=2)
    server = Measurer().start_here(two, WORKLOADS["health"])
    try:
        ledger = read_ledger(two, server, WORKLOADS["health"].requests()[0])
        assert (ledger.workers, ledger.slots) == (2, 16)
        assert len(server.processes()) == 3  # and the one that watches over them
    finally:
        server.stop(grace=0)


def served(
    stack: BenchStack, workload: Workload, measurer: Measurer, listings_url: str | None
) -> None:
    """Start the stack and hold it to its declaration."""
    server = measurer.start_here(stack, workload, listings_url)
    try:
        request = workload.requests()[0]
        assert special.ask(server.url, request)[0] == workload.expect
        ledger = read_ledger(stack, server, request)
        assert ledger.keep_alive == (stack.name not in {"flask-sync", "flask-dev"})
        assert (ledger.event_loop or "").startswith(stack.event_loop or "")
        assert ledger.http_parser.startswith(stack.http_parser)
    finally:
        server.stop(grace=2)
