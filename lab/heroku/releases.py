"""Releases: what has been deployed, in order. Each is a slug with a configuration.

The list has all of them, and what was built is there for the newest ones.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lab.heroku.home import Home, RehearsalError

FILE = "releases.json"
KEPT = 10  # builds; one can go back to these


class ReleaseError(RehearsalError):
    """There is no such release, or the list cannot be read. Says what to do."""


@dataclass(frozen=True)
class Release:
    """One release: the slug, the environment in which it runs, and the config vars.

    Nothing is deployed yet as long as `commit` is empty: such a release has config vars alone, no
    process types, and a slug that is an empty folder. `environment` is a virtual environment, and
    `slug` the folder of the app. A release whose release phase has `failed` never ran.
    """

    number: int
    commit: str
    description: str
    slug: Path
    environment: Path
    config: dict[str, str]
    process_types: dict[str, str]
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    failed: bool = False

    @property
    def name(self) -> str:
        """The name by which commands and log lines call it, such as v7."""
        return f"v{self.number}"

    @property
    def is_there(self) -> bool:
        """Whether what was built for it is still there."""
        return self.slug.is_dir() and self.environment.is_dir()


_LIST = TypeAdapter(list[Release])


class Releases:
    """The list of releases in the folder of a rehearsal. One process writes it: the platform."""

    def __init__(self, home: Path) -> None:
        self._home = Home(home)
        self._file = home / FILE

    def all(self) -> list[Release]:
        """Return every release, the oldest first.

        Raises:
            ReleaseError: when the file is not what this class has written.
        """
        try:
            text = self._file.read_bytes()
        except FileNotFoundError:
            return []
        try:
            return _LIST.validate_json(text)
        except ValidationError as error:
            raise ReleaseError(
                f"{self._file} cannot be read. Move it away to begin with no release: the next "
                "push makes a new one."
            ) from error

    @property
    def current(self) -> Release | None:
        """The release that runs: the newest that has not failed."""
        return next((one for one in reversed(self.all()) if not one.failed), None)

    def find(self, number: int) -> Release:
        """Return a release by its number.

        Raises:
            ReleaseError: when there is none.
        """
        known = self.all()
        for one in known:
            if one.number == number:
                return one
        there = ", ".join(one.name for one in known) or "none yet"
        raise ReleaseError(f"There is no release v{number}. There are: {there}.")

    def draft(
        self,
        description: str,
        *,
        commit: str,
        slug: Path,
        environment: Path,
        config: Mapping[str, str],
        process_types: Mapping[str, str],
    ) -> Release:
        """Return what the next release would be. It is none before it is kept."""
        known = self.all()
        return Release(
            number=known[-1].number + 1 if known else 1,
            commit=commit,
            description=description,
            slug=slug,
            environment=environment,
            config=dict(config),
            process_types=dict(process_types),
        )

    def keep(self, release: Release) -> None:
        """Write a draft down: now it is the newest release."""
        self._write([*self.all(), release])

    def throw_away_old(self) -> None:
        """Delete what was built for none of the newest releases. No build may run meanwhile."""
        able = [one for one in reversed(self.all()) if one.commit and not one.failed]
        slugs = list(dict.fromkeys(one.slug for one in able))[:KEPT]
        kept = {slug.parent.resolve() for slug in slugs}
        kept |= {one.environment.resolve() for one in able if one.slug in slugs}
        for place in (self._home.slugs, self._home.environments):
            for folder in place.iterdir():
                if folder.resolve() not in kept:
                    shutil.rmtree(folder, ignore_errors=True)

    def _write(self, releases: list[Release]) -> None:
        # Whole or not at all: a process that is killed here must not leave half a list.
        fields = json.dumps(_LIST.dump_python(releases, mode="json"), indent=2)
        new = self._file.with_suffix(".new")
        new.touch(mode=0o600)  # config vars may be secrets
        new.write_text(fields + "\n", encoding="utf-8")
        new.replace(self._file)
