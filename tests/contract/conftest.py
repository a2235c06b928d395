"""The contract suite runs against any base URL: `pytest tests/contract --base-url URL`.

Without the option it starts each stack that claims the contract and runs against all of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab import servers
from tests.contract.client import Api
from tests.contract.exchange import Client

GUNICORN = "fastapi-gunicorn"
STACKS = ("fastapi", "flask", GUNICORN)
ASK_ANY_URL = ("test_answers.py", "test_bad_input.py")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test against the given URL, or against every stack."""
    if "api" in metafunc.fixturenames:
        url = metafunc.config.getoption("base_url")
        targets, names = ([url], ["url"]) if url else (list(STACKS), list(STACKS))
        metafunc.parametrize("api", targets, ids=names, indirect=True, scope="session")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what needs servers of its own when a URL is given, and what it would import."""
    alien = collection_path.suffix == ".py" and collection_path.name not in ASK_ANY_URL
    return True if alien and config.getoption("base_url") else None


@pytest.fixture(scope="session")
def fastapi_gunicorn_server() -> Iterator[servers.Server]:
    """FastAPI on gunicorn."""
    with servers.running(GUNICORN) as server:
        yield server


@pytest.fixture(scope="session")
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    """The API under test."""
    target: str = request.param
    if "://" in target:
        served = Api(target)
        yield served
    else:
        served = Api(request.getfixturevalue(f"{target.replace('-', '_')}_server").url)
        yield served
    served.session.close()


@pytest.fixture(scope="session", params=STACKS)
def stack(request: pytest.FixtureRequest) -> str:
    """Each stack by name."""
    name: str = request.param
    return name


@contextlib.contextmanager
def asking(stack: str, listings: servers.Server, *, seconds: float) -> Iterator[servers.Server]:
    """Run a stack that gives its listing service so many seconds."""
    environment = {"LISTINGS_URL": listings.url, "LISTINGS_TIMEOUT": str(seconds)}
    with servers.running(stack, environment=environment) as server:
        yield server


@pytest.fixture(scope="session")
def patient(stack: str, listings: servers.Server) -> Iterator[servers.Server]:
    """Each stack, with time enough for any machine to ask the listing service."""
    with asking(stack, listings, seconds=20) as server:
        yield server


@pytest.fixture(scope="module")
def both(
    fastapi_server: servers.Server, flask_server: servers.Server
) -> Iterator[tuple[Client, Client]]:
    """A connection to each app: FastAPI first, then Flask."""
    clients = Client(fastapi_server.url), Client(flask_server.url)
    yield clients
    for client in clients:
        client.close()
