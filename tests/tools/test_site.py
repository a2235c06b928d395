"""The pieces of the website that need no builder: outputs that stand still, links, what is kept."""

from __future__ import annotations

from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from lab.exercises.catalogue import find
from tools.site.exercises import to_markdown
from tools.site.outputs import INSTEAD, still_html

needs_cache = pytest.mark.skipif(
    find_spec("jupyter_cache") is None, reason="make site installs what builds the site"
)


def test_what_leads_to_a_server_of_the_lesson_is_text() -> None:
    url = "http://127.0.0.1:41234/docs"
    shown = f'<p><a href="{url}" target="_blank">{url}</a></p>\n<iframe src="{url}"></iframe>'
    assert still_html(shown) == f"<p>{url}</p>\n{INSTEAD}"
    elsewhere = '<a href="https://peps.python.org/pep-3333/">PEP 3333</a>'
    assert still_html(elsewhere) == elsewhere


def test_hints_and_solution_are_closed() -> None:
    exercise = find("03.2")
    text = to_markdown(exercise)
    assert text.count('<details class="asked-for">') == len(exercise.hints) + 1
    before, _, solution = text.rpartition("<details")
    assert exercise.solution.rstrip() in solution
    assert exercise.solution.rstrip() not in before
    assert "(../exercises/03_schemas/2_optional_garage.py)" in before


@needs_cache
def test_a_lesson_runs_again_only_when_it_or_what_it_runs_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbclient import NotebookClient

    from tools.site.running import PINS, RUN, Runner

    ran: list[NotebookClient] = []

    def execute(self: NotebookClient, **_: object) -> None:
        ran.append(self)
        for cell in self.nb.cells:
            cell.execution_count = 1
            if self.record_timing:
                cell.metadata["execution"] = {"iopub.execute_input": f"{len(ran)} o'clock"}
            shown = {"output_type": "stream", "name": "stdout", "text": str(len(ran))}
            cell.outputs = [nbformat.from_dict(shown)]  # type: ignore[no-untyped-call]

    monkeypatch.setattr(NotebookClient, "execute", execute)
    for name in (*PINS, *(f"{folder}/a.py" for folder in RUN)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")

    def shown(code: str) -> int:
        cell = nbformat.v4.new_code_cell(code)  # type: ignore[no-untyped-call]
        lesson = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
        with closing(Runner(tmp_path, tmp_path / "kept")) as runner:
            made = runner.outputs("00_sample", lesson)
        return int(made.cells[0].outputs[0].text)

    assert [shown("1 + 1"), shown("1 + 1"), shown("2 + 2"), shown("1 + 1")] == [1, 1, 2, 1]
    (tmp_path / "lab" / "a.py").write_text("changed = True\n", encoding="utf-8")
    assert shown("1 + 1") == 3


@needs_cache
def test_a_lesson_that_takes_too_long_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError

    from tools.site.running import LessonError, Runner

    def execute(self: NotebookClient, **_: object) -> None:
        raise CellTimeoutError.error_from_timeout_and_cell("", 600, self.nb.cells[0])

    monkeypatch.setattr(NotebookClient, "execute", execute)
    cell = nbformat.v4.new_code_cell("wait()")  # type: ignore[no-untyped-call]
    lesson = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    for pin in ("requirements.txt", "test_requirements.txt"):
        (tmp_path / pin).touch()
    with (
        closing(Runner(tmp_path, tmp_path / "kept")) as runner,
        pytest.raises(LessonError, match=r"^00_sample: A cell timed out .*--without-running$"),
    ):
        runner.outputs("00_sample", lesson)


@needs_cache
def test_a_folder_that_holds_something_else_is_not_emptied(tmp_path: Path) -> None:
    from tools.site.__main__ import FolderError, build

    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter").write_text("Dear", encoding="utf-8")
    for target in (tmp_path / "home", tmp_path / "home" / "letter"):
        with pytest.raises(FolderError, match="nothing of it is touched"):
            build(target, run=False, chapters=())
    assert [one.name for one in tmp_path.rglob("*")] == ["home", "letter"]


@needs_cache
def test_a_link_leads_to_the_page_of_a_file_and_a_folder_is_text(tmp_path: Path) -> None:
    from tools.site import pages

    (tmp_path / "docs" / "images").mkdir(parents=True)
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / "main.py").write_text("answer = 42\n", encoding="utf-8")
    given = "# A\n\n[code](../apps/main.py), [folder](../apps), [here](#a), [away](https://x.org)\n"
    target = tmp_path / "out"
    pages.write({"docs/a.md": given}, target, tmp_path, tmp_path / "reports")
    text = (target / "docs" / "a.md").read_text(encoding="utf-8")
    assert "[code](../apps/main.py.md), folder, [here](#a), [away](https://x.org)" in text
    page = (target / "apps" / "main.py.md").read_text(encoding="utf-8")
    assert "# apps/main.py\n" in page
    assert "python\nanswer = 42\n" in page
