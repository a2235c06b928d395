"""Which Python the build installs, and what it says on the way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lab.heroku import facts
from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.finding import Finding, said

RUNTIME = "runtime.txt"
FILE = ".python-version"
NUMBER = r"(0|[1-9]\d*)"
VERSION = rf"{NUMBER}\.{NUMBER}(\.{NUMBER})?"
# Windows PowerShell writes UTF-16 with >, which the build does not read.
ECHO = "Run (in Windows PowerShell, write the file with an editor instead)"
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Requested:
    """A version as it is asked for, such as 3.13, and the file that asks (empty: nobody does)."""

    version: str
    origin: str

    @property
    def branch(self) -> str:
        """The version without its patch."""
        return ".".join(self.version.split(".")[:2])

    @property
    def full(self) -> str:
        """The version that gets installed; where the newest patch is not known, the first."""
        if self.version != self.branch:
            return self.version
        return facts.buildpack().python.latest.get(self.branch, f"{self.branch}.0")


def requested(files: Committed) -> Requested | None:
    """Return which Python a commit asks for, or None when what it says cannot be read."""
    if RUNTIME in files:
        found = _lines(files.text(RUNTIME))
        match = re.fullmatch(rf"python-(?P<version>{VERSION})", found[0]) if found else None
        return Requested(match["version"], RUNTIME) if match and len(found) == 1 else None
    if FILE in files:
        found = _lines(files.text(FILE))
        match = re.fullmatch(VERSION, found[0]) if found else None
        return Requested(found[0], FILE) if match and len(found) == 1 else None
    python = facts.buildpack().python
    return Requested(".".join(python.default.split(".")[:2]), "")


def reading(files: Committed) -> Iterator[Finding]:
    """The errors of reading runtime.txt or .python-version; only the one that counts is read."""
    if RUNTIME in files:
        if requested(files) is None:
            yield said(
                "runtime-txt::invalid-version",
                f"runtime.txt holds {_shown(files, RUNTIME)}, and the build takes one line such "
                "as python-3.13 or python-3.13.2. The word python and the hyphen belong to it. "
                "A file that PowerShell has written with > may be UTF-16: save it as UTF-8.",
                "Write that line into runtime.txt, then run:\n"
                '  git add runtime.txt && git commit -m "Name the Python version"',
            )
    elif FILE in files:
        yield from _reading_file(files)
    elif wrong := _misspelt(files):
        yield said(
            "python-version-file::misspelled",
            f"The file is called {wrong[0]}, and only .python-version is read.",
            f'Run:\n  git mv {wrong[0]} .python-version && git commit -m "Spell .python-version"',
        )


def _reading_file(files: Committed) -> Iterator[Finding]:
    content, found = files.bytes_of(FILE), _lines(files.text(FILE))
    mend = (
        "Write one line such as 3.13 into .python-version, then run:\n"
        '  git add .python-version && git commit -m "Name the Python version"'
    )
    if content.startswith(MARKS) or not _is_utf8(content):
        yield said(
            "python-version-file::invalid-encoding",
            "The file is not plain UTF-8: it begins with a byte order mark, or is UTF-16, as "
            "PowerShell's > writes it.",
            "Save .python-version as UTF-8 without a byte order mark. " + mend,
        )
    elif not found:
        yield said("python-version-file::no-version", "The file names no version.", mend)
    elif len(found) > 1:
        yield said(
            "python-version-file::multiple-versions",
            f"The file names {len(found)} versions: {', '.join(found)}.",
            mend,
        )
    elif requested(files) is None:
        yield said(
            "python-version-file::invalid-version",
            f"The file holds {found[0]!r}. It takes a bare version such as 3.13: no quotes, and "
            "no python- in front, which belongs to runtime.txt alone.",
            mend,
        )


def supported(files: Committed) -> Iterator[Finding]:
    """The errors about a version that the buildpack does not have."""
    one, python = requested(files), facts.buildpack().python
    if one is None:
        return
    place = f"{one.origin} asks for Python {one.branch}"
    known = f"the buildpack {facts.buildpack().release} of {facts.buildpack().date}"
    branch = facts.version(one.branch)
    if is_old(one):
        yield said(
            "python-version::eol",
            f"{place}, and {known} has {python.oldest} to {python.newest}. Older ones no longer "
            "get security updates.",
            _change(one, python.newest),
        )
    elif branch > facts.version(python.next):
        yield said(
            "python-version::unknown-major",
            f"{place}, and {known} has {python.oldest} to {python.newest}.",
            _change(one, python.newest),
        )
    elif branch > facts.version(python.newest):
        yield said(
            "python-version::unknown-major",
            f"{place}. For {known} that was too new and an error; a newer buildpack may have it, "
            "which is unknown here.",
            f"Look into the buildpack's list of changes, or be on the safe side. "
            f"{_change(one, python.newest)}",
            severity="warning",
        )


def is_old(one: Requested) -> bool:
    """Whether the buildpack no longer has this version."""
    return facts.version(one.branch) < facts.version(facts.buildpack().python.oldest)


def advised(files: Committed) -> Iterator[Finding]:
    """The warnings about the version and about where it stands."""
    one, python = requested(files), facts.buildpack().python
    if one is None:
        return
    if not one.origin and not _misspelt(files):
        yield said(
            "python-version::none-specified",
            f"No file names a version, so the build takes its own: {python.default} in "
            f"{facts.buildpack().release} of {facts.buildpack().date}, and another one some day.",
            f"{ECHO}:\n  echo 3.13 > .python-version && git add .python-version\n"
            '  git commit -m "Name the Python version"',
        )
    if one.origin == RUNTIME:
        yield _runtime_is_deprecated(files, one)
    if one.branch in python.deprecated:
        yield said(
            "python-version::deprecated",
            f"{one.origin} asks for Python {one.branch}, which the buildpack drops on "
            f"{python.deprecated[one.branch]}.",
            _change(one, python.newest),
            version=one.branch,
        )
    latest = python.latest.get(one.branch)
    if latest and facts.version(one.full) < facts.version(latest):
        yield said(
            "python-version::patch-update-available",
            f"{one.origin} pins {one.version}, and {latest} was there on "
            f"{facts.buildpack().date}. A pinned patch gets no security updates.",
            f"Name {one.branch} alone: then each build takes the newest patch. "
            f"{_change(one, one.branch)}",
        )


def available(files: Committed) -> Iterator[Finding]:
    """The error about a patch that was never built: met when Python is downloaded."""
    one, python = requested(files), facts.buildpack().python
    latest = facts.buildpack().python.latest.get(one.branch) if one else None
    if one is None or latest is None:
        return
    ahead = facts.version(one.full)[2] - facts.version(latest)[2]
    if ahead > 0:
        sure = ahead > python.patches_ahead
        yield said(
            "python-version::unknown-patch",
            f"{one.origin} asks for Python {one.version}, and the newest on "
            f"{facts.buildpack().date} was {latest}."
            + ("" if sure else " Whether it has been made since is unknown here."),
            f"Name {one.branch} alone. {_change(one, one.branch)}",
            severity="error" if sure else "warning",
        )


def _runtime_is_deprecated(files: Committed, one: Requested) -> Finding:
    message = facts.buildpack().message_of("runtime-txt::deprecated")
    ours = "tools/set_up.py" in files and RUNTIME in files.text("tools/set_up.py")
    both = f" {FILE} is committed too, and is not read." if FILE in files else ""
    cause = (
        f"Since {message.since} the buildpack wants {FILE} in its place. With pip it still reads "
        f"runtime.txt (seen in {facts.buildpack().release} of {facts.buildpack().date}); with uv, "
        f"and on the Cloud Native Buildpacks, it does not.{both}"
    )
    if ours:
        return said(
            message.code,
            f"{cause} This copy keeps runtime.txt on purpose: the course explains it, lesson 09 "
            "takes it apart, and make reads the version from it.",
            f"Leave it here. In a project of your own, name the version in {FILE}:\n"
            f"  echo {one.version} > {FILE} && git rm runtime.txt && git add {FILE}",
        )
    return said(
        message.code,
        cause,
        f"{ECHO}:\n  echo {one.version} > {FILE} && git rm runtime.txt && git add {FILE}\n"
        f'  git commit -m "Name the Python version in {FILE}"',
    )


def _change(one: Requested, version: str) -> str:
    line = f"python-{version}" if one.origin == RUNTIME else version
    return (
        f"{ECHO}:\n  echo {line} > {one.origin} && git add {one.origin}\n"
        f'  git commit -m "Use Python {version}"'
    )


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def _shown(files: Committed, path: str) -> str:
    found = _lines(files.text(path))
    return "nothing" if not found else repr(" / ".join(found))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def _misspelt(files: Committed) -> list[str]:
    """Return the files at the root whose name is nearly .python-version."""
    plain = {
        name: re.sub(r"[^a-z]", "", name.lower().removesuffix(".txt")) for name in files.at_root
    }
    return [
        name for name, letters in plain.items() if letters in {"pythonversion", "pythonversions"}
    ]
