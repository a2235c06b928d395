"""docs/heroku-facts.md, from the facts in lab/heroku/facts: `python -m tools.heroku_facts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lab.heroku import facts
from lab.heroku.facts.facts import Code, Sourced, Stated

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "heroku-facts.md"

HEAD = """\
# What is known of Heroku

Made by `python -m tools.heroku_facts` from `lab/heroku/facts/`; do not edit it. `lab preflight`
and the rehearsal know Heroku from these data alone.

How sure a fact is: **A** read in the source of the tool, or in real output; **B** official
documentation; **C** third party. Whatever is newer than the dates here is unknown, not wrong.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *_buildpack(), *_platform(), *_packages()]).rstrip() + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table in Markdown."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _origin(of: Stated) -> str:
    return f"{of.source}; {of.date}, confidence {of.confidence}.\n"


def _own(fact: Sourced, of: Stated) -> str:
    """How sure an entry is, with its own date where it has one."""
    sure = fact.confidence or of.confidence
    return f"{sure}, {fact.date}" if fact.date else sure


def _buildpack() -> Iterator[str]:
    known = facts.buildpack()
    python = known.python
    yield f"## The Python buildpack {known.release}\n\n{_origin(known)}"
    yield (
        f"Python {python.oldest} to {python.newest}; without a version named, {python.default}. "
        f"Python {python.next} may have been added since.\n"
    )
    yield table(
        ("Asked for", "Installed", "Dropped on"),
        (
            (branch, latest or "unknown here", python.deprecated.get(branch, ""))
            for branch, latest in _branches()
        ),
    )
    yield f"Stacks: {', '.join(known.stacks.known)}. Ended: {', '.join(known.stacks.ended)}.\n"
    yield "### What a build can say, in its order\n"
    yield (
        "A reason code marked with * is this workbook's own: the buildpack has none, or none that "
        "is known here, and its first line may be worded otherwise.\n"
    )
    yield table(
        ("First line", "Reason code", "Severity", "Since"),
        (
            (one.headline, f"`{one.code}`{'*' * one.ours}", one.severity, one.since or "")
            for one in known.message
        ),
    )
    yield "### What it sets when a dyno starts\n"
    yield table(("Variable", "Value"), ((f"`{a}`", f"`{b}`") for a, b in known.environment.items()))
    rule = known.concurrency
    yield (
        f"`WEB_CONCURRENCY` is the smaller of {rule.per_core} times cores + {rule.plus} and the "
        f"dyno's megabytes / {rule.megabytes_each}: {rule.workers(cores=8, megabytes=512)} on a "
        "dyno of 512 MB.\n"
    )


def _branches() -> Iterator[tuple[str, str]]:
    python = facts.buildpack().python
    oldest, newest = facts.version(python.oldest), facts.version(python.newest)
    for minor in range(oldest[1], newest[1] + 1):
        branch = f"{oldest[0]}.{minor}"
        yield branch, python.latest.get(branch, "")


def _platform() -> Iterator[str]:
    known = facts.platform()
    yield f"## Dynos, router and logs\n\n{_origin(known)}"
    yield table(
        ("Seconds", "What for", "Confidence"),
        ((f"{one.seconds:.0f}", one.means, _own(one, known)) for one in known.limits.values()),
    )
    yield "### The router's codes\n"
    yield _codes(one for one in known.code if one.status is not None)
    yield "### The dyno's codes\n"
    yield _codes(one for one in known.code if one.status is None)
    yield f"### Sizes and prices\n\n{known.prices.source}; confidence {known.prices.confidence}.\n"
    yield table(
        ("Dyno", "Memory", "Dollars a month"),
        (
            (one.size, f"{one.megabytes} MB", f"{one.dollars}{', sleeps' * one.sleeps}")
            for one in known.dyno
        ),
    )
    yield (
        f"A slug may have {known.slug.limit_megabytes} MB, and is slow to start above "
        f"{known.slug.soft_limit_megabytes} MB: {known.slug.means} (confidence "
        f"{_own(known.slug, known)}). The log keeps {known.logs.lines} lines and breaks them at "
        f"{known.logs.bytes_a_line} bytes.\n"
    )
    yield f"Submodules: {known.submodules.means} ({_own(known.submodules, known)}).\n"
    yield "### What changed, and when\n"
    yield table(
        ("Day", "Change", "Confidence"),
        (
            (one.date, one.what, one.confidence or known.confidence)
            for one in sorted(known.change, key=lambda one: str(one.date))
        ),
    )


def _codes(codes: Iterable[Code]) -> str:
    return table(
        ("Code", "Status", "In the log", "What it means"),
        ((one.code, one.status or "", one.text, one.means) for one in codes),
    )


def _packages() -> Iterator[str]:
    yield "## How long a server keeps an idle connection\n"
    yield table(
        ("Server", "Seconds", "Option", "Seen in"),
        (
            (name, one.keep_alive_seconds, f"`{one.option}`", f"{one.source}, on {one.date}")
            for name, one in facts.packages().servers.items()
        ),
    )
    known = facts.packages().memory
    yield "## Memory that an import takes\n"
    yield (
        f"{known.source[0].upper()}{known.source[1:]}, on {known.date}. An interpreter alone takes "
        f"{known.interpreter:.0f} MB. Packages share what they import, so the sum is too high.\n"
    )
    yield table(
        ("Package", "Megabytes"),
        ((name, f"{size:.0f}") for name, size in sorted(known.imports.items())),
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
