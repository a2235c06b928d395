"""What changes an app: a deploy, a config var, a rollback. Each makes a release, one at a time."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import NonNegativeInt, TypeAdapter, ValidationError

from lab.heroku import run
from lab.heroku.home import Home, RehearsalError
from lab.heroku.releases import KEPT, Release, Releases
from lab.heroku.run.formation import RELEASE_PHASE
from lab.heroku.run.reading import Wanted, read

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
QUANTITIES = TypeAdapter(dict[str, NonNegativeInt])

Tell = Callable[[str], Awaitable[None]]


class Changes:
    """Makes releases and has the formation run them."""

    def __init__(
        self, home: Home, releases: Releases, formation: run.Formation, log: run.Log
    ) -> None:
        self.releases = releases
        self.formation = formation
        self.log = log
        self._home = home
        self._one_at_a_time = asyncio.Lock()

    @property
    def config(self) -> dict[str, str]:
        """The config vars of now."""
        current = self.releases.current
        return dict(current.config) if current else {}

    async def resume(self) -> None:
        """Run what ran when the rehearsal was stopped, in as many dynos."""
        with contextlib.suppress(FileNotFoundError, ValidationError):
            self.formation.want(**QUANTITIES.validate_json(self._home.formation.read_bytes()))
        current = self.releases.current
        if current is None:
            return
        if current.commit and not current.is_there:
            self.log.app(
                "api",
                f"Rehearsal: the slug of {current.name} is no longer at {current.slug}. "
                "Build it anew: git commit --allow-empty -m Again, then push",
            )
            return
        await self.formation.release(current)

    async def deploy(
        self,
        tell: Tell,
        *,
        commit: str,
        slug: Path,
        environment: Path,
        process_types: Mapping[str, str],
    ) -> Release:
        """Release what a build has made."""
        async with self._one_at_a_time:
            draft = self.releases.draft(
                f"Deploy {commit[:8]}",
                commit=commit,
                slug=slug,
                environment=environment,
                config=self.config,
                process_types=process_types,
            )
            made = await self._make(draft, tell)
            # The next build begins when this push has ended.
            await asyncio.to_thread(self.releases.throw_away_old)
            return made

    async def configure(
        self, tell: Tell, values: Mapping[str, str], unset: Sequence[str]
    ) -> Release:
        """Set and unset config vars.

        Raises:
            RehearsalError: for a name that cannot be one, or that is not set.
        """
        async with self._one_at_a_time:
            config = self.config
            for name in values:
                if not NAME.fullmatch(name):
                    raise RehearsalError(
                        f"'{name}' cannot be the name of a config var: use letters, digits and _, "
                        "and no digit first, such as LOG_LEVEL."
                    )
            for name in unset:
                if name not in config:
                    known = ", ".join(sorted(config)) or "none"
                    raise RehearsalError(f"{name} is not set. Set are: {known}.")
            kept = {name: value for name, value in config.items() if name not in unset}
            done = [f"Set {', '.join(values)}"] if values else []
            done += [f"Unset {', '.join(unset)}"] if unset else []
            description = f"{'; '.join(done)} config vars"
            return await self._make(self._next(description, {**kept, **values}), tell)

    async def rollback(self, tell: Tell, number: int) -> Release:
        """Release once more what an earlier release was, with its config vars.

        Raises:
            RehearsalError: when it cannot run.
        """
        async with self._one_at_a_time:
            then = self.releases.find(number)
            if then.failed or not then.commit:
                why = "failed its release phase" if then.failed else "has no code"
                raise RehearsalError(f"{then.name} {why}, so there is nothing to go back to.")
            if not then.is_there:
                raise RehearsalError(
                    f"What was built for {then.name} is gone: the newest {KEPT} builds are kept. "
                    "To build it anew, type:\n"
                    f"  git push --force {self._home.remote_name} {then.commit[:8]}:refs/heads/main"
                )
            draft = self.releases.draft(
                f"Rollback to {then.name}",
                commit=then.commit,
                slug=then.slug,
                environment=then.environment,
                config=then.config,
                process_types=then.process_types,
            )
            return await self._make(draft, tell)

    async def scale(self, counts: Mapping[str, int]) -> None:
        """Have so many dynos of each process type.

        Raises:
            RehearsalError: for a type that is not declared, or a number that cannot be.
        """
        try:
            await self.formation.scale(**counts)
        except (LookupError, ValueError) as error:
            raise RehearsalError(error.args[0]) from error
        self._home.formation.write_bytes(QUANTITIES.dump_json(self.formation.quantities))
        words = " ".join(f"{kind}@{number}:Basic" for kind, number in counts.items())
        self.log.app("api", f"Scaled to {words} by user you")

    async def restart(self, dyno: str | None) -> None:
        """Restart one dyno, or all.

        Raises:
            RehearsalError: when there is none.
        """
        try:
            await self.formation.restart(dyno)
        except LookupError as error:
            raise RehearsalError(error.args[0]) from error

    def _next(self, description: str, config: Mapping[str, str]) -> Release:
        """Draft a release of the same code with other config vars; there may be no code yet."""
        current = self.releases.current
        if current is not None:
            return self.releases.draft(
                description,
                commit=current.commit,
                slug=current.slug,
                environment=current.environment,
                config=config,
                process_types=current.process_types,
            )
        blank = self._home.slugs / "0" / "app"
        blank.mkdir(parents=True, exist_ok=True)
        return self.releases.draft(
            description,
            commit="",
            slug=blank,
            environment=self._home.environments / "none",
            config=config,
            process_types={},
        )

    async def _make(self, draft: Release, tell: Tell) -> Release:
        command = draft.process_types.get(RELEASE_PHASE, "")
        if command:
            await tell(
                "Release command declared: this release will not be available until it succeeds."
            )
        self.log.app("api", f"{draft.description} by user you")
        await tell(f"Released {draft.name}")
        if command and not await self._release_phase(draft, tell):
            failed = replace(draft, failed=True)
            self.releases.keep(failed)
            self.log.app("api", f"Release {draft.name} command failed")
            return failed
        self.releases.keep(draft)
        self.log.app("api", f"Release {draft.name} created by user you")
        await self.formation.release(draft)
        return draft

    async def _release_phase(self, draft: Release, tell: Tell) -> bool:
        """Run the release command in a dyno of its own; tell whether it succeeded."""
        name = f"{RELEASE_PHASE}.{draft.number}"
        await tell("Running release command...")
        status = await self.formation.run_once(draft, name, draft.process_types[RELEASE_PHASE])
        for line in read(self._home.log, Wanted("app", name)):
            await tell(f"  {line.text}")
        await tell("Release command succeeded." if status == 0 else "Release command failed.")
        return status == 0
