"""The hook of the repository that one pushes to: builds, releases, or refuses the push.

Run by Git as `python -m lab.heroku.build.receive HOME`, with a line for each branch or tag that is
pushed. What it prints, Git shows to the pusher, with `remote:` in front.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lab.heroku.build import BuildError, BuildLog, build
from lab.heroku.control import Control
from lab.heroku.home import Home, RehearsalError, locked
from lab.heroku.preflight import NoRepositoryError

DEPLOYED = ("refs/heads/main", "refs/heads/master")
BRANCHES = "refs/heads/"
BUSY = "Another push is being built. Wait for its end, then push again."


@dataclass(frozen=True)
class Update:
    """One branch or tag that is pushed, and what it points to before and after."""

    old: str
    new: str
    ref: str

    @property
    def deletes(self) -> bool:
        """Whether the push takes the branch away."""
        return not self.new.strip("0")


def main() -> int:
    """Answer one push; the exit status decides whether Git takes it."""
    home = Home(Path(sys.argv[1]))
    updates = [Update(*line.split()) for line in sys.stdin]
    log = BuildLog(_write)
    try:
        with locked(home.folder / "push.lock", BUSY):
            return _answer(home, updates, log)
    except (RehearsalError, NoRepositoryError) as error:
        log.block(str(error).splitlines())
        return 1
    except KeyboardInterrupt:
        log.block(["The push was interrupted, and nothing was released."])
        return 1


def _answer(home: Home, updates: Iterable[Update], log: BuildLog) -> int:
    deployed = None
    for update in updates:
        if update.ref in DEPLOYED:
            if update.deletes:
                log.block([f"{update.ref.removeprefix(BRANCHES)} is what is deployed: it stays."])
                return 1
            deployed = update
        elif update.ref.startswith(BRANCHES) and not update.deletes:
            branch = update.ref.removeprefix(BRANCHES)
            log.step("Pushed to another branch than main, skipping the build.")
            log.detail("Only main and master are deployed. To deploy this branch, type:")
            log.detail(f"  git push {home.remote_name} {branch}:main")
    return _deploy(home, deployed, log) if deployed else 0


def _deploy(home: Home, update: Update, log: BuildLog) -> int:
    control = Control(home.must_run())
    control.log("Build started by user you")
    _write("Building source:")
    log.blank()
    try:
        built = build(
            home,
            Path.cwd(),
            update.new,
            log,
            slug_limit_megabytes=control.running.slug_limit_megabytes,
            made_from_app_json=control.running.made_from_app_json,
        )
        log.step("Launching...")
        # Where the release phase fails, the push still counts, as on the platform.
        if not control.release(built, log.detail).failed:
            log.detail(f"{control.running.url} deployed to the rehearsal")
            log.blank()
    except BuildError as error:
        if error.args:
            log.block([str(error)])
        log.block(["Push failed"])
        control.log("Build failed -- check your build output")
        return 1
    control.log("Build succeeded")
    return 0


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
