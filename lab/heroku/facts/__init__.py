"""What is known of Heroku, as dated data with sources. Code asks here and knows nothing itself."""

from lab.heroku.facts.facts import (
    Buildpack,
    Code,
    Message,
    Packages,
    Platform,
    buildpack,
    packages,
    platform,
    version,
)

__all__ = [
    "Buildpack",
    "Code",
    "Message",
    "Packages",
    "Platform",
    "buildpack",
    "packages",
    "platform",
    "version",
]
