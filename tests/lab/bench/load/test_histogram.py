"""Distributions: right to three digits, the same after JSON, and after merging."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lab.bench.load.histogram import Distribution

TIMES = np.random.default_rng(1).lognormal(mean=-6, sigma=1.5, size=20_000)


def test_percentiles_are_those_of_the_times() -> None:
    found = Distribution.of(TIMES)
    assert found.count == len(TIMES)
    assert (found.mean, found.least, found.most) == (TIMES.mean(), TIMES.min(), TIMES.max())
    for percentile in (1, 50, 90, 99, 99.9, 100):
        exact = np.sort(TIMES)[round(percentile / 100 * len(TIMES)) - 1]
        assert found.at(percentile) == pytest.approx(exact, rel=0.002, abs=2e-6)


def test_the_encoded_histogram_holds_everything() -> None:
    found = Distribution.of(TIMES)
    again = Distribution.model_validate_json(found.model_dump_json())
    assert again == found
    assert again.decoded().get_total_count() == len(TIMES)
    assert len(found.histogram) < 20_000


def test_merged_is_as_if_counted_together() -> None:
    merged = Distribution.merged([Distribution.of(TIMES[:700]), Distribution.of(TIMES[700:])])
    together = Distribution.of(TIMES)
    assert merged.mean == pytest.approx(together.mean)
    assert merged.percentiles == together.percentiles
    assert (merged.count, merged.least, merged.most) == (len(TIMES), TIMES.min(), TIMES.max())


def test_of_nothing_there_is_no_percentile() -> None:
    none = Distribution.merged([Distribution.of([]), Distribution.of([])])
    assert none.count == 0
    assert math.isnan(none.at(50))
    assert Distribution.merged([none, Distribution.of([0.5])]).least == 0.5
