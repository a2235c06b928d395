"""The five options: what they are, who runs what, and what is said of them. `options.toml`."""

from __future__ import annotations

import tomllib
from datetime import date as Day  # noqa: N812 - a field here is called date
from functools import cache
from pathlib import Path
from typing import Final, Literal

from lab.decide.offers import OptionName, Part

FILE: Final = Path(__file__).with_name("options.toml")

Who = Literal["you", "shared", "provider"]


class Option(Part):
    """A way to run a service. `nist`: whether NIST SP 800-145 has it as a service model."""

    name: OptionName
    title: str
    nist: bool
    means: str
    example: str


class Statement(Part):
    """Something that is said of an option, with a measure and where it can be seen here."""

    id: str
    option: OptionName
    side: Literal["pro", "con"]
    claim: str
    measure: str
    here: str


class Known(Part):
    """`options.toml`."""

    date: Day
    source: str
    layers: tuple[str, ...]
    option: tuple[Option, ...]
    runs: dict[OptionName, dict[str, Who]]
    notes: dict[OptionName, dict[str, str]]
    statement: tuple[Statement, ...]

    def of(self, name: str) -> Option:
        """Return the option of this name."""
        return next(one for one in self.option if one.name == name)

    def statements(self, option: str) -> list[Statement]:
        """Return what is said of an option."""
        return [one for one in self.statement if one.option == option]

    def yours(self, option: OptionName) -> list[str]:
        """Return the layers that you run alone."""
        return [layer for layer in self.layers if self.runs[option][layer] == "you"]


@cache
def known() -> Known:
    """Return what is known of the options."""
    return Known.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))


def title(option: str) -> str:
    """Return the name of an option for a reader."""
    return known().of(option).title
