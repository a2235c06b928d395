# %% goal [markdown]
# # Design a fair comparison
#
# **Goal.** Set `design` such that nothing is left in it that could decide the comparison instead of
# the two servers.
#
# The question is whether Flask on gunicorn or FastAPI on uvicorn prices more houses a second. A
# colleague has written the design `COLLEAGUE`. It has at least seven faults. You may keep what is
# right in it, and change the settings of either server.
#
# `blocks` is the order of the runs: a list of blocks, and each block is a list of the names of the
# servers that run in it, one after the other. At least ten blocks are wanted. For `summary`,
# choose one of `"best run"`, `"mean of all runs"` and `"ratio of each pair"`; for
# `margin_is_chosen`, `"before the measurement"` or `"after the measurement"`.

# %% instructor [markdown]
# Minutes: 10
#
# The check names one fault at a time, as a reviewer would. Two faults are not in the settings: no
# A/A pair, and an order that is the same in every block.
#
# What is equal on both sides passes, two apps that leave the body unchecked as well: that is a fair
# comparison, of two apps that nobody should run. Discuss: which question does it answer?

# %% solution
import random

COLLEAGUE = {
    "flask": {"workers": 2, "access_log": True, "keep_alive": False, "checks_the_body": True},
    "fastapi": {"workers": 1, "access_log": False, "keep_alive": True, "checks_the_body": True},
    "blocks": [["flask", "flask", "flask"], ["fastapi", "fastapi", "fastapi"]],
    "warm_up_seconds": 0,
    "fresh_server_for_each_run": False,
    "summary": "best run",
    "margin_is_chosen": "after the measurement",
}

# BEGIN SOLUTION: design = {**COLLEAGUE, "flask": ..., "blocks": ...}  # and what else is wrong
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
order = random.Random(1)
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [order.sample(["flask", "fastapi", "fastapi"], 3) for _ in range(12)],
    "warm_up_seconds": 0.5,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}
# END SOLUTION


# %% check
from typing import Any

from lab.exercises.checking import Answer, expect

SETTINGS = {
    "workers": "the number of workers: the one with more processes can use more cores",
    "access_log": "the access log: writing a line for each request is work",
    "keep_alive": "keep-alive: to open a connection for each request is work",
    "checks_the_body": "whether the body is checked: checking is work",
}
SUMMARIES = ("best run", "mean of all runs", "ratio of each pair")
MOMENTS = ("before the measurement", "after the measurement")
NAMES = {"flask", "fastapi"}
FEWEST = 10
LONGEST_PATTERN = 3
LONGEST_WARM_UP = 3600  # seconds, of all runs together


def check(answer: Answer) -> None:
    design = answer.get("design")
    expect(isinstance(design, dict), f"`design` should stay a dictionary, but is {design!r}.")
    keys = ("flask", "fastapi", "blocks", "warm_up_seconds", "fresh_server_for_each_run")
    for key in (*keys, "summary", "margin_is_chosen"):
        expect(key in design, f"`design` has no {key!r} any more.")
    _check_settings(design)
    _check_blocks(design["blocks"])
    _check_method(design)


def _check_settings(design: dict[str, Any]) -> None:
    for key, what in SETTINGS.items():
        for name in sorted(NAMES):
            expect(
                isinstance(design[name], dict) and key in design[name],
                f"`design[{name!r}]` does not say anything about {key!r}.",
            )
        flask, fastapi = design["flask"][key], design["fastapi"][key]
        expect(
            flask == fastapi,
            f"Flask has {key} {flask!r} and FastAPI has {fastapi!r}. They are unequal in {what}.",
            hint="What is not compared must be the same on both sides.",
        )
    workers = design["flask"]["workers"]
    expect(
        isinstance(workers, int) and workers >= 1,
        f"Both have {workers!r} workers. Wanted is a whole number from 1 on.",
    )


def _check_blocks(blocks: Any) -> None:
    expect(
        isinstance(blocks, list) and all(isinstance(block, (list, tuple)) for block in blocks),
        "`blocks` should be a list of lists of names.",
    )
    for number, block in enumerate(blocks, start=1):
        strange = [name for name in block if name not in NAMES]
        expect(not strange, f"Block {number} has {strange}: no server is called that.")
        missing = sorted(NAMES - set(block))
        expect(
            not missing,
            f"Block {number} is {list(block)}: {' and '.join(missing)} does not run in it. When "
            "the computer is busy during that block, it slows down one side only.",
            hint="A pair is one run of each, one right after the other.",
        )
    expect(
        len(blocks) >= FEWEST,
        f"There are {len(blocks)} blocks. Wanted are at least {FEWEST}, for an interval that is "
        "narrow enough to say something.",
    )
    twice = [{name for name in NAMES if list(block).count(name) > 1} for block in blocks]
    expect(
        all(twice),
        "In at least one block no server runs twice. So nothing tells how far a server differs "
        "from itself, and you cannot know whether a difference is more than noise.",
        hint="Which comparison has the true ratio 1?",
    )
    expect(
        bool(set.intersection(*twice)),
        "The server that runs twice is not the same in all blocks, so there is no A/A pair in each "
        "of them.",
    )
    expect(
        len({tuple(block) for block in blocks}) > 1,
        "All blocks have the same order. Whatever changes during a block, such as a processor that "
        "gets hotter, hits the same server each time.",
        hint="`random.Random(1).sample(names, len(names))` returns the names in random order.",
    )
    _check_chance([tuple(block) for block in blocks])


def _check_chance(orders: list[tuple[str, ...]]) -> None:
    for name in sorted(NAMES):
        expect(
            any(order[0] == name for order in orders),
            f"{name} is the first in none of {len(orders)} blocks. Whoever is always the second "
            "runs on a hotter processor.",
            hint="Put the names of each block in random order. If chance has made it so, more "
            "blocks make up for it.",
        )
    common = max(set(orders), key=orders.count)
    times = orders.count(common)
    expect(
        times <= 0.75 * len(orders),
        f"{times} of {len(orders)} blocks have the same order, {list(common)}: the few others "
        "cannot make up for what it does.",
        hint="`random.Random(1).sample(names, len(names))` returns the names in random order.",
    )
    for length in range(2, LONGEST_PATTERN + 1):
        expect(
            orders[length:] != orders[:-length],
            f"The same {length} orders come again and again, in turn. Something that comes as "
            "regularly, such as another program's work, would hit the same server each time.",
            hint="Regular is not random: leave each block's order to chance.",
        )


def _check_method(design: dict[str, Any]) -> None:
    warm_up = design["warm_up_seconds"]
    expect(
        isinstance(warm_up, (int, float)) and not isinstance(warm_up, bool),
        f"`warm_up_seconds` is {warm_up!r}. Wanted is a number.",
    )
    expect(
        warm_up > 0,
        f"`warm_up_seconds` is {warm_up!r}. The first requests after a start are slow, and they "
        "would be counted.",
    )
    runs = sum(len(block) for block in design["blocks"])
    expect(
        warm_up * runs <= LONGEST_WARM_UP,
        f"`warm_up_seconds` is {warm_up!r}. Before each of {runs} runs, that makes "
        f"{warm_up * runs / 3600:.1f} hours in which nothing is measured. A few seconds will do.",
    )
    expect(
        design["fresh_server_for_each_run"] is True,
        "The same server process is used for several runs, so its runs depend on each other: one "
        "process with an unlucky start would look like a slow server.",
    )
    summary = design["summary"]
    expect(summary in SUMMARIES, f"`summary` is {summary!r}. Wanted is one of {SUMMARIES}.")
    expect(
        summary != "best run",
        "The best run is reported. The more often a server runs, the better its best run.",
    )
    expect(
        summary == "ratio of each pair",
        "The mean of all runs is reported, and with it all that the computer did meanwhile. The "
        "blocks are for nothing then.",
    )
    expect(
        design["margin_is_chosen"] in MOMENTS,
        f"`margin_is_chosen` is {design['margin_is_chosen']!r}. Wanted is one of {MOMENTS}.",
    )
    expect(
        design["margin_is_chosen"] == MOMENTS[0],
        "The margin is chosen after the measurement. Whoever has seen the figures finds a margin "
        "that suits them.",
    )


# %% hints [markdown]
# - Go through the two servers first: in what do they differ that is not Flask, FastAPI, gunicorn or
#   uvicorn?
# - Each block needs both servers, and one of them twice, in random order: that makes a pair and an
#   A/A pair.
# - `[order.sample(["flask", "fastapi", "fastapi"], 3) for _ in range(12)]` makes twelve blocks,
#   when `order = random.Random(1)`.

# %% wrong-unequal-workers
# why: Each server gets what its documentation recommends, which is not the same.
# says: They are unequal in the number of workers
same = {"access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": {"workers": 5, **same},
    "fastapi": {"workers": 1, **same},
    "blocks": [["flask", "fastapi", "fastapi"], ["fastapi", "flask", "fastapi"]] * 6,
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}

# %% wrong-one-after-the-other
# why: First all runs of the one, then all runs of the other.
# says: it slows down one side only
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [["flask"] * 10, ["fastapi"] * 10],
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}

# %% wrong-no-control
# why: The pairs are there, but no server is compared with itself.
# says: In at least one block no server runs twice
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [["flask", "fastapi"], ["fastapi", "flask"]] * 6,
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}

# %% wrong-always-the-same-order
# why: The blocks are complete, but the order is fixed.
# says: All blocks have the same order
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [["flask", "fastapi", "fastapi"]] * 12,
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}

# %% wrong-one-block-turned-around
# why: One block is turned around, so that not all orders are the same.
# says: 9 of 10 blocks have the same order
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [["fastapi", "fastapi", "flask"]] * 9 + [["flask", "fastapi", "fastapi"]],
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}

# %% wrong-taking-turns
# why: Taking turns is taken for chance.
# says: The same 2 orders come again and again
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [["flask", "fastapi", "fastapi"], ["fastapi", "fastapi", "flask"]] * 5,
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}

# %% wrong-best-run
# why: All is fair, and then only the best run counts.
# says: the better its best run
import random

order = random.Random(1)
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [order.sample(["flask", "fastapi", "fastapi"], 3) for _ in range(12)],
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "best run",
    "margin_is_chosen": "before the measurement",
}

# %% right-flask-twice
import itertools
import random

orders = sorted(set(itertools.permutations(["flask", "flask", "fastapi"]))) * 4
random.Random(6).shuffle(orders)
settings = {"workers": 2, "access_log": False, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": dict(settings),
    "fastapi": dict(settings),
    "blocks": orders,
    "warm_up_seconds": 2.5,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}
