"""What the app imports, found by reading: from the module that the server loads, onwards."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lab.heroku.preflight.committed import Committed

ALWAYS_THERE = sys.stdlib_module_names | {"__main__"}
MISSING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


@dataclass(frozen=True)
class Import:
    """An import statement's module, and where it stands."""

    module: str
    file: str
    line: int

    @property
    def top(self) -> str:
        """The module's first name."""
        return self.module.partition(".")[0]


@dataclass
class Reached:
    """What loading an app reaches: committed files, and modules that no committed file is.

    `foreign` are top-level modules from elsewhere, without the standard library's; `absent` are
    modules of the app's own packages that no committed file is; `broken` are files that are not
    Python, with the line that is to blame.
    """

    files: set[str] = field(default_factory=set)
    foreign: dict[str, Import] = field(default_factory=dict)
    absent: dict[str, Import] = field(default_factory=dict)
    importers: dict[str, Import] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)


def reach(committed: Committed, start: str, folder: str = "") -> Reached:
    """Follow the imports of a module, or of a file ending in .py, through the committed files."""
    reached = Reached()
    waiting: list[str] = []

    def enter(path: str, by: Import | None) -> None:
        if path not in reached.files:
            reached.files.add(path)
            waiting.append(path)
            if by is not None:
                reached.importers[path] = by

    if start.endswith(".py"):
        enter(_joined(folder, start), None)
    else:
        for path in _chain(committed, start, folder):
            enter(path, None)
    while waiting:
        path = waiting.pop(0)
        try:
            tree = ast.parse(committed.bytes_of(path))
        except (SyntaxError, ValueError) as error:
            reached.broken[path] = getattr(error, "lineno", None) or 1
            continue
        runs_as_main = path == start or path == _joined(folder, start)
        for one, names in _imports(tree, path, folder, runs_as_main):
            top = _located(committed, one.top, folder)
            if top is None:
                if one.top not in ALWAYS_THERE:
                    reached.foreign.setdefault(one.top, one)
                continue
            if _located(committed, one.module, folder) is None:
                reached.absent.setdefault(one.module, one)
            for found in _chain(committed, one.module, folder):
                enter(found, one)
            for name in names:  # `from package import module`
                for found in _chain(committed, f"{one.module}.{name}", folder):
                    enter(found, one)
    return reached


def _joined(folder: str, path: str) -> str:
    return str(PurePosixPath(folder) / path) if folder else path


def _located(committed: Committed, module: str, folder: str) -> str | None:
    """Return the file or the folder that a module is, or None.

    Python looks in the folder where the server starts, then at the root: the buildpack sets
    PYTHONPATH to it.
    """
    for base in dict.fromkeys((folder, "")):
        place = _joined(base, module.replace(".", "/"))
        for path in (f"{place}/__init__.py", f"{place}.py"):
            if path in committed:
                return path
        if place in committed.code_folders or committed.in_submodule(place):
            return place
    return None


def _chain(committed: Committed, module: str, folder: str) -> Iterator[str]:
    """Yield the files that importing a module runs: each package's on the way, and its own."""
    names = module.split(".")
    for depth in range(1, len(names) + 1):
        path = _located(committed, ".".join(names[:depth]), folder)
        if path is not None and path in committed:
            yield path


def _imports(
    tree: ast.Module, path: str, folder: str, runs_as_main: bool
) -> Iterator[tuple[Import, tuple[str, ...]]]:
    """Yield each import that a file cannot do without, with the names taken from it."""
    inner = path.removeprefix(f"{folder}/") if folder else path
    package = list(PurePosixPath(inner).parent.parts)
    for node in _needed(tree.body, runs_as_main):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, path, node.lineno), ()
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            if module:
                yield Import(module, path, node.lineno), tuple(one.name for one in node.names)


def _needed(body: list[ast.stmt], runs_as_main: bool) -> Iterator[ast.stmt]:
    """Yield the statements that run everywhere: not those for type checkers, not optional ones."""
    for node in body:
        if isinstance(node, ast.If) and _depends_on_the_place(node.test, runs_as_main):
            if _is_type_checking(node.test):
                yield from _needed(node.orelse, runs_as_main)
            continue
        if isinstance(node, ast.Try) and any(_catches_missing(one.type) for one in node.handlers):
            yield from _needed(node.finalbody, runs_as_main)
            continue
        if isinstance(node, ast.With) and any(map(_suppresses_missing, node.items)):
            continue
        yield node
        for name in ("body", "orelse", "finalbody"):
            yield from _needed(getattr(node, name, []), runs_as_main)
        for inner in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
            yield from _needed(inner.body, runs_as_main)


def _depends_on_the_place(test: ast.expr, runs_as_main: bool) -> bool:
    """Whether a condition asks about the type checker, the Python, the system or the way in."""
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    asked = {"sys", "os", "platform"} | (set() if runs_as_main else {"__name__"})
    return _is_type_checking(test) or not names.isdisjoint(asked)


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def _catches_missing(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(kind, ast.Name) and kind.id in MISSING for kind in kinds)


def _suppresses_missing(item: ast.withitem) -> bool:
    """Whether this is `contextlib.suppress(ImportError)`."""
    call = item.context_expr
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "suppress" and any(map(_catches_missing, call.args))
