"""The real servers, started once for all tests that ask for them."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

from lab import servers

# No plugin of pydantic is installed. Each process would look through all packages for one, which
# takes it a twentieth of its start, and these tests start many hundred servers and programs.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this suite."""
    parser.addoption("--base-url", help="run tests/contract against the API at this URL")
    parser.addoption("--long", action="store_true", help="run the long form of tests that have one")


@pytest.hookimpl(optionalhook=True)  # pytest may run without pytest-xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Let the processes share the tests in our own way, unless another one is asked for."""
    if config.getoption("dist") != "load":
        return None
    from tests.scheduling import Scheduling

    return Scheduling(config, log)


@pytest.hookimpl(trylast=True)  # within each lesson, the order is pytest's own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in the order in which they are handed out."""
    from tests.scheduling import turn_of

    items.sort(key=lambda item: turn_of(item.nodeid))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what all tests share: it would look through it again and again.

    Collecting leaves 400,000 objects, in which each full round takes it a quarter of a second.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def long_form(request: pytest.FixtureRequest) -> bool:
    """Whether to run the long form of a test."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def fastapi_server() -> Iterator[servers.Server]:
    """FastAPI on uvicorn."""
    with servers.running("fastapi") as server:
        yield server


@pytest.fixture(scope="session")
def flask_server() -> Iterator[servers.Server]:
    """Flask on gunicorn."""
    with servers.running("flask") as server:
        yield server


@pytest.fixture(scope="session")
def listings() -> Iterator[servers.Server]:
    """The listing service. Whoever tells it how to behave tells it to behave well again."""
    with servers.running("listings") as server:
        yield server


@pytest.fixture(scope="session", params=["fastapi", "flask"])
def server(request: pytest.FixtureRequest) -> servers.Server:
    """Each of the two, so that one test holds both to the same behaviour."""
    found: servers.Server = request.getfixturevalue(f"{request.param}_server")
    return found
