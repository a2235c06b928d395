"""Notebooks come from content/ alone, the same bytes each time, and a wrong source says why."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tools.build_notebooks import ContentError, build, main, out_of_step

ROOT = Path(__file__).resolve().parents[2]

LESSON = '''\
# %% hello [markdown]
# # Hello
# Text.
#
# - a point

# %% add-up
"""
# %% not a cell: it is inside a string
"""
1 + 1

# %% wait
await asyncio.sleep(0)
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one lesson, not built yet."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "00_hello.py").write_text(LESSON, encoding="utf-8")
    return tmp_path


def source(project: Path, text: str, name: str = "00_hello.py") -> Path:
    file = project / "content" / name
    file.write_text(text, encoding="utf-8")
    return file


def built(project: Path) -> dict[str, Any]:
    assert main([], root=project) == 0
    text = (project / "notebooks" / "00_hello.ipynb").read_text(encoding="utf-8")
    notebook: dict[str, Any] = json.loads(text)
    return notebook


def test_cells_carry_their_names_and_no_outputs(project: Path) -> None:
    cells = built(project)["cells"]
    assert [(cell["id"], cell["cell_type"]) for cell in cells] == [
        ("hello", "markdown"),
        ("add-up", "code"),
        ("wait", "code"),
    ]
    assert "".join(cells[0]["source"]) == "# Hello\nText.\n\n- a point"
    assert "".join(cells[1]["source"]).endswith('a string\n"""\n1 + 1')
    for cell in cells[1:]:
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
    assert all(cell["metadata"] == {} for cell in cells)


def test_the_notebook_is_valid_and_names_no_version_of_python(project: Path) -> None:
    notebook = built(project)
    nbformat.validate(notebook)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"] == {"name": "python"}


def test_the_same_source_makes_the_same_bytes(project: Path) -> None:
    built(project)
    file = project / "notebooks" / "00_hello.ipynb"
    before = file.read_bytes()
    built(project)
    assert file.read_bytes() == before
    assert b"\r" not in before
    assert before.endswith(b"}\n")


def test_a_cell_put_in_the_middle_changes_no_other(project: Path) -> None:
    before = built(project)["cells"]
    source(project, LESSON.replace("# %% wait", "# %% new-one\n2 + 2\n\n# %% wait"))
    after = built(project)["cells"]
    assert [cell["id"] for cell in after] == ["hello", "add-up", "new-one", "wait"]
    assert [cell for cell in after if cell["id"] != "new-one"] == before


def test_tags_of_a_cell_are_kept(project: Path) -> None:
    source(project, '# %% stub tags=["exercise"]\n1\n')
    assert built(project)["cells"][0]["metadata"] == {"tags": ["exercise"]}


def test_a_magic_command_behind_a_hash_becomes_one(project: Path) -> None:
    source(project, "# %% plot\n# %matplotlib inline\n1\n")
    assert "".join(built(project)["cells"][0]["source"]) == "%matplotlib inline\n1"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "must start with a cell"),
        ("x = 1\n# %% a\n", 1, "must start with a cell"),
        ("# %% a\n1\n\n# %%\n2\n", 4, "every cell needs a name"),
        ("# %% a\n1\n\n# %% [markdown]\n# text\n", 4, "every cell needs a name"),
        ("# %% Two Words\n1\n", 1, "'Two Words'"),
        ("# %% " + 65 * "a" + "\n1\n", 1, "at most 64"),
        ("# %% a\n1\n\n# %% b\n2\n\n# %% a\n3\n", 7, "line 1 has a cell 'a' already"),
        ("# %% a\n1 +\n", 2, "this is not Python"),
        ("# %% a [markdown]\n# # Title\nforgotten hash\n", 3, "a hash before each line"),
    ],
)
def test_a_wrong_source_is_named_with_its_line(
    project: Path, text: str, line: int, says: str
) -> None:
    with pytest.raises(ContentError, match=f"content/00_hello.py, line {line}: ") as caught:
        build(source(project, text))
    assert says in str(caught.value)


def test_a_wrong_file_name_is_refused(project: Path) -> None:
    with pytest.raises(ContentError, match=r"content/hello\.py.*two digits"):
        build(source(project, LESSON, name="hello.py"))


@pytest.mark.parametrize("arguments", [[], ["--check"]])
def test_the_command_says_what_is_wrong_and_writes_nothing(
    project: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    source(project, "# %%\n1\n", name="01_bad.py")
    assert main(arguments, root=project) == 1
    assert "content/01_bad.py, line 1: every cell needs a name" in capsys.readouterr().err
    assert not (project / "notebooks").exists()


def test_it_writes_and_names_only_what_has_changed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(project)
    assert "notebooks/00_hello.ipynb\n" in capsys.readouterr().out
    built(project)
    assert capsys.readouterr().out.startswith("Written: 0 of ")


def test_check_is_silent_when_all_is_built(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(project)
    capsys.readouterr()
    assert main(["--check"], root=project) == 0
    assert capsys.readouterr() == ("", "")


def test_check_names_what_is_missing_stale_or_without_a_source(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source(project, LESSON, name="01_new.py")
    notebooks = project / "notebooks"
    notebooks.mkdir()
    (notebooks / "00_hello.ipynb").write_text("{}", encoding="utf-8")
    (notebooks / "02_gone.ipynb").write_text("{}", encoding="utf-8")
    (notebooks / "Untitled.ipynb").write_text("{}", encoding="utf-8")
    before = (notebooks / "00_hello.ipynb").read_bytes()

    assert main(["--check"], root=project) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "notebooks/00_hello.ipynb is not what content/00_hello.py says."
    assert lines[1] == "notebooks/01_new.ipynb is missing."
    assert lines[2].startswith("notebooks/02_gone.ipynb has no source")
    assert lines[3].endswith("Then run: python -m tools.build_notebooks")
    assert len(lines) == 4
    assert (notebooks / "00_hello.ipynb").read_bytes() == before
    assert not (notebooks / "01_new.ipynb").exists()


def test_outputs_left_in_a_notebook_are_out_of_step(project: Path) -> None:
    notebook = built(project)
    notebook["cells"][1]["execution_count"] = 1
    file = project / "notebooks" / "00_hello.ipynb"
    file.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
    assert list(out_of_step(project)) == [
        "notebooks/00_hello.ipynb is not what content/00_hello.py says."
    ]


def changed_here(file: Path) -> bool:
    """Tell whether a file differs from its last commit. Without git, nothing does."""
    command = ["git", "diff", "--quiet", "HEAD", "--", str(file)]
    try:
        return subprocess.run(command, cwd=ROOT, stderr=subprocess.DEVNULL).returncode == 1
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("content", sorted((ROOT / "content").glob("*.py")), ids=lambda p: p.stem)
def test_every_committed_notebook_is_built_from_its_source(content: Path) -> None:
    file = ROOT / "notebooks" / f"{content.stem}.ipynb"
    if changed_here(file) and not changed_here(content):
        pytest.skip(f"{file.name} has changes of your own: lessons ask for them")
    made = build(content)
    saved = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
    told = [(cell.id, cell.cell_type, cell.source) for cell in saved.cells]
    assert told == [(cell.id, cell.cell_type, cell.source) for cell in made.cells], (
        "Edit content/, never notebooks/. Then run: python -m tools.build_notebooks"
    )
