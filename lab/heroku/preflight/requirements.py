"""What pip will install: requirements.txt, read, and what is known here of its packages."""

from __future__ import annotations

import contextlib
import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import PurePosixPath

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from lab.heroku import facts
from lab.heroku.preflight.committed import Committed

NAME = "requirements.txt"
OPTION = re.compile(r"^(-r|--requirement|-c|--constraint)[\s=]+(?P<file>\S+)")
EDITABLE = re.compile(r"^(-e|--editable)[\s=]+(?P<place>\S+)")
INSTALLS = re.compile(r"^(-e|--editable|-r|--requirement)[\s=]")  # the options that do
# What marks a path on one machine: a drive, the root, a file URL.
OF_ONE_MACHINE = re.compile(r"^([A-Za-z]:[\\/]|/|file:)|@\s*file:")


@dataclass(frozen=True)
class Line:
    """A line of a requirements file; `fault` says why pip will fail on it, if it will."""

    file: str
    number: int
    text: str
    requirement: Requirement | None = None
    fault: str = ""

    @property
    def name(self) -> str:
        """The package's name in the form that compares."""
        return str(canonicalize_name(self.requirement.name)) if self.requirement else ""

    @property
    def is_opaque(self) -> bool:
        """Whether it installs what has no name here: an address, a folder, a file elsewhere."""
        if self.requirement or self.fault:
            return False
        return not self.text.startswith("-") or INSTALLS.match(self.text) is not None


def read(files: Committed, file: str = NAME, seen: frozenset[str] = frozenset()) -> Iterator[Line]:
    """Yield the lines of a requirements file and of those that it includes."""
    text = re.sub(r"\\\r?\n", " ", _decoded(files.bytes_of(file)))
    for number, raw in enumerate(text.splitlines(), start=1):
        line = re.sub(r"(^|\s)#.*$", "", raw).strip()
        if not line:
            continue
        if included := OPTION.match(line):
            other = os.path.normpath(PurePosixPath(file).parent / included["file"])
            if other in seen | {file}:
                continue
            if "://" in included["file"]:
                yield Line(file, number, line)  # what is there, nobody knows here
            elif other not in files:
                yield Line(file, number, line, fault=f"{other} is not committed")
            elif line.startswith(("-c", "--constraint")):
                yield Line(file, number, line)  # it installs nothing, and decides what is installed
            else:
                yield from read(files, other, seen | {file})
        else:
            yield _line(files, file, number, line)


def _line(files: Committed, file: str, number: int, text: str) -> Line:
    editable = EDITABLE.match(text)
    if OF_ONE_MACHINE.search(editable["place"] if editable else text):
        return Line(file, number, text, fault="it names a path that exists on one machine alone")
    if editable:
        place = os.path.normpath(editable["place"])
        there = "://" in editable["place"] or any(
            os.path.normpath(PurePosixPath(place) / name) in files
            for name in ("pyproject.toml", "setup.py", "setup.cfg")
        )
        fault = "" if there else f"the folder {place} holds no committed pyproject.toml or setup.py"
        return Line(file, number, text, fault=fault)
    if text.startswith(("-", ".")) or "/" in re.split(r"[\s;@\[]", text, maxsplit=1)[0]:
        return Line(file, number, text)  # an option of pip, an address, a path: nothing to know
    try:
        return Line(file, number, text, Requirement(re.sub(r"\s--hash=\S+", "", text)))
    except InvalidRequirement:
        return Line(file, number, text, fault="it is not written as pip wants it")


def _decoded(content: bytes) -> str:
    """Decode as pip does: by a byte order mark, else as UTF-8."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def environment(python: str) -> dict[str, str]:
    """Return what markers are evaluated against: a dyno's Linux with this Python."""
    return {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "os_name": "posix",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_version": ".".join(python.split(".")[:2]),
        "python_full_version": python,
        "extra": "",
    }


@dataclass(frozen=True)
class Installed:
    """The packages that pip will install, with what they bring along.

    `unknown` are those that are not installed here, so that nothing is known of what they need, and
    lines that name no package.
    """

    names: frozenset[str]
    unknown: frozenset[str]

    def offers(self, module: str) -> bool:
        """Whether one of the packages brings a top-level module."""
        wanted = set(map(canonicalize_name, facts.packages().modules.get(module, (module,))))
        return not self.names.isdisjoint(wanted) or any(
            module in modules_of(name) for name in self.names
        )

    def bytes_on_disk(self) -> dict[str, int]:
        """How many bytes each package takes, as far as it is known here."""
        return {name: sum(size for _, size in _recorded(name)) for name in self.names}


def installed(lines: list[Line], python: str) -> Installed:
    """Return what pip will install on a dyno: the lines that apply there, and their needs."""
    markers = environment(python)
    waiting = [line.requirement for line in lines if line.requirement is not None]
    names: set[str] = set()
    unknown = {line.text for line in lines if line.is_opaque}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        name, extras = str(canonicalize_name(one.name)), frozenset(one.extras)
        if (name, extras) in seen or not _applies(one, markers, frozenset()):
            continue
        seen.add((name, extras))
        names.add(name)
        if found_here(name) is None:
            unknown.add(name)
            continue
        for need in _needs(name):
            if _applies(need, markers, extras):
                need.marker = None  # it was decided here, with the extras of this package
                waiting.append(need)
    return Installed(frozenset(names), frozenset(unknown))


def _needs(name: str) -> Iterator[Requirement]:
    for text in _lines_of_needs(name):
        with contextlib.suppress(InvalidRequirement):  # old packages have such lines
            yield Requirement(text)


@cache
def _lines_of_needs(name: str) -> tuple[str, ...]:
    found = found_here(name)
    return tuple(found.requires or ()) if found else ()


@cache
def python_of(name: str) -> str:
    """Return which versions of Python an installed package says that it takes."""
    found = found_here(name)
    if found is None or "Requires-Python" not in (known := found.metadata):
        return ""
    return str(known["Requires-Python"])


def needs_of(name: str) -> frozenset[str]:
    """Return a package and all that it brings, as far as it is known here."""
    try:
        line = Line(NAME, 0, name, Requirement(name))
    except InvalidRequirement:  # a module whose name no package can have, such as _own
        return frozenset({name})
    return installed([line], facts.buildpack().python.default).names


def _applies(one: Requirement, markers: dict[str, str], extras: frozenset[str]) -> bool:
    if one.marker is None:
        return True
    return any(one.marker.evaluate({**markers, "extra": extra}) for extra in ("", *extras))


@cache
def found_here(name: str) -> Distribution | None:
    """Return an installed package, or None."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


@cache
def _recorded(name: str) -> tuple[tuple[str, int], ...]:
    """The files of an installed package with their sizes; compiled files are made anew anyway."""
    found = found_here(name)
    text = (found.read_text("RECORD") if found else None) or ""
    rows = csv.reader(text.splitlines())
    return tuple(
        (row[0], int(row[2] or 0)) for row in rows if len(row) == 3 and "__pycache__" not in row[0]
    )


@cache
def modules_of(name: str) -> frozenset[str]:
    """Return the top-level modules of an installed package."""
    tops = {path.partition("/") for path, _ in _recorded(name)}
    modules = {
        top if slash else top.partition(".")[0]
        for top, slash, _ in tops
        if not top.endswith((".dist-info", ".data")) and (slash or top.endswith((".py", ".so")))
    }
    return frozenset(modules - {"..", "bin"})


def package_of(module: str) -> str:
    """Return the name by which pip knows a module's package, as far as the table knows."""
    return facts.packages().modules.get(module, (module,))[0]
