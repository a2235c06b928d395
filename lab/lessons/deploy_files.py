"""What lesson 09 shows: who reads which file, what preflight says to changes, what is installed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from lab.heroku.preflight import Finding
from lab.lessons.picture import INK, QUIET
from lab.lessons.programs import folder

MEGABYTE: Final = 1_000_000
NAMED: Final = 4  # packages with a name of their own in the picture
SHORT: Final = 0.4  # of the width: names stand beside a bar that is shorter
LETTER: Final = 0.0115  # of the width: what a letter of a name takes, with some air

# The stages of a deploy from left to right, and which of them opens each file.
STAGES: Final = ("your computer", "the build", "a dyno starts", "app made from app.json")
READERS: Final[Mapping[str, tuple[str, ...]]] = {
    "requirements.txt": ("your computer", "the build"),
    "runtime.txt": ("your computer", "the build"),
    ".python-version": ("your computer", "the build"),
    ".slugignore": ("the build",),
    "Procfile": ("the build", "a dyno starts"),
    "app.json": ("app made from app.json",),
    "test_requirements.txt": ("your computer",),
}

# Told apart by pattern and by the text beside them; the colours are for those who see them.
DEPLOYED, STAYS = ("#0a6a74", "//"), ("#b3470f", "..")


def program_text(name: str) -> str:
    """Return the text of a program that a cell has saved.

    Raises:
        FileNotFoundError: when its cell has not run.
    """
    file = folder() / name
    if not file.exists():
        raise FileNotFoundError(f"There is no program {name} yet. Run its cell first.")
    return file.read_text(encoding="utf-8")


def pins(file: Path, *names: str) -> list[str]:
    """Return those lines of a pinned requirements file that are about these packages."""
    lines = {canonicalize_name(one.name): one for one in _requirements(file)}
    return [f"{name}{lines[canonicalize_name(name)].specifier}" for name in names]


def findings_table(
    findings: Mapping[str, Iterable[Finding]], first: str, *, known: str = ""
) -> str:
    """Return a line for each finding of each try. A finding with the code `known` is left out."""
    rows = [[first, "", "what is said", "leads to"]]
    for name, found in findings.items():
        told = [one for one in found if one.code != known]
        shown = name
        for one in told:
            rows.append([shown, one.severity, one.headline, one.leads_to])
            shown = ""
        if not told:
            rows.append([name, "", "nothing", ""])
    return _columns(rows)


def readers_table() -> str:
    """Return who reads which file as lines of text."""
    rows = [["file", *STAGES]]
    rows += [
        [file, *("reads it" if stage in stages else "-" for stage in STAGES)]
        for file, stages in READERS.items()
    ]
    return _columns(rows)


@dataclass(frozen=True)
class Packages:
    """What a requirements file brings: megabytes for each package that is installed here."""

    title: str
    megabytes: Mapping[str, float]

    @property
    def total(self) -> float:
        """All of it."""
        return sum(self.megabytes.values())

    @property
    def largest(self) -> list[tuple[str, float]]:
        """The largest packages, the largest first."""
        return sorted(self.megabytes.items(), key=lambda item: -item[1])[:NAMED]


def packages_of(file: Path, title: str, *, without: Packages | None = None) -> Packages:
    """Weigh the packages that a requirements file names, except those that another one has."""
    known = without.megabytes if without else {}
    found = {}
    for one in _requirements(file):
        name = str(canonicalize_name(one.name))
        if name not in known and (one.marker is None or one.marker.evaluate()):
            size = _bytes_of(name)
            if size is not None:
                found[name] = size / MEGABYTE
    return Packages(title, found)


def packages_table(groups: Sequence[Packages]) -> str:
    """Return the numbers of the picture as lines of text."""
    rows = [["from", "packages", "on the disk", "the largest"]]
    rows += [
        [
            one.title,
            str(len(one.megabytes)),
            f"{one.total:.0f} MB",
            ", ".join(f"{name} {size:.0f}" for name, size in one.largest),
        ]
        for one in groups
    ]
    return _columns(rows)


def describe_packages(groups: Sequence[Packages]) -> str:
    """Return what the picture shows, for those who do not see it."""
    return " ".join(
        f"{one.title}: {len(one.megabytes)} packages with {one.total:.0f} megabytes."
        for one in groups
    )


def draw_packages(groups: Sequence[Packages]) -> Figure:
    """Draw a bar for each group, in parts: its largest packages, and all others together."""
    figure = Figure(figsize=(9, 0.9 + 1.05 * len(groups)), dpi=100, facecolor="white")
    axes = figure.add_axes((0.02, 0.2, 0.96, 0.78))
    end = max(one.total for one in groups) * 1.02
    axes.set_ylim(len(groups), 0)
    axes.set_xlim(0, end)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_yticks([])
    axes.tick_params(colors=QUIET, labelsize=9)
    axes.set_xlabel("megabytes on the disk, as installed here", size=9, color=QUIET)
    for row, (one, style) in enumerate(zip(groups, (DEPLOYED, STAYS), strict=True)):
        axes.text(
            0, row + 0.26, f"{one.title}: {one.total:.0f} MB", size=12, weight="bold", color=INK
        )
        if one.total < SHORT * end:
            _draw_short(axes, row + 0.6, one, style)
        else:
            _draw_long(axes, row + 0.6, one, style)
    return figure


def _draw_short(axes: Axes, row: float, one: Packages, style: tuple[str, str]) -> None:
    """Draw a bar that has no room for names: they stand beside it."""
    parts = _with_others(one, one.largest)
    _draw_parts(axes, row, parts, style)
    names = [f"{name} {size:.0f}" for name, size in parts]
    lines = [", ".join(names[at : at + 3]) for at in range(0, len(names), 3)]
    axes.text(
        one.total + 0.01 * axes.get_xlim()[1], row, "from left to right:\n" + ",\n".join(lines),
        va="center", size=9, color=INK,
    )  # fmt: skip


def _draw_long(axes: Axes, row: float, one: Packages, style: tuple[str, str]) -> None:
    """Draw a bar with a name in each part; what is too narrow for its name is with the others."""
    letter = LETTER * axes.get_xlim()[1]
    wide = [(name, size) for name, size in one.largest if size > letter * len(name)]
    parts = _with_others(one, wide)
    _draw_parts(axes, row, parts, style)
    left = 0.0
    for name, size in parts:
        axes.text(
            left + size / 2, row, f"{name}\n{size:.0f}",
            ha="center", va="center", size=9, color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.2"},
        )  # fmt: skip
        left += size


def _with_others(one: Packages, named: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    return [*named, ("all others", one.total - sum(size for _, size in named))]


def _draw_parts(
    axes: Axes, row: float, parts: Sequence[tuple[str, float]], style: tuple[str, str]
) -> None:
    left = 0.0
    for _, size in parts:
        axes.barh(
            row, size, 0.5, left, color="white", edgecolor=style[0], hatch=style[1], linewidth=2
        )
        left += size


def _requirements(file: Path) -> list[Requirement]:
    """Return the packages that a file names itself: what it includes is left out."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text and not text.startswith("-"):
            try:
                found.append(Requirement(text))
            except InvalidRequirement:
                continue
    return found


def _bytes_of(name: str) -> int | None:
    """Return how many bytes an installed package says that it has, None when it is not here."""
    try:
        record = distribution(name).read_text("RECORD") or ""
    except PackageNotFoundError:
        return None
    rows = [row for row in csv.reader(record.splitlines()) if len(row) == 3]
    return sum(int(size or 0) for path, _, size in rows if "__pycache__" not in path)


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
