"""What Heroku will do with the committed state of a copy, told before the push."""

from lab.heroku.preflight.building import build_findings
from lab.heroku.preflight.finding import Finding
from lab.heroku.preflight.git import NoRepositoryError
from lab.heroku.preflight.whole import Preflight, dyno_findings, preflight

__all__ = [
    "Finding",
    "NoRepositoryError",
    "Preflight",
    "build_findings",
    "dyno_findings",
    "preflight",
]
