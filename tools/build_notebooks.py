"""Build what learners open from the text that authors write in content/.

`python -m tools.build_notebooks` makes notebooks/NN_name.ipynb from every content/NN_name.py, and
stubs, solutions and a list from the exercises in content/NN_name/. With `--check` it only says
which files are not what it would make, and exits with 1 if any are not. It writes and names only
the files that change.

A lesson is plain Python in jupytext's percent format. Every cell starts with a line that names it:

    # %% what-a-server-is [markdown]
    # # What a server is
    # Text, each line behind a hash.

    # %% start-both
    code()

The name becomes the cell's id. It stays when the cell is moved or reworded and when others are put
before it, so a change of the text shows as that change and no other. docs/contributing.md has the
cells for programs and exercises.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from lab.exercises.catalogue import exercises
from lab.exercises.source import Exercise, SourceError
from tools.build_exercises import build_exercises

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = re.compile(r"\d\d_[a-z0-9_]+")
CELL_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
BUILD = "python -m tools.build_notebooks"

# No version of Python and no other name of a kernel: both would differ between machines.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class ContentError(Exception):
    """A source that cannot be built. Says where, what is wrong and what to do."""

    def __init__(self, source: Path, line: int, message: str) -> None:
        super().__init__(f"{source.parent.name}/{source.name}, line {line}: {message}")


def build(source: Path) -> NotebookNode:
    """Return the notebook of one source: no outputs, each cell's name as its id.

    Raises:
        ContentError: the file's name, a line of its Python, or the name of a cell is wrong.
    """
    text = _read(source)
    lines = _marker_lines(text)
    if not lines or text[: _offset(text, lines[0])].strip():
        raise ContentError(source, 1, "the file must start with a cell: `# %% name [markdown]`.")
    notebook: NotebookNode = jupytext.reads(text, fmt="py:percent")
    cells = notebook.cells
    if len(cells) != len(lines):
        raise ContentError(
            source,
            lines[0],
            f"jupytext finds {len(cells)} cells where there are {len(lines)} lines that start one. "
            "Put a blank line before each, and start no other comment with `# %%`.",
        )
    seen: dict[str, int] = {}
    placed = {one.number: one for one in exercises(source.with_suffix(""))}
    made: list[NotebookNode] = []
    for cell, line in zip(cells, lines, strict=True):
        cell.id = _cell_name(source, cell, line, seen)
        del cell.metadata["title"]
        if program := cell.metadata.pop("program", None):
            cell.source = f"%%program {program}\n{cell.source}"
        if number := cell.metadata.pop("exercise", None):
            if number not in placed:
                raise ContentError(source, line, f"there is no exercise {number}, or it is placed.")
            made.append(_goal_cell(cell.id, placed[number]))
            cell.source = f"%%exercise {number}\n{placed.pop(number).stub.rstrip()}"
        made.append(cell)
    if placed:
        raise ContentError(
            source, lines[-1], f'no cell places exercise {min(placed)}: `# %% name exercise="…"`.'
        )
    notebook.cells = made
    notebook["metadata"] = METADATA
    nbformat.validate(notebook)
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """Return the notebook as the text of its file: the same text for the same notebook."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"  # type: ignore[no-untyped-call]


def build_all(root: Path) -> dict[Path, tuple[str, Path]]:
    """Return each file that is made from root/content: its text, and the source it is made of.

    Raises:
        ContentError, SourceError: as `build` and `build_exercises` do.
    """
    sources = sorted((root / "content").glob("*.py"))
    notebooks = {root / "notebooks" / f"{s.stem}.ipynb": (to_text(build(s)), s) for s in sources}
    return notebooks | build_exercises(root)


def out_of_step(root: Path) -> Iterator[str]:
    """Yield a line for each file that is not what its source says.

    Files without a chapter's number are a learner's own and play no part.
    """
    made = build_all(root)
    for file, (text, source) in made.items():
        shown = file.relative_to(root).as_posix()
        if not file.exists():
            yield f"{shown} is missing."
        elif file.read_text(encoding="utf-8") != text:
            yield f"{shown} is not what {source.relative_to(root).as_posix()} says."
    notebooks = (root / "notebooks").glob("*.ipynb")
    answers = (root / "solutions").glob("*/*.py")
    for file in sorted([*notebooks, *answers]):
        chapter = file.stem if file.suffix == ".ipynb" else file.parent.name
        if CHAPTER.fullmatch(chapter) and file not in made:
            source = root / "content" / file.relative_to(root / file.relative_to(root).parts[0])
            shown = source.with_suffix(".py").relative_to(root).as_posix()
            yield f"{file.relative_to(root).as_posix()} has no source: delete it, or add {shown}."


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the notebooks, or with --check say which are out of step; return the exit status."""
    parser = argparse.ArgumentParser(
        prog=BUILD, description="Build notebooks/, exercises/ and solutions/ from content/."
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if a file is not built"
    )
    options = parser.parse_args(arguments)
    try:
        if options.check:
            wrong = list(out_of_step(root))
            for line in wrong:
                sys.stderr.write(f"{line}\n")
            if wrong:
                sys.stderr.write(f"Edit content/, never what is built from it. Then run: {BUILD}\n")
            return 1 if wrong else 0
        made = {file: text for file, (text, _) in build_all(root).items()}
        for file in (changed := [file for file, text in made.items() if _differs(file, text)]):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(made[file], encoding="utf-8", newline="\n")
            sys.stdout.write(f"{file.relative_to(root).as_posix()}\n")
        sys.stdout.write(f"Written: {len(changed)} of {len(made)} files.\n")
    except (ContentError, SourceError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _differs(file: Path, text: str) -> bool:
    return not file.exists() or file.read_bytes() != text.encode()


def _read(source: Path) -> str:
    if not CHAPTER.fullmatch(source.stem):
        raise ContentError(
            source, 1, "name the file like 00_start_here.py: two digits, then small letters."
        )
    text = source.read_text(encoding="utf-8")
    try:
        compile(text, source.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        raise ContentError(
            source,
            error.lineno or 1,
            f"this is not Python: {error.msg}. Text needs a hash before each line, and a magic "
            "command too: `# %matplotlib`.",
        ) from error
    return text


def _marker_lines(text: str) -> list[int]:
    """Return the numbers of the lines that start a cell; such a line in a string does not."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        token.start[0]
        for token in tokens
        if token.type == tokenize.COMMENT
        and token.start[1] == 0
        and re.match(r"# %%( |$)", token.string)
    ]


def _offset(text: str, line: int) -> int:
    return sum(len(earlier) for earlier in text.splitlines(keepends=True)[: line - 1])


def _goal_cell(name: str, exercise: Exercise) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_markdown_cell(  # type: ignore[no-untyped-call]
        f"## {exercise.heading}\n\n{exercise.text}"
    )
    cell.id = f"{name}-goal"
    return cell


def _cell_name(source: Path, cell: NotebookNode, line: int, seen: dict[str, int]) -> str:
    name = str(cell.metadata.get("title", ""))
    if not CELL_NAME.fullmatch(name):
        raise ContentError(
            source,
            line,
            "every cell needs a name of small letters, digits and hyphens, at most 64 long: "
            f"`# %% start-both` or `# %% start-both [markdown]`. This one has '{name}'.",
        )
    if name in seen:
        raise ContentError(
            source, line, f"line {seen[name]} has a cell '{name}' already. Choose another name."
        )
    seen[name] = line
    return name


if __name__ == "__main__":
    sys.exit(main())
