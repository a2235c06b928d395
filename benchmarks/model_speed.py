"""How fast the served model is, beside the scikit-learn pipeline that it was exported from.

    python -m benchmarks.model_speed

One-row calls walk through the 2,930 real houses instead of asking for the same one again: a house
that was just seen lies in the processor's caches, and its way down the trees has been learned. That
easier case stands in a line of its own.

Times are processor time of this one thread, so what others on the machine take does not count; it
can still be seen, because they empty the caches. The cases take turns, round by round, so that this
disturbs all of them alike. Each figure is the median of its rounds' medians; the best and the worst
round stand beside it.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pandas as pd

from apps.house_prices.features import Features
from apps.house_prices.house import House
from apps.house_prices.model import load_model
from training.pipeline import FEATURES
from training.sales import read_sales
from training.train import fit

NOT_FEATURES = ["Order", "PID", "SalePrice"]
BATCH = 1000

# On Windows the processor time of a thread moves in steps of a hundredth of a second.
FINE = time.get_clock_info("thread_time").resolution < 1e-6
clock = time.thread_time_ns if FINE else time.perf_counter_ns


@dataclass
class Case:
    """A call, what to call it with, and the median time in microseconds of each round so far."""

    name: str
    call: Callable[[Any], object]
    arguments: Sequence[Any]
    rows: int = 1
    rounds: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Call it with each argument once."""
        times = []
        for argument in self.arguments:
            start = clock()
            self.call(argument)
            times.append(clock() - start)
        self.rounds.append(median(times) / 1000)

    def line(self) -> str:
        """The case's line of the report."""
        middle, best, worst = median(self.rounds), min(self.rounds), max(self.rounds)
        speed = self.rows / middle * 1e6
        return f"{self.name:<38}{middle:>9.1f}{best:>9.1f}{worst:>9.1f}{speed:>12,.0f}"


def houses_from(sales: pd.DataFrame) -> list[House]:
    """The sales as the API's own objects; an empty cell is null."""
    table = sales.drop(columns=NOT_FEATURES).astype(object)
    return [
        House.model_validate(row) for row in table.where(table.notna(), None).to_dict("records")
    ]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time the served model and the one it came from.")
    parser.add_argument("--rounds", type=int, default=15, help="turns of each case (default 15)")
    rounds: int = parser.parse_args().rounds

    sales = read_sales()
    houses, model, pipeline = houses_from(sales), load_model(), fit(sales)
    features = Features(FEATURES, pipeline.named_steps["encoder"].encodings_).matrix
    ones = [[house] for house in houses]
    batches = [(houses * 2)[start : start + BATCH] for start in range(0, len(houses), 100)]
    frames = [sales.iloc[[row]] for row in range(0, len(sales), 30)]
    one, many, slow, *others = cases = [
        Case("1 row", model.predict, ones),
        Case("1,000 rows", model.predict, batches, BATCH),
        Case("1 row, scikit-learn on a DataFrame", pipeline.predict, frames),
        Case("1 row, the same house again", model.predict, ones[:1] * len(ones)),
        Case("1 row, features alone", features, ones),
        Case("1,000 rows, features alone", features, batches, BATCH),
    ]
    for _ in range(rounds):
        for case in cases:
            case.run()
    report = [
        f"{'':<38}{'us':>9}{'best':>9}{'worst':>9}{'rows/s':>12}",
        *(case.line() for case in (one, many, slow, *others)),
        "",
        f"1 row, times faster than scikit-learn: {ratio(slow, one):.0f}",
        f"rows a second, 1,000 rows against 1 row: {BATCH * ratio(one, many):.1f}",
    ]
    sys.stdout.write("\n".join(report) + "\n")
    return 0


def ratio(slower: Case, faster: Case) -> float:
    """How many times longer a call takes: paired by round, then the median."""
    return median(a / b for a, b in zip(slower.rounds, faster.rounds, strict=True))


if __name__ == "__main__":
    sys.exit(main())
