"""What a rule has found: one error or warning."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from lab.heroku import facts
from lab.heroku.facts.facts import Severity

# The last line of most remedies.
COMMIT = '\n  git commit -m "Mend the deploy"'
WIDTH = 64  # what the buildpack's own messages keep to


@dataclass(frozen=True)
class Finding:
    """One thing that the build or the dyno will say, what causes it and what mends it.

    `code` is the buildpack's own reason code, or `dyno::…` and `copy::…` for what it does not
    check. `leads_to` names the platform's error code that a visitor or the log will show.
    """

    code: str
    severity: Severity
    headline: str
    cause: str
    remedy: str
    leads_to: str = field(default="", kw_only=True)

    @property
    def lines(self) -> tuple[str, ...]:
        """The message as a build log has it, in our words: headline, cause and remedy."""
        parts = (self.headline, *_wrapped(self.cause), "", *_wrapped(self.remedy))
        return (parts[0], "", *parts[1:])

    def fields(self) -> dict[str, str | None]:
        """Return the finding for a program."""
        return {
            "code": self.code,
            "severity": self.severity,
            "headline": self.headline,
            "cause": self.cause,
            "remedy": self.remedy,
            "leads_to": self.leads_to or None,
        }


def said(
    code: str, cause: str, remedy: str, *, severity: Severity | None = None, **names: str
) -> Finding:
    """Return one of the buildpack's own messages, with its first line from the facts."""
    message = facts.buildpack().message_of(code)
    headline = message.headline.format(**names)
    return Finding(code, severity or message.severity, headline, cause, remedy)


def _wrapped(text: str) -> list[str]:
    """Break prose to the width of a build log; a line that begins with a blank is a command."""
    lines: list[str] = []
    for line in text.splitlines():
        lines += [line] if line.startswith(" ") else textwrap.wrap(line, WIDTH) or [""]
    return lines
