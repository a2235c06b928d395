"""What lesson 09 must show, whatever the machine and however busy it is."""

from __future__ import annotations

import re

import pytest

from tests.notebooks.running import Lesson, run


@pytest.fixture
def lesson(folder: str) -> Lesson:
    return run("09_files_heroku_reads", folder)


def said(lesson: Lesson, name: str) -> dict[str, list[str]]:
    """Return what a table of findings says to each try: a try's own line, and those below it."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in lesson.output(name).splitlines()[1:]:
        if not line.startswith(" "):
            title = re.split(r"  +", line)[0]
        found.setdefault(title, []).append(line)
    return found


def test_the_picture_has_a_table_and_a_description(lesson: Lesson) -> None:
    assert lesson.output("readers").startswith("file  ")
    table, _, picture = lesson.output("packages").partition("<img ")
    assert table.startswith("from  ")
    assert 'alt="requirements.txt, ' in picture


def test_the_small_copy_would_be_deployed(lesson: Lesson) -> None:
    shown = lesson.output("small-files")
    assert shown.startswith("WARNING The runtime.txt file is deprecated.")
    assert "ERROR" not in shown


def test_taking_a_file_away_shows_who_needs_it(lesson: Lesson) -> None:
    tries = said(lesson, "without-each")
    assert re.search(r"There is no Procfile\. +H14$", tries["without Procfile"][0])
    assert "error" in tries["without requirements.txt"][0]
    assert "warning" in tries["without runtime.txt"][0]
    for name in ("test_requirements.txt", ".slugignore", "app.json"):
        assert tries[f"without {name}"][0].endswith("nothing")


def test_no_mistake_in_a_procfile_passes(lesson: Lesson) -> None:
    tries = said(lesson, "procfile-tries")
    assert tries.pop("as it is")[0].endswith("nothing")
    assert len(tries) == 6
    codes = [lines[0].split()[-1] for lines in tries.values()]
    assert codes == ["H14", "H14", "H10", "H10", "H13", "H14"]
    hosts = said(lesson, "host-tries")
    codes = [lines[0].split()[-1] for lines in hosts.values()]
    assert codes == ["R10", "R10", "R10", "H10", "nothing"]


def test_a_shell_fills_in_the_port(lesson: Lesson) -> None:
    ends = [line.rpartition(" ")[2] for line in lesson.output("shell").splitlines()]
    assert ends == ["41873", "23456"]


def test_two_dynos_have_two_ports_and_a_fixed_one_can_be_had_once(lesson: Lesson) -> None:
    ports = re.findall(r"'my port is': '(\d+)'", lesson.output("two-dynos"))
    assert len(set(ports)) == 2
    assert "address already in use" in lesson.output("fixed-port")
    assert ports[0] in lesson.output("fixed-port")


def test_the_reader_of_versions_is_strict(lesson: Lesson) -> None:
    tries = said(lesson, "python-tries")
    assert tries["both"][0].endswith("nothing")
    refused = [title for title, lines in tries.items() if "error" in lines[0]]
    assert len(refused) == 6
    assert "No Python version was specified" in tries["neither"][0]


def test_what_is_deployed_is_the_smaller_part(lesson: Lesson) -> None:
    sizes = [int(size) for size in re.findall(r"(\d+) MB", lesson.output("packages").split("<")[0])]
    assert len(sizes) == 2
    assert 0 < sizes[0] < sizes[1]


def test_what_works_here_would_fail_there(lesson: Lesson) -> None:
    here, there = lesson.output("works-here").splitlines()
    assert here == "Here: {'price': 12000.0}"
    assert there.startswith("There: requests is not in requirements.txt")


def test_other_tries_say_what_the_text_says(lesson: Lesson) -> None:
    assert "pip will fail on line 2" in lesson.output("windows-package")
    last = lesson.output("pins").splitlines()[-1]
    assert last.split()[-1] == "0.100.3"
    left_out = said(lesson, "slugignore-tries")
    assert [lines[0].split()[-1] for lines in left_out.values()] == ["nothing", "H10", "nothing"]


def test_a_real_build_reads_the_files_and_the_dyno_answers(lesson: Lesson) -> None:
    shown = lesson.output("rehearsal-push")
    for line in (
        "Using Python 3.13 specified in runtime.txt",
        "Installing dependencies using 'pip install -r requirements.txt'",
        "Procfile declares types -> web",
        "Released v",
    ):
        assert line in shown
    installed = next(line for line in shown.splitlines() if "Successfully installed" in line)
    assert "uvicorn-" in installed
    assert "pytest" not in installed
    assert "requests" not in installed
    asked = lesson.output("rehearsal-ask")
    assert asked.startswith("{'price': 12000.0}\n")
    assert "Starting process with command `uvicorn estimate:app" in asked


def test_the_missing_package_is_built_and_crashes(lesson: Lesson) -> None:
    shown = lesson.output("rehearsal-break")
    assert "Released v" in shown
    assert "A visitor gets 503" in shown
    assert "ModuleNotFoundError: No module named 'requests'" in shown
    assert "code=H10" in shown


def test_without_a_procfile_there_is_h14_and_a_bare_version_is_refused(lesson: Lesson) -> None:
    shown = lesson.output("rehearsal-more")
    assert "No Procfile: the push was accepted" in shown
    assert "A bare version: the push was refused" in shown
    assert "Invalid Python version in runtime.txt." in shown
    assert "code=H14" in shown


def test_no_picture_is_needed_and_each_question_has_an_answer(lesson: Lesson) -> None:
    texts = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown"]
    questions = sum(text.count("**Quick question.**") for text in texts)
    answers = sum(text.count("<details><summary>Show the answer</summary>") for text in texts)
    assert questions == answers >= 4
