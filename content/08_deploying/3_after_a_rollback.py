# %% goal [markdown]
# # Which release answers?
#
# **Goal.** `running(events)` returns number, commit and config vars of the release that runs at the
# end, such as `{"release": "v3", "commit": "a1b2c3", "config": {"LOG_LEVEL": "DEBUG"}}`.
#
# Each event makes one release. The first is `v1`.
#
# - `("deploy", "a1b2c3")`: a push of that commit. The config vars stay.
# - `("config", "LOG_LEVEL", "DEBUG")`: a config var is set. The commit stays.
# - `("rollback", 1)`: back to the code *and the config vars* of `v1`. That makes a new release too.
#
# The first event is always a deploy, and there is no config var before.

# %% instructor [markdown]
# Minutes: 10
#
# Most people expect a rollback to go back to the old number, and to leave the config vars as they
# are. In an incident, both are found out at the worst moment.

# %% solution
from typing import Any


def running(events: list[tuple[Any, ...]]) -> dict[str, Any]:
    # BEGIN SOLUTION: ...  # Your code here.
    releases: list[tuple[str, dict[str, str]]] = []
    commit, config = "", {}
    for event in events:
        if event[0] == "deploy":
            commit = event[1]
        elif event[0] == "config":
            config = {**config, event[1]: event[2]}
        else:
            commit, config = releases[event[1] - 1]
        releases.append((commit, config))
    return {"release": f"v{len(releases)}", "commit": commit, "config": config}
    # END SOLUTION


# %% check
import random
from typing import Any

from lab.exercises.checking import Answer, expect, expect_equal

Event = tuple[Any, ...]
NAMES = ("LOG_LEVEL", "LISTINGS_URL", "MAX_HOUSES")


def shown(events: list[Event]) -> str:
    return ", ".join(" ".join(str(part) for part in event) for event in events)


def expected(events: list[Event]) -> dict[str, Any]:
    """Return what the check holds for right; made another way than the solution."""
    kept: list[dict[str, Any]] = [{"commit": "", "config": ()}]
    for what, *details in events:
        now = kept[details[0]] if what == "rollback" else kept[-1]
        commit, config = now["commit"], dict(now["config"])
        if what == "deploy":
            commit = details[0]
        if what == "config":
            config[details[0]] = details[1]
        kept.append({"commit": commit, "config": tuple(config.items())})
    last = kept[-1]
    return {
        "release": f"v{len(events)}",
        "commit": last["commit"],
        "config": dict(last["config"]),
    }


def made(chance: random.Random, number: int) -> list[Event]:
    """Return events of all three kinds, a rollback last."""
    events: list[Event] = [("deploy", f"{chance.randrange(16**6):06x}")]
    while len(events) < number:
        kind = chance.choice(["deploy", "config", "config", "rollback"])
        if kind == "deploy":
            events.append(("deploy", f"{chance.randrange(16**6):06x}"))
        elif kind == "config":
            events.append(("config", chance.choice(NAMES), str(chance.randint(1, 99))))
        else:
            events.append(("rollback", chance.randint(1, len(events))))
    return [*events, ("rollback", chance.randint(1, number - 1))]


def compare(answer: Answer, events: list[Event], hint: str) -> None:
    found = answer.call("running", list(events))
    expect(isinstance(found, dict), f"running should return a dictionary, but returns {found!r}.")
    wanted = expected(events)
    for key, right in wanted.items():
        expect(
            key in found and found[key] == right,
            f"After {shown(events)}: {key} should be {right!r}, but is "
            f"{found.get(key, 'missing')!r}.",
            hint=hint,
        )
    expect_equal(set(found), set(wanted), "What the dictionary has")


def check(answer: Answer) -> None:
    simple: list[Event] = [("deploy", "a1b2c3"), ("config", "LOG_LEVEL", "DEBUG")]
    compare(answer, simple, "Each event makes a release, a config var too.")
    back: list[Event] = [("deploy", "a1b2c3"), ("deploy", "d4e5f6"), ("rollback", 1)]
    compare(answer, back, "A rollback makes a new release out of an old one.")
    vars_too: list[Event] = [*simple, ("config", "LOG_LEVEL", "ERROR"), ("rollback", 2)]
    compare(
        answer,
        vars_too,
        "A rollback brings the config vars of then back. If your list keeps them: does each "
        "release have a dictionary of its own, or do all have one, which was changed later?",
    )
    to_none: list[Event] = [*simple, ("deploy", "d4e5f6"), ("rollback", 1)]
    compare(answer, to_none, "v1 had no config vars. Does your list still know that?")
    for _ in range(20):
        events = made(answer.random, answer.random.randint(4, 8))
        compare(answer, events, "Keep commit and config vars of each release in a list.")


# %% hints [markdown]
# - Keep a list of all releases: for each the commit and the config vars. An event adds one to it.
# - A deploy takes the config vars of the last release, a config var takes its commit, and a
#   rollback takes both from an older one.
# - Make a new dictionary for each release, as in `{**config, name: value}`. One that is changed
#   later changes in every release that holds it.


# %% wrong-old-number
# why: A rollback goes back to v1, so v1 runs.
# says: release should be 'v3', but is 'v1'
def running(events):
    releases = []
    commit, config, number = "", {}, 0
    for event in events:
        if event[0] == "deploy":
            commit = event[1]
        elif event[0] == "config":
            config = {**config, event[1]: event[2]}
        releases.append((commit, config))
        number = len(releases)
        if event[0] == "rollback":
            number = event[1]
            commit, config = releases[number - 1]
    return {"release": f"v{number}", "commit": commit, "config": config}


# %% wrong-config-stays
# why: A rollback is about code. Config vars have nothing to do with it.
# says: config should be {'LOG_LEVEL': 'DEBUG'}, but is {'LOG_LEVEL': 'ERROR'}
def running(events):
    commits, config = [], {}
    for event in events:
        if event[0] == "deploy":
            commits.append(event[1])
        elif event[0] == "config":
            config[event[1]] = event[2]
            commits.append(commits[-1])
        else:
            commits.append(commits[event[1] - 1])
    return {"release": f"v{len(commits)}", "commit": commits[-1], "config": config}


# %% wrong-one-dictionary
# why: The dictionary is kept in the list, so it is kept.
# says: but is {'LOG_LEVEL': 'ERROR'}
def running(events):
    releases = []
    commit, config = "", {}
    for event in events:
        if event[0] == "deploy":
            commit = event[1]
        elif event[0] == "config":
            config[event[1]] = event[2]
        else:
            commit, config = releases[event[1] - 1]
        releases.append((commit, config))
    return {"release": f"v{len(releases)}", "commit": commit, "config": config}


# %% wrong-from-zero
# why: The first in a list has the number 0, and so has the first release.
# says: release should be 'v2', but is 'v1'
def running(events):
    releases = []
    commit, config = "", {}
    for event in events:
        if event[0] == "deploy":
            commit = event[1]
        elif event[0] == "config":
            config = {**config, event[1]: event[2]}
        else:
            commit, config = releases[event[1] - 1]
        releases.append((commit, config))
    return {"release": f"v{len(releases) - 1}", "commit": commit, "config": config}


# %% right-recursive
def running(events):
    *before, (what, *details) = events
    if what == "rollback":
        found = running(before[: details[0]])
    else:
        found = running(before) if before else {"commit": "", "config": {}}
    if what == "deploy":
        found["commit"] = details[0]
    if what == "config":
        found["config"] = {**found["config"], details[0]: details[1]}
    return {**found, "release": f"v{len(events)}"}
