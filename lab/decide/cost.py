"""What each option costs in a month: the servers, the data that leaves, the hours of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from lab.decide.case import Case, Choice
from lab.decide.figures import Number, Values
from lab.decide.offers import OptionName
from lab.decide.quantities import Quantity
from lab.decide.units import SECONDS_A_MONTH

HOURS_A_MONTH: Final = SECONDS_A_MONTH / 3600

Missing = tuple[str, ...]


@dataclass(frozen=True)
class Bill:
    """The cost of an option in dollars a month, line by line; averaged over the year.

    `unknown` names figures without which nothing can be said; then there is no total.
    `not_counted` names what is left out because its price is not known.
    """

    option: OptionName
    lines: Mapping[str, Number]
    unknown: Missing = ()
    not_counted: Missing = ()

    @property
    def known(self) -> bool:
        """Whether the cost can be told."""
        return not self.unknown

    @property
    def total(self) -> Number:
        """Dollars a month.

        Raises:
            ValueError: when a figure is unknown.
        """
        if self.unknown:
            raise ValueError(f"{self.option}: unknown is {', '.join(self.unknown)}")
        total: Number = sum(self.lines.values(), 0.0)
        return total


def bill(case: Case, option: OptionName, values: Values) -> Bill:
    """Return what an option costs in a month."""
    choice = case.option[option]
    own = _Own(option, values)
    needed = NEEDED[choice.billing or "instance"]
    if choice.billing == "own":
        needed = (
            *needed,
            *(("units", "rent") if _rented(choice) else ("electricity", "pue", "watts")),
        )
    unknown = tuple(_missing(choice, option, name) for name in needed if name not in own)
    if choice.billing is None:
        unknown = (f"{option}.billing",)
    if unknown:
        return Bill(option, {}, tuple(dict.fromkeys(unknown)))
    lines = dict(LINES[choice.billing or "instance"](case, choice, own, values))
    counted = "egress_price" in own
    if counted:
        lines["egress"] = _yearly(case, values) * values["load.response"] * own["egress_price"]
    rate = values["common.salary"] / values["common.hours"]
    lines["work"] = own["staff"] * rate
    lines["setting up"] = own["setup"] * rate / values["horizon"]
    left_out = () if counted or not np.any(values["load.response"]) else ("egress",)
    return Bill(option, lines, (), left_out)


def bills(case: Case, values: Values) -> dict[OptionName, Bill]:
    """Return the bill of each option of a case."""
    return {option: bill(case, option, values) for option in case.options}


def busiest(case: Case, option: OptionName, values: Values) -> Bill:
    """Return what an option costs in the busiest month, where the months of a year differ."""
    load = case.load.model_copy(update={"months": (max(case.load.months),) * 12})
    return bill(case.model_copy(update={"load": load}), option, values)


def _missing(choice: Choice, option: OptionName, name: str) -> str:
    """Return what is not known: a figure, or the euro where only that is needed to know it."""
    given: Quantity | None = getattr(choice, name)
    euros = given is not None and given.unit.startswith("EUR")
    return "common.euro" if euros else f"{option}.{name}"


class _Own(dict[str, Number]):
    """The figures of one option, by their short names."""

    def __init__(self, option: str, values: Values) -> None:
        start = f"{option}."
        super().__init__(
            {
                name.removeprefix(start): one
                for name, one in values.items()
                if name.startswith(start)
            }
        )


def _rented(choice: Choice) -> bool:
    return choice.housing == "colocation"


def _yearly(case: Case, values: Values) -> Number:
    """Return the requests of a month on the average of the year."""
    return values["load.requests"] * (sum(case.load.months) / len(case.load.months))


def _mean_of_year(case: Case, of_month: Callable[[float], Number]) -> Number:
    """Return the average over the year of something that each month has, by its load."""
    year = Counter(case.load.months)
    whole: Number = sum((times * of_month(month) for month, times in year.items()), 0.0)
    return whole / year.total()


def processors(values: Values, month: float = 1.0) -> Number:
    """Return how many processors the busiest minutes of a month keep so busy as they may get.

    A month of 1 is a usual one. All requests come in the part of the month that is not idle.
    """
    usual = values["load.requests"] * month / (SECONDS_A_MONTH * (1 - values["load.idle"]))
    return usual * values["load.peak"] * values["load.compute"] / values["utilisation"]


def instances(own: Mapping[str, Number], values: Values, month: float = 1.0) -> Number:
    """Return how many instances or servers a month takes: a whole number, and the minimum."""
    usable = own["vcpus"]
    if "memory" in own:
        # One process keeps one processor busy, and each needs its memory. Part of a processor
        # still takes one whole process.
        processes = np.floor(own["memory"] / values["load.memory"])
        usable = np.minimum(usable, processes)
    with np.errstate(divide="ignore"):  # where not one process fits, no number of them is enough
        needed = processors(values, month) / usable
    # Rounding in the last digit must not buy an instance.
    whole: Number = np.ceil(np.maximum(needed, own["minimum"]) - 1e-9)
    return whole


def _instance_lines(case: Case, choice: Choice, own: _Own, values: Values) -> dict[str, Number]:
    there = _mean_of_year(case, lambda month: instances(own, values, month))
    running = 1 - values["load.idle"] if choice.switched_off else 1.0
    return {"servers": there * own["price"] * running}


def _own_lines(case: Case, choice: Choice, own: _Own, values: Values) -> dict[str, Number]:
    # What is bought must do for the busiest month, and stands there in all others.
    servers = instances(own, values, max(case.load.months))
    times = np.ceil(values["horizon"] / own["life"] - 1e-9)
    lines: dict[str, Number] = {
        "servers": servers * own["server_price"] * times / values["horizon"]
    }
    if _rented(choice):
        lines["room"] = servers * own["units"] * own["rent"]
    else:
        kilowatts = own["watts"] * own["pue"] / 1000
        lines["electricity"] = servers * kilowatts * HOURS_A_MONTH * own["electricity"]
    return lines


def _use_lines(case: Case, choice: Choice, own: _Own, values: Values) -> dict[str, Number]:
    seconds = billed_seconds(own, values)

    def charged(month: float) -> Number:
        requests = values["load.requests"] * month
        busy = requests * seconds
        there = SECONDS_A_MONTH if choice.memory_billed == "always" else busy
        used = (
            busy * own["vcpus"] * own["vcpu_price"]
            + there * values["load.memory"] * own["memory_price"]
            + requests * own["request_price"]
        )
        return np.maximum(used, own.get("minimum_charge", 0.0))

    return {"servers": _mean_of_year(case, charged)}


def billed_seconds(own: Mapping[str, Number], values: Values) -> Number:
    """Return the time that is billed for one request: rounded up, and shared with those beside.

    Those beside wait at the same time, but the processors work for one after the other.
    """
    seconds = values["load.compute"] + values["load.wait"]
    if "step" in own:
        seconds = np.ceil(seconds / own["step"] - 1e-9) * own["step"]
    shared: Number = np.maximum(
        seconds / own.get("concurrency", 1.0), values["load.compute"] / own["vcpus"]
    )
    return shared


def _request_lines(case: Case, choice: Choice, own: _Own, values: Values) -> dict[str, Number]:
    del choice
    used = _yearly(case, values) * own.get("request_price", 0.0)
    return {"service": used + own.get("fee", 0.0)}


NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "own": ("server_price", "life", "vcpus"),
    "instance": ("price", "vcpus"),
    "use": ("vcpus", "vcpu_price", "memory_price", "request_price"),
    "requests": ("request_price",),
}
LINES: Final[Mapping[str, Callable[[Case, Choice, _Own, Values], dict[str, Number]]]] = {
    "own": _own_lines,
    "instance": _instance_lines,
    "use": _use_lines,
    "requests": _request_lines,
}
