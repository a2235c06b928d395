"""The platform's limits: as they are, or shortened so that one need not wait for them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Self

from lab.heroku import facts

SIZE = "basic"
SHORTEST = 0.25  # seconds: a busy machine needs so long for what takes no time at all


@dataclass(frozen=True)
class Limit:
    """A limit: the platform's own, and the one in force here."""

    real: float
    value: float
    unit: str = "s"

    @property
    def note(self) -> str:
        """What each log line that the limit touches says: nothing while it is the platform's."""
        if self.value == self.real:
            return ""
        return f" (rehearsal: {self.value:g} {self.unit} instead of {self.real:g} {self.unit})"


@dataclass(frozen=True)
class Limits:
    """All limits. What each one means stands in `lab/heroku/facts/platform.toml`."""

    boot: Limit
    first_byte: Limit
    idle: Limit
    connect: Limit
    quarantine: Limit
    boot_queue: Limit
    exit: Limit
    router_keep_alive: Limit
    memory_report: Limit
    cool_off: Limit
    cycle: Limit
    cycle_spread: Limit
    memory: Limit

    @classmethod
    def at_speed(cls, speed: float = 1, *, size: str = SIZE) -> Self:
        """Return the limits of a size of dyno, its time limits shortened so many times.

        None gets shorter than a quarter of a second.

        Raises:
            ValueError: when there is no such size, or the speed is not above 0.
        """
        dyno = facts.platform().dyno_of(size)
        if dyno is None or speed <= 0:
            raise ValueError(f"no dyno of the size {size!r} at the speed {speed:g}")
        known = facts.platform().limits
        names = {one.name for one in dataclasses.fields(cls)} - {"memory"}
        seconds = {name: known[name].seconds for name in names}
        return cls(
            memory=Limit(dyno.megabytes, dyno.megabytes, "MB"),
            **{name: Limit(real, max(real / speed, SHORTEST)) for name, real in seconds.items()},
        )

    def but(self, **values: float) -> Self:
        """Return the same limits with other values in force for some of them."""
        changed = {
            name: dataclasses.replace(getattr(self, name), value=value)
            for name, value in values.items()
        }
        return dataclasses.replace(self, **changed)
