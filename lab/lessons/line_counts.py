"""How many lines of code a program has, without its comments, and two programs side by side."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Told apart by pattern and by the number at the end; the colours are for those who see them.
STYLES = (("Flask", "#0a6a74", "//"), ("FastAPI", "#b3470f", ".."))
INK, QUIET = "#1c2733", "#5a6673"
BAR = 0.36  # of a row's height

NO_CODE = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
        tokenize.ENCODING,
    }
)


@dataclass(frozen=True)
class Pair:
    """The lines of code of one thing that both frameworks do: its name, Flask's, FastAPI's."""

    name: str
    flask: int
    fastapi: int


def code_lines(source: str) -> int:
    """Return how many lines of a program hold code.

    Blank lines, comments and docstrings do not count: they cost the computer nothing, and the
    count must not tempt anybody to leave them out.

    Raises:
        SyntaxError: the source is not Python.
    """
    docstrings = {line for first, last in _docstrings(source) for line in range(first, last + 1)}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - docstrings)


def pair_files(pairs: Mapping[str, tuple[Path, Path]]) -> list[Pair]:
    """Count a file of Flask's and one of FastAPI's for each name."""
    return [Pair(name, _count(flask), _count(fastapi)) for name, (flask, fastapi) in pairs.items()]


def pair_folders(flask: Path, fastapi: Path) -> list[Pair]:
    """Count every Python file of two folders, those of the same name as a pair."""
    names = sorted({file.name for folder in (flask, fastapi) for file in folder.glob("*.py")})
    pairs = pair_files({name: (flask / name, fastapi / name) for name in names})
    return [pair for pair in pairs if pair.flask or pair.fastapi]


def total(pairs: Iterable[Pair], name: str = "together") -> Pair:
    """Return the sum of several pairs."""
    pairs = list(pairs)
    return Pair(name, sum(pair.flask for pair in pairs), sum(pair.fastapi for pair in pairs))


def counts_table(pairs: Sequence[Pair], heading: str = "file") -> str:
    """Return the counts and their sum as lines of text."""
    rows = [(heading, "Flask", "FastAPI")]
    rows += [(pair.name, str(pair.flask), str(pair.fastapi)) for pair in [*pairs, total(pairs)]]
    width = max(len(name) for name, _, _ in rows)
    return "\n".join(f"{name:<{width}}  {flask:>5}  {fastapi:>7}" for name, flask, fastapi in rows)


def describe_counts(pairs: Sequence[Pair], title: str) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [f"{pair.name}: Flask {pair.flask}, FastAPI {pair.fastapi}." for pair in pairs]
    both = total(pairs)
    return f"{title}. Together: Flask {both.flask}, FastAPI {both.fastapi}. " + " ".join(said)


def draw_counts(pairs: Sequence[Pair], title: str) -> Figure:
    """Draw two bars for each pair, Flask's above FastAPI's, with the number at the end of each."""
    height = 1.3 + 0.55 * len(pairs)
    figure = Figure(figsize=(9, height), dpi=100, facecolor="white")
    figure.text(0.02, 1 - 0.4 / height, title, size=15, weight="bold", color=INK)
    axes = figure.add_axes((0.2, 0.3 / height, 0.74, (height - 1.2) / height))
    _draw_bars(axes, pairs)
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=10,
        handlelength=2.4, borderaxespad=0.2,
    )  # fmt: skip
    return figure


def _draw_bars(axes: Axes, pairs: Sequence[Pair]) -> None:
    for place, (name, colour, hatch) in enumerate(STYLES):
        counts = [pair.flask if place == 0 else pair.fastapi for pair in pairs]
        rows = [row + (place - 0.5) * BAR for row in range(len(pairs))]
        axes.barh(
            rows, counts, BAR, label=name,
            color="white", edgecolor=colour, hatch=hatch, linewidth=1.5,
        )  # fmt: skip
        for row, count in zip(rows, counts, strict=True):
            axes.text(count, row, f" {count}", va="center", size=10, color=INK)
    axes.set_yticks(range(len(pairs)), [pair.name for pair in pairs], size=11, color=INK)
    axes.set_ylim(len(pairs) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.set_xlim(0, 1.08 * max((max(p.flask, p.fastapi) for p in pairs), default=1))
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(QUIET)


def _count(file: Path) -> int:
    return code_lines(file.read_text(encoding="utf-8")) if file.exists() else 0


def _docstrings(source: str) -> Iterable[tuple[int, int]]:
    """Yield the first and last line of every docstring."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and ast.get_docstring(node, clean=False) is not None:
                yield first.lineno, first.end_lineno or first.lineno
