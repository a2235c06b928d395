"""One formation with the small app for all tests of a process, and new ones for special apps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab.heroku.run import Limits
from tests.lab.heroku.run.stage import Stage

APP = Path(__file__).with_name("app.py").read_text(encoding="utf-8")
LIMITS = Limits.at_speed()
NewStage = Callable[..., Stage]


@pytest.fixture(scope="package")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The small app behind a router."""
    stage = Stage(tmp_path_factory.mktemp("stage"), LIMITS)
    stage.run(stage.made(APP, GREETING="hello"))
    yield stage
    stage.close()


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """The small app behind a router with the platform's own limits; tests may replace those."""
    yield shared_stage
    shared_stage.router.limits = LIMITS


@pytest.fixture
def new_stage(tmp_path: Path) -> Iterator[NewStage]:
    """Return a function that makes a stage of its own."""
    made: list[Stage] = []

    def make(limits: Limits = LIMITS) -> Stage:
        made.append(Stage(tmp_path / f"stage-{len(made)}", limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def small(new_stage: NewStage, limits: Limits = LIMITS) -> Stage:
    """Return a new stage with the small app."""
    stage: Stage = new_stage(limits)
    stage.run(stage.made(APP))
    return stage
