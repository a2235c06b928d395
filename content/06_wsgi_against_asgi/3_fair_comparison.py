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
# choose one of `"best run"`, `"mean of all runs"` and `"ratio of each pair"`.

# %% instructor [markdown]
# Minutes: 10
#
# The check names one fault at a time, as a reviewer would. Two faults are not in the settings: no
# A/A pair, and an order that is the same in every block.

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
NAMES = {"flask", "fastapi"}
FEWEST = 10


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
    for name in sorted(NAMES):
        expect(
            any(block[0] == name for block in blocks),
            f"{name} is never the first of a block, so the orders are not left to chance.",
        )


def _check_method(design: dict[str, Any]) -> None:
    warm_up = design["warm_up_seconds"]
    expect(
        isinstance(warm_up, (int, float)) and not isinstance(warm_up, bool) and warm_up > 0,
        f"`warm_up_seconds` is {warm_up!r}. The first requests after a start are slow, and they "
        "would be counted.",
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
        design["margin_is_chosen"] == "before the measurement",
        f"`margin_is_chosen` is {design['margin_is_chosen']!r}. Whoever has seen the figures finds "
        "a margin that suits them. Wanted is 'before the measurement'.",
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

# %% wrong-best-run
# why: All is fair, and then only the best run counts.
# says: the better its best run
same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [["flask", "fastapi", "fastapi"], ["fastapi", "flask", "fastapi"]] * 6,
    "warm_up_seconds": 1,
    "fresh_server_for_each_run": True,
    "summary": "best run",
    "margin_is_chosen": "before the measurement",
}

# %% right-flask-twice
import itertools

orders = sorted(set(itertools.permutations(["flask", "flask", "fastapi"])))
settings = {"workers": 2, "access_log": False, "keep_alive": True, "checks_the_body": True}
design = {
    "flask": dict(settings),
    "fastapi": dict(settings),
    "blocks": orders * 4,
    "warm_up_seconds": 2.5,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}
