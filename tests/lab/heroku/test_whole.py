"""The workbook itself is deployed: by push, as a learner's copy has it, while they work in it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psutil
import pytest
import requests

from lab.exercises.catalogue import ROOT, exercises
from lab.exercises.learner_copy import make_copy
from lab.heroku import rehearsal
from lab.heroku.rehearsal import Rehearsal
from lab.smoke import certify

HOUSE = {"GrLivArea": 1500, "OverallQual": 6, "Neighborhood": "NAmes", "YearBuilt": 1961}
LOADERS = 4  # threads, each with one request at a time
# The limits are longer than the platform's: how fast this machine is must not decide.
SPEED = 0.2
PATIENCE = 300.0  # seconds
PAUSE = 0.05  # seconds between two requests of one thread: without, the new dyno starts later
MOST = 20_000  # requests of one thread: a bound, should the restart never end
UP = "heroku[web.1]: State changed from starting to up"


@pytest.fixture(scope="module")
def copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed: as a learner's copy, or in the long form as a clone of the project."""
    folder = tmp_path_factory.mktemp("whole") / "copy"
    if request.config.getoption("--long"):
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    else:
        with pytest.MonkeyPatch.context() as patch:  # nobody's answers and progress
            patch.setenv("LAB_WORKSPACE", str(tmp_path_factory.mktemp("nobody")))
            make_copy(folder, learner="Ada")
    return folder


@pytest.fixture(scope="module")
def deployed(copy: Path) -> Iterator[Rehearsal]:
    """The copy, pushed as it is."""
    with rehearsal.start(copy, speed=SPEED) as stage:
        push = stage.push()
        assert push.accepted, push
        stage.wait_until_up(PATIENCE)
        yield stage


def test_it_keeps_the_contract_through_the_router(deployed: Rehearsal) -> None:
    """Every check that the contract suite can make of a URL."""
    certificate = certify(deployed.url)
    assert certificate.held, certificate.text()


def test_a_push_under_load_loses_no_request(copy: Path, deployed: Rehearsal) -> None:
    """Those in flight are answered by the old dyno, those that come meanwhile by the new one.

    An exercise that is half done and committed does not get in the way of a push.
    """
    exercise = exercises()[0]
    stub = copy / "exercises" / exercise.path
    stub.write_text(stub.read_text(encoding="utf-8") + "\n1 +\n", encoding="utf-8")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@localhost")
    subprocess.run(["git", *who, "-C", str(copy), "commit", "-qam", "Half done"], check=True)
    stop = threading.Event()
    statuses: list[list[int]] = [[] for _ in range(LOADERS)]
    before = sum(UP in line for line in deployed.lines())

    def load(mine: list[int]) -> None:
        with requests.Session() as session:
            while not stop.is_set() and len(mine) < MOST:
                url = f"{deployed.url}/api/v1/predict"
                mine.append(
                    session.post(url, json={"inputs": [HOUSE]}, timeout=PATIENCE).status_code
                )
                stop.wait(PAUSE)

    threads = [threading.Thread(target=load, args=(mine,)) for mine in statuses]
    for thread in threads:
        thread.start()
    try:
        deployed.wait_for('path="/api/v1/predict"', times=LOADERS)
        push = deployed.push()
        assert push.accepted, push
        deployed.wait_for(UP, times=before + 1, patience=PATIENCE)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert "environment is kept" in push.output
    assert {status for mine in statuses for status in mine} == {200}
    assert all(statuses)


def test_it_is_torn_down(
    deployed: Rehearsal, wait_for_end: Callable[[Iterable[psutil.Process]], None]
) -> None:
    """No process is left, and the copy is as clean as before."""
    platform = psutil.Process(deployed.control.running.pid)
    found = {platform, *platform.children(recursive=True)}
    assert len(found) > 3
    deployed.stop()
    wait_for_end(found)
    status = subprocess.run(
        ["git", "-C", str(deployed.copy), "status", "--porcelain"], capture_output=True, check=True
    )
    assert status.stdout == b""
