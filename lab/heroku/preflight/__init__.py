"""What Heroku will do with the committed state of a copy, told before the push."""

from lab.heroku.preflight.building import build_findings
from lab.heroku.preflight.committed import Committed
from lab.heroku.preflight.finding import Finding
from lab.heroku.preflight.git import NoRepositoryError
from lab.heroku.preflight.whole import Preflight, all_findings, dyno_findings, preflight

__all__ = [
    "Committed",
    "Finding",
    "NoRepositoryError",
    "Preflight",
    "all_findings",
    "build_findings",
    "dyno_findings",
    "preflight",
]
