# %% goal [markdown]
# # Read the verdict
#
# **Goal.** Give each of the four reports its verdict, and say of two of them whether they prove the
# claim "at least 1.5 times as fast".
#
# In `verdict`, write `"faster"`, `"slower"`, `"equivalent"`, `"undecided"` or `"invalid"` for each
# report. The margin is 5 %: from 0.95 to 1.05 counts as equal. In `claim`, write `"holds"`,
# `"does not hold"` or `"undecided"`.

# %% instructor [markdown]
# Minutes: 5
#
# Two habits are broken here: to look at the estimate without its interval, and to look at a ratio
# without its A/A pair. Report D has the largest ratio of all and says nothing.

# %% solution
# The ratio with its 95 % interval, and the same for the A/A pairs.
REPORTS = {
    "A": {"ratio": (1.32, 1.21, 1.44), "A/A": (1.01, 0.97, 1.05)},
    "B": {"ratio": (1.02, 0.99, 1.04), "A/A": (1.00, 0.98, 1.03)},
    "C": {"ratio": (1.09, 0.95, 1.25), "A/A": (1.02, 0.93, 1.11)},
    "D": {"ratio": (1.66, 1.52, 1.81), "A/A": (1.31, 1.19, 1.44)},
}

# BEGIN SOLUTION: verdict = {"A": ..., "B": ..., "C": ..., "D": ...}
verdict = {"A": "faster", "B": "equivalent", "C": "undecided", "D": "invalid"}
# END SOLUTION

# "At least 1.5 times as fast": does it hold, by report A and by report E?
E = {"ratio": (1.47, 1.30, 1.66), "A/A": (1.00, 0.96, 1.04)}
# BEGIN SOLUTION: claim = {"A": ..., "E": ...}
claim = {"A": "does not hold", "E": "undecided"}
# END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, not_yet

VERDICTS = ("faster", "slower", "equivalent", "undecided", "invalid")
CLAIMS = ("holds", "does not hold", "undecided")
RIGHT = {"A": "faster", "B": "equivalent", "C": "undecided", "D": "invalid"}
SHOWS = {
    ("A", "undecided"): "Its interval does not hold 1, and its A/A pairs are close to 1.",
    (
        "B",
        "undecided",
    ): "Its whole interval lies between 0.95 and 1.05, so it does decide something.",
    ("B", "faster"): "Its interval begins below 1, so the first server may even be the slower one.",
    ("C", "faster"): "Its interval goes from below 1 to above 1.",
    ("C", "equivalent"): "Its interval holds 1, but also 1.25, which is far from equal. That no "
    "difference was found does not mean that there is none.",
    ("D", "faster"): "In this report one and the same server came out as 1.31 times as fast as "
    "itself.",
    ("D", "undecided"): "More pairs would not help it: look at its A/A pairs.",
}


def check(answer: Answer) -> None:
    given = answer.get("verdict")
    expect(isinstance(given, dict), f"`verdict` should stay a dictionary, but is {given!r}.")
    for report, right in RIGHT.items():
        said = _one_of(given, report, VERDICTS, "verdict")
        if said != right:
            shows = SHOWS.get((report, said), "Hold its interval against 1 and against the margin.")
            not_yet(f"Report {report} is not “{said}”. {shows}")
    claim = answer.get("claim")
    expect(isinstance(claim, dict), f"`claim` should stay a dictionary, but is {claim!r}.")
    expect(
        _one_of(claim, "A", CLAIMS, "claim") == "does not hold",
        f"By report A you say “{claim['A']}” of the claim. Its whole interval, 1.21 to 1.44, lies "
        "on one side of 1.5.",
        hint="“Faster” and “at least 1.5 times as fast” are two different statements.",
    )
    expect(
        _one_of(claim, "E", CLAIMS, "claim") == "undecided",
        f"By report E you say “{claim['E']}” of the claim. Its interval goes from 1.30 to 1.66.",
        hint="Could the true ratio be 1.4? Could it be 1.6?",
    )


def _one_of(given: dict[str, object], report: str, words: tuple[str, ...], name: str) -> str:
    said = given.get(report, ...)
    expect(said is not ..., f"`{name}` has nothing for report {report} yet.")
    expect(
        isinstance(said, str) and said.lower() in words,
        f"`{name}` has {said!r} for report {report}. Wanted is one of: {', '.join(words)}.",
    )
    return str(said).lower()


# %% hints [markdown]
# - Look at the A/A pairs first. Does their interval hold 1? If not, and their ratio is over 5 %
#   from 1, the report is worth nothing.
# - Then hold the whole interval of the ratio against 1, and against 0.95 to 1.05.
# - A claim of 1.5 holds when the whole interval lies above 1.5, and does not when it lies below.

# %% wrong-estimates-only
# why: Only the estimate is looked at, so all but one seem faster.
# says: Its interval goes from below 1 to above 1
verdict = {"A": "faster", "B": "equivalent", "C": "faster", "D": "faster"}
claim = {"A": "does not hold", "E": "does not hold"}

# %% wrong-no-difference
# why: "No difference was found" is taken for "there is none".
# says: does not mean that there is none
verdict = {"A": "faster", "B": "equivalent", "C": "equivalent", "D": "invalid"}
claim = {"A": "does not hold", "E": "undecided"}

# %% wrong-without-control
# why: The A/A pairs are not looked at.
# says: one and the same server
verdict = {"A": "faster", "B": "equivalent", "C": "undecided", "D": "faster"}
claim = {"A": "does not hold", "E": "undecided"}

# %% wrong-faster-is-enough
# why: Faster is taken for much faster.
# says: lies on one side of 1.5
verdict = {"A": "faster", "B": "equivalent", "C": "undecided", "D": "invalid"}
claim = {"A": "holds", "E": "undecided"}

# %% wrong-by-estimate
# why: The estimate is below 1.5, so the claim seems disproved.
# says: Its interval goes from 1.30 to 1.66
verdict = {"A": "faster", "B": "equivalent", "C": "undecided", "D": "invalid"}
claim = {"A": "does not hold", "E": "does not hold"}

# %% right-upper-case
verdict = dict(zip("ABCD", ["Faster", "Equivalent", "Undecided", "Invalid"], strict=True))
claim = {"E": "undecided", "A": "does not hold"}
