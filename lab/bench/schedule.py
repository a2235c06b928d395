"""In which order rows are measured: blocks, each with every stack once and the first one twice.

The second run of the first stack, under its role "again", makes the A/A pair: the same stack
against itself, on the same schedule and next to the same neighbours. Within a block the order is
random, so that no stack always runs first, and whatever drifts over a block favours none.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

AGAIN = "again"


def roles(stacks: Sequence[str], *, control: bool = True) -> list[str]:
    """Return what each block measures: the stacks' names, and the first one again."""
    return [*stacks, AGAIN] if control else list(stacks)


def block_order(names: Sequence[str], *, seed: int, experiment: str, block: int) -> list[str]:
    """Return the order of a block: random, and the same for the same seed."""
    # A text as the seed: it does not depend on the version of Python or on its hash seed.
    chance = random.Random(f"{seed}/{experiment}/{block}")
    order = list(names)
    chance.shuffle(order)
    return order
