"""The build: what a push becomes, or why it is refused."""

from lab.heroku.build.build_log import BuildError, BuildLog
from lab.heroku.build.building import Built, build

__all__ = ["BuildError", "BuildLog", "Built", "build"]
