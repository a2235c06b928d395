"""All rules on one copy: those of the build, of the dyno, and of what is not committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.heroku import facts
from lab.heroku.preflight import (
    app_json,
    building,
    declaring,
    dependencies,
    resources,
    serving,
    working_copy,
)
from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.deploy import Deploy
from lab.heroku.preflight.finding import Finding

DYNO: tuple[Callable[[Deploy], Iterator[Finding]], ...] = (
    declaring.web_process,
    declaring.understood,
    resources.slug_size,
    dependencies.slug_files,
    dependencies.target,
    dependencies.packages,
    serving.binding,
    serving.keep_alive,
    resources.memory,
)


@dataclass(frozen=True)
class Preflight:
    """What was found in one commit."""

    directory: Path
    commit: str
    findings: tuple[Finding, ...]

    @property
    def works(self) -> bool:
        """Whether the deploy would work, as far as it can be known."""
        return all(one.severity == "warning" for one in self.findings)

    def fields(self) -> dict[str, object]:
        """Return the result for a program."""
        return {
            "directory": str(self.directory),
            "commit": self.commit,
            "buildpack": facts.buildpack().release,
            "works": self.works,
            "findings": [one.fields() for one in self.findings],
        }


def all_findings(files: Committed) -> list[Finding]:
    """Return what build and dyno will say to these files, first things first."""
    return [*_of_build(files), *_on_dyno(files, frozenset(), None)]


def dyno_findings(
    repository: Path, commit: str = "HEAD", *, slug_limit_megabytes: int | None = None
) -> list[Finding]:
    """Return what a dyno will punish in a commit: what the build itself does not check.

    Raises:
        NoRepositoryError: when there is no such commit.
    """
    return _on_dyno(Committed.read(repository, commit), frozenset(), slug_limit_megabytes)


def preflight(
    directory: Path, commit: str = "HEAD", *, slug_limit_megabytes: int | None = None
) -> Preflight:
    """Look at a commit with every rule; for HEAD, at what is not committed as well.

    Raises:
        NoRepositoryError: when there is no such commit.
    """
    files = Committed.read(directory, commit)
    changed = working_copy.uncommitted(directory) if commit == "HEAD" else frozenset()
    findings = [
        *_of_build(files),
        *_on_dyno(files, changed, slug_limit_megabytes),
        *working_copy.submodules(files),
        *working_copy.changes(files, changed),
    ]
    return Preflight(directory, files.commit, tuple(findings))


def _of_build(files: Committed) -> list[Finding]:
    return [*app_json.warnings(files), *building.findings_of(files)]


def _on_dyno(
    files: Committed, changed: frozenset[str], slug_limit_megabytes: int | None
) -> list[Finding]:
    deploy = Deploy(files, changed)
    if slug_limit_megabytes is not None:
        deploy.slug_limit_megabytes = slug_limit_megabytes
    return [finding for rule in DYNO for finding in rule(deploy)]
