"""The lab tested by itself: what is equal comes out equal, what was slowed down is found."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import islice

import pytest

from lab.bench.comparing import MARGIN
from lab.bench.ledger import unequal
from lab.bench.load.ceiling import Ceiling, generator_bound
from lab.bench.load.histogram import Distribution
from lab.bench.load.recording import Recording
from lab.bench.rows import judge
from lab.bench.statistics import FEWEST_PAIRS, Analysis, Pair, analyse
from tests.lab.bench.recorded import Block, measuring, record, recorded
from tests.lab.bench.sample import ledger

RUNS = 20
PAIRS = 12
MOST_LIVE = 30


def verdicts(first: str, second: str) -> Counter[str]:
    """Return the verdicts of seeded runs of the analysis, each on other blocks of the recording."""
    found: Counter[str] = Counter()
    for seed in range(RUNS):
        chosen = random.Random(seed).sample(recorded(), 2 * PAIRS)
        found[judged(chosen[:PAIRS], chosen[PAIRS:], first, second, seed).verdict] += 1
    return found


def judged(
    blocks: list[Block], control: list[Block], first: str, second: str, seed: int
) -> Analysis:
    """Return what blocks say; the A/A pairs are of other ones."""
    pairs: list[Pair] = [(block[first], block[second]) for block in blocks]
    same: list[Pair] = [(block["first"], block["again"]) for block in control]
    return analyse(pairs, same, margin=MARGIN, seed=seed)


def test_the_same_against_itself_is_equivalent_in_nineteen_of_twenty_runs() -> None:
    found = verdicts("first", "again")
    assert found["equivalent"] >= 19
    assert found["faster"] + found["slower"] == 0


def test_a_slowdown_of_ten_percent_is_found() -> None:
    assert verdicts("first", "slower")["faster"] >= 19
    assert verdicts("slower", "first")["slower"] >= 19


def test_live_the_same_comes_out_equivalent(long_form: bool) -> None:
    """Pairs are added until the verdict is "equivalent".

    To look again and again is allowed here, because the truth is known: the two are the same. How
    many pairs it takes depends on how noisy the machine is, and no number of them makes servers
    equivalent that are not. Where more would be needed than the test may take, any verdict but
    "undecided" fails it, and that one skips it, because timing must not decide a test. In the long
    form, which is for a machine that does nothing else, it fails, too.
    """
    blocks: list[Block] = []
    with measuring(1.5 if long_form else 0.25, {"first": 0.004, "again": 0.004}) as measured:
        for block in islice(measured, MOST_LIVE):
            blocks.append(block)
            if len(blocks) <= FEWEST_PAIRS:
                continue
            found = judged(blocks, blocks, "first", "again", 1)
            if found.verdict == "equivalent":
                return
            if len(blocks) >= PAIRS and (found.more_pairs or 0) > 2 * MOST_LIVE:
                break  # hopeless
    assert found.verdict == "undecided", found
    assert not long_form, found
    pytest.skip(f"this machine is too noisy: {len(blocks)} pairs leave it undecided")


def test_live_ten_percent_are_found(long_form: bool) -> None:
    if not long_form:
        pytest.skip("takes a minute and a half: --long")
    blocks = record(20, 1.5)
    assert judged(blocks, blocks, "first", "slower", 1).verdict == "faster"


def test_a_generator_that_was_starved_is_declared_generator_bound(
    make_recording: Callable[..., Recording],
) -> None:
    starved = make_recording([0.01] * 50, generator={"cpu_share": 0.4, "waiting_share": 0.55})
    near = make_recording([0.001] * 900)
    ceiling = Ceiling(throughput=1000, cpu_share=1, answer_bytes=60, seconds=1)
    for recording in (starved, near):
        validity, why = judge([], generator_bound(recording, ceiling))
        assert validity == "generator-bound", why


def test_a_server_that_answers_nothing_is_not_the_generators_fault(
    make_recording: Callable[..., Recording],
) -> None:
    late = {"lag": Distribution.of([0.004] * 50)}
    changes = {"planned": 50, "errors": {"timeout": 50}, "sent": 50}
    assert generator_bound(make_recording([], generator=late, **changes), None) == ()


def test_a_stack_with_unequal_workers_is_labelled() -> None:
    assert "worker processes: 12 against 5" in unequal(
        ledger("flask", workers=12), ledger("fastapi", workers=5)
    )
