"""The facts in the TOML files beside this one, read once and typed."""

from __future__ import annotations

import tomllib
from datetime import date as Day  # noqa: N812 - fields here are called date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent

Confidence = Literal["A", "B", "C"]
Severity = Literal["error", "warning"]


class Part(BaseModel):
    """A part of a file; a name that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Part):
    """A fact that may have an origin of its own; without one it has that of its file."""

    source: str = ""
    date: Day | None = None
    confidence: Confidence | None = None


class Stated(Part):
    """The head of a file: where its facts come from, of which day, and how sure they are."""

    source: str
    date: Day
    confidence: Confidence


class Message(Sourced):
    """What the buildpack says: its reason code and first line."""

    code: str
    severity: Severity
    headline: str
    since: Day | None = None
    ours: bool = Field(default=False, description="the code is this project's own")


class Pythons(Part):
    """Which versions of Python there are."""

    default: str
    oldest: str
    newest: str
    next: str
    patches_ahead: int
    latest: dict[str, str]
    deprecated: dict[str, Day]


class Stacks(Part):
    """The operating systems under an app."""

    known: tuple[str, ...]
    default: str
    ended: tuple[str, ...]


class Detection(Sourced):
    """The files and folders at the root that make a project Python's."""

    files: tuple[str, ...]
    folders: tuple[str, ...]


class Concurrency(Part):
    """How WEB_CONCURRENCY is chosen where nobody sets it."""

    per_core: int
    plus: int
    megabytes_each: int

    def workers(self, *, cores: int, megabytes: int) -> int:
        """Return WEB_CONCURRENCY for a dyno."""
        return min(self.per_core * cores + self.plus, megabytes // self.megabytes_each)


class Buildpack(Stated):
    """`buildpack.toml`."""

    release: str
    python: Pythons
    stacks: Stacks
    package_managers: dict[str, str]
    detection: Detection
    environment: dict[str, str]
    concurrency: Concurrency
    message: tuple[Message, ...]

    def message_of(self, code: str) -> Message:
        """Return the message with a reason code."""
        return next(one for one in self.message if one.code == code)


class Limit(Sourced):
    """A time limit of the platform."""

    seconds: float
    means: str


class Slug(Sourced):
    """How large a slug may be."""

    limit_megabytes: int
    soft_limit_megabytes: int
    means: str
    refused: str


class Submodules(Sourced):
    """What becomes of repositories within the one that is pushed."""

    means: str


class Logs(Part):
    """How much of the log is kept."""

    lines: int
    bytes_a_line: int


class Memory(Part):
    """What happens above the memory quota."""

    kill_factor: float


class Dyno(Sourced):
    """A size of dyno."""

    size: str
    megabytes: int
    dollars: int
    sleeps: bool = False


class Change(Sourced):
    """Something that changed on a day."""

    what: str


class Code(Sourced):
    """An error code: of the router with an HTTP status, of the dyno without one."""

    code: str
    text: str
    means: str
    status: int | None = None
    kills: bool = False


class Platform(Stated):
    """`platform.toml`."""

    limits: dict[str, Limit]
    slug: Slug
    submodules: Submodules
    logs: Logs
    memory: Memory
    prices: Sourced
    dyno: tuple[Dyno, ...]
    change: tuple[Change, ...]
    code: tuple[Code, ...]

    def code_of(self, code: str) -> Code:
        """Return what is known of an error code."""
        return next(one for one in self.code if one.code == code)

    def dyno_of(self, size: str) -> Dyno | None:
        """Return a size of dyno, or None when it is not known."""
        return next((one for one in self.dyno if one.size == size.lower()), None)


class Models(Part):
    """Which files are models."""

    suffixes: tuple[str, ...]


class ImportMemory(Sourced):
    """Megabytes that an import takes."""

    interpreter: float
    imports: dict[str, float]
    models: Models


class Compression(Sourced):
    """What compression leaves."""

    packages: float


class Server(Sourced):
    """How a server keeps connections."""

    option: str
    keep_alive_seconds: int


class Packages(Part):
    """`packages.toml`."""

    servers: dict[str, Server]
    modules: dict[str, tuple[str, ...]]
    other_systems: dict[str, tuple[str, ...]]
    memory: ImportMemory
    compression: Compression


Facts = TypeVar("Facts", Buildpack, Platform, Packages)


def _read(model: type[Facts], name: str) -> Facts:
    with (FOLDER / name).open("rb") as file:
        return model.model_validate(tomllib.load(file))


@cache
def buildpack() -> Buildpack:
    """Return what is known of the Python buildpack."""
    return _read(Buildpack, "buildpack.toml")


@cache
def platform() -> Platform:
    """Return what is known of dynos, router and logs."""
    return _read(Platform, "platform.toml")


@cache
def packages() -> Packages:
    """Return what is known of packages that may not be installed here."""
    return _read(Packages, "packages.toml")


def version(text: str) -> tuple[int, ...]:
    """Return a version such as 3.13.2 as numbers that compare."""
    return tuple(int(number) for number in text.split("."))
