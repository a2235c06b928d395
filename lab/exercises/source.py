"""Read an exercise from its one text source, content/NN_chapter/M_name.py.

The format is described in docs/contributing.md. The sources are read at run time too: the checks
and hints that a learner gets are the very text that the tests have proved.
"""

from __future__ import annotations

import io
import re
import textwrap
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MARKER: Final = re.compile(r"# %% (?P<name>[a-z0-9-]+)(?P<markdown> \[markdown\])?\s*")
BEGIN: Final = re.compile(r"(?P<indent>\s*)# BEGIN SOLUTION(?:: (?P<stub>.*))?")
END: Final = re.compile(r"\s*# END SOLUTION\s*")
YOUR_CODE: Final = "...  # Your code here."

USUAL_SECONDS: Final = 10.0
SERVED_SECONDS: Final = 30.0
FEWEST_WRONG: Final = 3
FEWEST_HINTS, MOST_HINTS = 2, 4


class SourceError(Exception):
    """A source that is no exercise. Says where, what is wrong and what to do."""

    def __init__(self, file: Path, message: str) -> None:
        super().__init__(f"{file.parent.name}/{file.name}: {message} See docs/contributing.md.")


@dataclass(frozen=True)
class Cell:
    """One cell of a source: its text, and the line of the file on which the text begins."""

    name: str
    text: str
    line: int


@dataclass(frozen=True)
class Sample:
    """An answer that the tests try: a wrong one with its message, or another right one."""

    name: str
    code: str
    why: str = ""
    says: str = ""


@dataclass(frozen=True)
class Exercise:
    """An exercise with all that belongs to it."""

    file: Path
    number: str
    title: str
    goal: str
    text: str
    minutes: int
    purpose: str
    solution: str
    stub: str
    check: Cell
    hints: tuple[str, ...]
    wrong: tuple[Sample, ...]
    right: tuple[Sample, ...]

    @property
    def chapter(self) -> str:
        """The chapter's name, such as 03_schemas."""
        return self.file.parent.name

    @property
    def path(self) -> str:
        """Where its stub and its solution lie below exercises/ and solutions/."""
        return f"{self.chapter}/{self.file.name}"

    @property
    def seconds(self) -> float:
        """How long a check may take. Starting a server takes a busy computer a while."""
        if found := re.search(r"^LIMIT = ([\d.]+)", self.check.text, re.MULTILINE):
            return float(found[1])
        return SERVED_SECONDS if ".served(" in self.check.text else USUAL_SECONDS

    @property
    def heading(self) -> str:
        """Its number and title, such as 'Exercise 03.2: A garage is optional'."""
        return f"Exercise {self.number}: {self.title}"


def exercise_number(file: Path) -> str:
    """Return the number that a source's folder and name make, such as 03.2.

    Raises:
        SourceError: when they make none.
    """
    chapter = re.fullmatch(r"(\d\d)_[a-z0-9_]+", file.parent.name)
    place = re.fullmatch(r"(\d+)_[a-z0-9_]+", file.stem)
    if not chapter or not place:
        raise SourceError(file, "name it like 03_schemas/2_optional_garage.py.")
    return f"{chapter[1]}.{place[1]}"


def read_exercise(file: Path) -> Exercise:
    """Return the exercise that a file describes.

    Raises:
        SourceError: when the file's name or a cell is missing or not in the format.
    """
    number = exercise_number(file)
    cells = {cell.name: cell for cell in _cells(file)}
    for name in ("goal", "instructor", "solution", "check", "hints"):
        if name not in cells:
            raise SourceError(file, f"there is no cell '{name}'.")
    title, goal, text = _goal(file, _prose(cells["goal"].text))
    minutes, purpose = _instructor(file, _prose(cells["instructor"].text))
    solution, stub = _solution_and_stub(file, cells["solution"].text)
    wrong = tuple(_wrong(file, cell) for name, cell in cells.items() if name.startswith("wrong-"))
    right = tuple(
        Sample(name.removeprefix("right-"), cell.text)
        for name, cell in cells.items()
        if name.startswith("right-")
    )
    if len(wrong) < FEWEST_WRONG or not right:
        raise SourceError(file, "at least three wrong-… cells and one right-… cell are needed.")
    return Exercise(
        file=file,
        number=number,
        title=title,
        goal=goal,
        text=text,
        minutes=minutes,
        purpose=purpose,
        solution=solution,
        stub=stub,
        check=cells["check"],
        hints=_hints(file, _prose(cells["hints"].text)),
        wrong=wrong,
        right=right,
    )


def _cells(file: Path) -> list[Cell]:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise SourceError(file, f"this is not Python: {error}.") from error
    starts: list[tuple[int, str]] = []
    for token in tokens:  # a marker inside a string is no marker
        if token.type == tokenize.COMMENT and token.start[1] == 0:
            if match := MARKER.fullmatch(token.string):
                starts.append((token.start[0], match["name"]))
            elif token.string.startswith("# %% "):
                raise SourceError(file, f"line {token.start[0]} is no name of a cell.")
    names = [name for _, name in starts]
    if twice := {name for name in names if names.count(name) > 1}:
        raise SourceError(file, f"two cells have the name '{min(twice)}'.")
    ends = [line - 1 for line, _ in starts[1:]] + [len(lines)]
    return [
        Cell(name, "".join(lines[line:end]).strip("\n") + "\n", line + 1)
        for (line, name), end in zip(starts, ends, strict=True)
    ]


def _prose(commented: str) -> str:
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in commented.splitlines())


def _goal(file: Path, prose: str) -> tuple[str, str, str]:
    title, _, text = prose.strip().partition("\n")
    found = re.search(r"\*\*Goal\.\*\*\s+(.+?)(?:\n\s*\n|$)", text, re.DOTALL)
    if not title.startswith("# ") or found is None:
        raise SourceError(
            file, "the goal begins with a heading, `# # Title`, and has `**Goal.** One sentence.`"
        )
    return title.removeprefix("# ").strip(), " ".join(found[1].split()), text.strip()


def _instructor(file: Path, prose: str) -> tuple[int, str]:
    found = re.fullmatch(r"Minutes: (\d+)\s*\n(.+)", prose.strip(), re.DOTALL)
    if found is None:
        raise SourceError(file, "the cell 'instructor' begins with `# Minutes: 5`, then a purpose.")
    return int(found[1]), " ".join(found[2].split())


def _solution_and_stub(file: Path, code: str) -> tuple[str, str]:
    solution: list[str] = []
    stub: list[str] = []
    inside = False
    for line in code.splitlines():
        if begin := BEGIN.fullmatch(line):
            if inside:
                raise SourceError(file, "a solution begins inside another.")
            inside = True
            stub.append(begin["indent"] + (begin["stub"] or YOUR_CODE))
        elif END.fullmatch(line):
            if not inside:
                raise SourceError(file, "a solution ends that has no `# BEGIN SOLUTION`.")
            inside = False
        else:
            solution.append(line)
            if not inside:
                stub.append(line)
    if inside or stub == solution:
        raise SourceError(file, "the solution needs `# BEGIN SOLUTION` and `# END SOLUTION`.")
    return "\n".join(solution).strip("\n") + "\n", "\n".join(stub).strip("\n") + "\n"


def _hints(file: Path, prose: str) -> tuple[str, ...]:
    items = re.split(r"^- ", prose.strip(), flags=re.MULTILINE)[1:]
    if not FEWEST_HINTS <= len(items) <= MOST_HINTS:
        raise SourceError(file, "two to four hints are needed, each behind `# - `.")
    return tuple(_flowing(textwrap.dedent("  " + item).strip()) for item in items)


def _flowing(text: str) -> str:
    """Join the lines of each paragraph: whoever shows it breaks them. Indented lines are code."""
    return re.sub(r"^(?! )(.*\S)\n(?=[^\s])", r"\1 ", text, flags=re.MULTILINE)


def _wrong(file: Path, cell: Cell) -> Sample:
    lines = cell.text.splitlines()
    place = next((n for n, line in enumerate(lines) if line.startswith("# says: ")), 0)
    why = " ".join(_prose("\n".join(lines[:place])).split())
    if not why.startswith("why: "):
        raise SourceError(
            file, f"'{cell.name}' begins with `# why: …` and, below it, one line `# says: …`."
        )
    return Sample(
        name=cell.name.removeprefix("wrong-"),
        code="\n".join(lines[place + 1 :]).strip("\n") + "\n",
        why=why.removeprefix("why: "),
        says=lines[place].removeprefix("# says: ").strip(),
    )
