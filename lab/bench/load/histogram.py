"""A distribution of times, kept as an HDR histogram: any percentile, to a thousandth of itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
from hdrh.histogram import HdrHistogram
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

SHOWN = (50.0, 75.0, 90.0, 95.0, 99.0, 99.9)
MICROSECONDS = 1e6  # a histogram counts whole microseconds
HIGHEST = 3_600_000_000  # an hour; longer times count as an hour
DIGITS = 3


class Distribution(BaseModel):
    """How long something took. All times are in seconds.

    `histogram` is the encoded form that every HDR library reads (V2, compressed, base64), in
    microseconds. `mean`, `least` and `most` are exact; percentiles are right to three digits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int = Field(ge=0)
    mean: float
    least: float
    most: float
    percentiles: dict[str, float]
    histogram: str

    @classmethod
    def of(cls, seconds: Sequence[float] | NDArray[np.float64]) -> Self:
        """Return the distribution of these times."""
        times = np.asarray(seconds, dtype=np.float64)
        histogram = _empty()
        # Recorded together after the run: one by one, during it, would cost the generator time.
        whole = np.clip(np.rint(times * MICROSECONDS), 1, HIGHEST).astype(np.int64)
        for value, count in zip(*np.unique(whole, return_counts=True), strict=True):
            histogram.record_value(int(value), int(count))
        if not len(times):
            return cls._from(histogram, 0.0, 0.0, 0.0)
        return cls._from(histogram, float(times.mean()), float(times.min()), float(times.max()))

    @classmethod
    def merged(cls, parts: Iterable[Self]) -> Self:
        """Return the distribution of all the times of all parts."""
        full = [part for part in parts if part.count]
        histogram = _empty()
        for part in full:
            histogram.add(part.decoded())
        if not full:
            return cls._from(histogram, 0.0, 0.0, 0.0)
        total = sum(part.mean * part.count for part in full)
        return cls._from(
            histogram,
            total / sum(part.count for part in full),
            min(part.least for part in full),
            max(part.most for part in full),
        )

    @classmethod
    def _from(cls, histogram: HdrHistogram, mean: float, least: float, most: float) -> Self:
        count = int(histogram.get_total_count())
        found = histogram.get_percentile_to_value_dict(list(SHOWN)) if count else {}
        return cls(
            count=count,
            mean=mean,
            least=least,
            most=most,
            percentiles={f"{p:g}": min(v / MICROSECONDS, most) for p, v in found.items()},
            histogram=histogram.encode().decode("ascii"),
        )

    def decoded(self) -> HdrHistogram:
        """Return the histogram itself, in microseconds."""
        return HdrHistogram.decode(self.histogram)

    def at(self, percentile: float) -> float:
        """Return the time that so many percent did not exceed; not a number when there is none."""
        if not self.count:
            return math.nan
        kept = self.percentiles.get(f"{percentile:g}")
        if kept is not None:
            return kept
        value = int(self.decoded().get_value_at_percentile(percentile))
        return min(value / MICROSECONDS, self.most)


def _empty() -> HdrHistogram:
    return HdrHistogram(1, HIGHEST, DIGITS)
