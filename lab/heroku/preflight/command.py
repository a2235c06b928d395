"""`lab preflight`: the rules in a terminal."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import click

from lab.heroku import facts
from lab.heroku.preflight.committed import prefix_of
from lab.heroku.preflight.finding import Finding
from lab.heroku.preflight.git import NoRepositoryError
from lab.heroku.preflight.whole import Preflight, preflight

WIDTH = 88


@click.command(
    "preflight",
    epilog="Example: `lab preflight`, or `lab preflight ../my-copy --json`",
)
@click.argument(
    "directory", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
@click.option("--commit", default="HEAD", show_default=True, help="Look at this commit instead.")
@click.option(
    "--slug-limit",
    type=click.IntRange(min=1),
    metavar="MB",
    help="The largest slug, should Heroku have changed it.  [default: "
    f"{facts.platform().slug.limit_megabytes}]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def preflight_command(
    directory: Path | None, commit: str, slug_limit: int | None, as_json: bool
) -> None:
    """Say what Heroku will do with what is committed in DIRECTORY, before it is pushed.

    Without DIRECTORY it is the copy in which you are. A folder inside a repository is looked at as
    git subtree push sends it: as if it were the root.

    It reads the last commit, the way a push would send it, and runs nothing of it. Exit status 0
    means that the deploy would work, as far as that can be known; warnings do not change it.
    """
    try:
        place = (directory or root_of(Path.cwd())).resolve()
        result = preflight(place, commit, slug_limit_megabytes=slug_limit)
    except NoRepositoryError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(result.fields(), indent=2) if as_json else text_of(result))
    if not result.works:
        raise SystemExit(1)


def root_of(folder: Path) -> Path:
    """Return the folder itself when it looks like a project's root, else its repository's."""
    if any((folder / name).exists() for name in ("Procfile", "requirements.txt", ".git")):
        return folder
    above = prefix_of(folder).rstrip("/")
    return folder.parents[above.count("/")] if above else folder


def text_of(result: Preflight) -> str:
    """Return the result for a person."""
    known = facts.buildpack()
    head = (
        f"Preflight of {result.directory}, commit {result.commit[:7]}\n"
        f"Rules of the Python buildpack {known.release}, {known.date}; what is newer is unknown."
    )
    return "\n\n".join([head, *map(_told, result.findings), _verdict(result)])


def _told(one: Finding) -> str:
    leads_to = f", on the dyno {one.leads_to}" if one.leads_to else ""
    parts = [f"{one.severity.upper()}  {one.headline}", f"  [{one.code}{leads_to}]"]
    for line in (*one.cause.splitlines(), *one.remedy.splitlines()):
        indent = "  " if not line.startswith(" ") else "    "
        # A command stays in one line, to be copied.
        parts += [f"{indent}{line.strip()}"] if len(indent) > 2 else _wrapped(line)
    return "\n".join(parts)


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _verdict(result: Preflight) -> str:
    errors = sum(one.severity == "error" for one in result.findings)
    warnings = len(result.findings) - errors
    counted = [
        f"{number} {name}{'' if number == 1 else 's'}"
        for number, name in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    verdict = "The deploy would work." if result.works else "The deploy would not work."
    return f"{verdict} {' and '.join(counted) or 'Nothing to say against it'}."
