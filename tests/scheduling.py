"""Which tests stay together when processes share the suite (`pytest -n 3`), and which begin.

pytest-xdist hands out tests in groups; a process takes its next group when it is nearly done with
the last. Tests that share something costly are one group. All others are small groups, so that
the processes end at about the same time. The longest groups, the lessons and those below, come
first: one that began at the end would keep its process long after the others are done.

Many tests wait, for servers to start and for time-outs to pass, so there is one process more than
the two cores on which the suite is measured.
"""

from __future__ import annotations

import re

import pytest
from xdist.scheduler import LoadScopeScheduling

# Here each test starts what it needs by itself, and that takes nearly all of its time.
EACH_ALONE = ("tests/content/", "tests/lab/")
# Among them, these start one rehearsal or deploy once for all tests of the file.
TOGETHER = tuple(
    f"tests/lab/heroku/{name}.py"
    for name in ("build/test_receive", "test_platform_ends", "test_rehearsal", "test_whole")
)
# A lesson runs once in each folder, for all the tests that look at what it shows.
LESSONS = "tests/notebooks/"
LESSON = re.compile(r"(?P<chapter>\d\d)_.*\b(?P<folder>from-[a-z-]*[a-z])")
# One group, whichever app answers: to start a browser costs as much as several of these tests.
ONE_BROWSER = tuple(
    f"tests/browser/test_{name}.py" for name in ("docs", "price", "reach", "trouble")
)
# One group for each stack: these files ask the same servers.
CONTRACT = "tests/contract/"
# What is built or started once for the tests of one file that have it among their parameters. A
# client that is built comes first: no two processes may build it at the same time.
SHARED = ("react", "vue", "angular", "fastapi-gunicorn", "fastapi", "flask")


def group_of(test: str) -> str:
    """Return the name of the group to which a test with this node id belongs."""
    file, _, name = test.partition("::")
    if file.startswith(EACH_ALONE) and file not in TOGETHER:
        return test
    if file.startswith(LESSONS) and (lesson := LESSON.search(test)):
        return f"{lesson['chapter']} {lesson['folder']}"
    if file in ONE_BROWSER:
        return "tests/browser"
    parameters = f"-{name.partition('[')[2].rstrip(']')}-"
    for shared in SHARED:
        if f"-{shared}-" in parameters:
            return f"{CONTRACT if file.startswith(CONTRACT) else file} {shared}"
    return file


def turn_of(test: str) -> int:
    """Return what to sort tests by: lessons, the last first, then long groups, then all others."""
    lesson = LESSON.search(test) if test.startswith(LESSONS) else None
    if lesson:
        return -2 - int(lesson["chapter"])
    return -1 if test.startswith(TOGETHER) else 0


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Hands out the groups in the order in which pytest has collected them."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        super().__init__(config, log)
        # By size, the largest first, would leave the longest to the end: they are single tests.
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
