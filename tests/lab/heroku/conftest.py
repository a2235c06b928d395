"""A rehearsal of the tiny project, which the tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lab.heroku import rehearsal
from lab.heroku.rehearsal import Rehearsal
from tests.lab.heroku.tiny import Tiny


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The project. Each test commits what it needs."""
    return Tiny(tmp_path_factory.mktemp("rehearsal") / "tiny copy")


@pytest.fixture(scope="session")
def stage(tiny: Tiny) -> Iterator[Rehearsal]:
    """Its rehearsal: one app, which each test deploys anew."""
    with rehearsal.start(tiny.folder) as running:
        assert tiny.deploy(running).accepted
        yield running
