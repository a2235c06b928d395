"""A commit as the build gets it: its files and their contents, read through Git."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from lab.heroku.preflight import slugignore
from lab.heroku.preflight.git import NoRepositoryError, git

# No rule reads a larger file, nor one of an environment that was committed by mistake.
LARGEST = 1_000_000
FOREIGN = {".venv", "venv", "site-packages", "node_modules"}


@dataclass(frozen=True)
class Entry:
    """A committed file."""

    object: str
    size: int


@dataclass
class Committed:
    """The files of one commit, by their path from the root of what is pushed.

    `submodules` are folders of which it holds only where another repository stands.
    """

    repository: Path
    commit: str
    files: dict[str, Entry]
    submodules: tuple[str, ...] = ()
    _contents: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, repository: Path, commit: str = "HEAD") -> Committed:
        """Read the list of a commit's files.

        In a subfolder of a repository the subfolder is the root, as `git subtree push` has it.

        Raises:
            NoRepositoryError: when there is no such commit.
        """
        if not repository.is_dir():
            raise NoRepositoryError(f"{repository} is not a folder.")
        prefix = prefix_of(repository)
        try:
            full = git(repository, "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}")
        except NoRepositoryError as error:
            if commit != "HEAD":
                raise NoRepositoryError(
                    f"There is no commit {commit} in {repository}. See: git log --oneline"
                ) from error
            raise NoRepositoryError(
                f"Nothing is committed in {repository}, and only what is committed is deployed. "
                "Run: git add --all && git commit"
            ) from error
        name = full.decode().strip()
        if prefix and not git(repository, "ls-tree", "--full-tree", name, prefix.rstrip("/")):
            raise NoRepositoryError(f"Nothing of the folder {prefix} is committed.")
        tree = f"{name}:{prefix.rstrip('/')}"
        answer = git(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", tree)
        files, submodules = _entries(answer)
        return cls(repository, name, files, submodules)

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Committed:
        """Return these texts, by their path, as if they were a commit: for trying a rule out."""
        contents = {path: text.encode() for path, text in texts.items()}
        entries = {path: Entry("", len(content)) for path, content in contents.items()}
        return cls(Path(), "", entries, _contents=contents)

    def __contains__(self, path: str) -> bool:
        return path in self.files

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a committed file."""
        return _folders(self.files)

    @cached_property
    def code_folders(self) -> frozenset[str]:
        """Every folder that holds committed Python, so that it can be imported."""
        return _folders(path for path in self.files if path.endswith(".py"))

    def in_submodule(self, path: str) -> bool:
        """Whether a path is a submodule or lies in one, so that nothing is known of it."""
        return any(path == one or path.startswith(f"{one}/") for one in self.submodules)

    @property
    def at_root(self) -> list[str]:
        """The files that lie at the root."""
        return [path for path in self.files if "/" not in path]

    @cached_property
    def left_out(self) -> frozenset[str]:
        """The files that .slugignore leaves out of the slug."""
        return slugignore.dropped(self.text(slugignore.NAME), self.files)

    def bytes_of(self, path: str) -> bytes:
        """Return a file's content, or nothing when it is not there or too large to be read."""
        entry = self.files.get(path)
        if entry is None or entry.size > LARGEST:
            return b""
        if path not in self._contents:
            self._load([path] if self._contents else [path, *self._likely()])
        return self._contents[path]

    def text(self, path: str) -> str:
        """Return a file as text; what is not UTF-8 in it is replaced."""
        return self.bytes_of(path).decode("utf-8", errors="replace")

    def _likely(self) -> list[str]:
        """The files that the rules are likely to read: fetched at once, to ask Git only once."""
        return [
            path
            for path, entry in self.files.items()
            if entry.size <= LARGEST
            and (path.endswith(".py") or "/" not in path)
            and FOREIGN.isdisjoint(path.split("/"))
        ]

    def _load(self, paths: list[str]) -> None:
        asked = "".join(f"{self.files[path].object}\n" for path in paths)
        answer = git(self.repository, "cat-file", "--batch", stdin=asked.encode())
        place = 0
        for path in paths:
            begin = answer.index(b"\n", place) + 1
            place = begin + self.files[path].size + 1  # a line break ends each content
            self._contents[path] = answer[begin : place - 1]


def _folders(paths: Iterable[str]) -> frozenset[str]:
    parents = (parent for path in paths for parent in PurePosixPath(path).parents)
    return frozenset(map(str, parents)) - {"."}


def prefix_of(repository: Path) -> str:
    """Return the path of a folder inside its repository: empty, or ending with a slash."""
    try:
        answer = git(repository, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    except NoRepositoryError as error:
        raise NoRepositoryError(
            f"{repository} is no Git repository, and a deploy is a git push. "
            "Run: git init && git add --all && git commit"
        ) from error
    inside, _, prefix = answer.partition(b"\n")
    return os.fsdecode(prefix.removesuffix(b"\n")) if inside == b"true" else ""


def _entries(answer: bytes) -> tuple[dict[str, Entry], tuple[str, ...]]:
    files, submodules = {}, []
    for line in answer.split(b"\0"):
        if not line:
            continue
        head, _, path = line.partition(b"\t")
        _, kind, name, size = head.split()
        if kind == b"blob":
            files[os.fsdecode(path)] = Entry(name.decode(), int(size))
        elif kind == b"commit":
            submodules.append(os.fsdecode(path))
    return files, tuple(submodules)
