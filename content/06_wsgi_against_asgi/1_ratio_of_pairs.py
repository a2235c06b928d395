# %% goal [markdown]
# # The ratio of pairs
#
# **Goal.** `ratio(pairs)` returns how many times as fast the first server is as the second, such
# that it is 1 / that number when the two servers are swapped, and only runs of the same pair are
# compared with each other.
#
# `pairs` is a list of pairs of throughputs, such as `[(1040.0, 980.0), (610.0, 590.0)]`: the first
# server's and the second's, measured one right after the other.

# %% instructor [markdown]
# Minutes: 4
#
# Three ways to get it wrong are all in use: the mean of ratios (which favours whoever is called the
# first), the ratio of the means (which is no longer paired), and the best run over the best run.

# %% solution
import statistics


def ratio(pairs):
    # BEGIN SOLUTION: ...  # Your code here.
    return statistics.geometric_mean([first / second for first, second in pairs])
    # END SOLUTION


# %% check
import math
import statistics
from collections.abc import Callable

from lab.exercises.checking import Answer, expect, not_yet

Pairs = list[tuple[float, float]]

MISTAKES: list[tuple[Callable[[Pairs], float], str, str]] = [
    (
        lambda pairs: max(first for first, _ in pairs) / max(second for _, second in pairs),
        "That is the best run of the first server over the best run of the second, which need not "
        "be of the same pair.",
        "What do you have for each pair? And how do you take the mean of that?",
    ),
    (
        lambda pairs: sum(first for first, _ in pairs) / sum(second for _, second in pairs),
        "That is the mean of the first server over the mean of the second: runs of different pairs "
        "are mixed, and a pair from a quiet minute counts for more.",
        "What do you have for each pair? And how do you take the mean of that?",
    ),
    (
        lambda pairs: statistics.mean(first / second for first, second in pairs),
        "That is the ordinary mean of the ratios. With the servers swapped it does not come to 1 / "
        "that number.",
        "Which mean makes 2 and 0.5 come to 1?",
    ),
    (
        lambda pairs: statistics.median(first / second for first, second in pairs),
        "That is the median of the ratios: it looks at the middle of them alone, and with an even "
        "number of pairs it does not come to 1 / that number when the servers are swapped.",
        "Which mean makes 2 and 0.5 come to 1?",
    ),
    (
        lambda pairs: statistics.geometric_mean(second / first for first, second in pairs),
        "It is the wrong way round: it says how many times as fast the second is as the first.",
        "Which of the two throughputs is divided by the other?",
    ),
]


def check(answer: Answer) -> None:
    plain = answer.call("ratio", [(1000.0, 500.0), (500.0, 1000.0)])
    expect(
        isinstance(plain, (int, float)) and not isinstance(plain, bool),
        f"`ratio` returned {plain!r}. Wanted is a number.",
    )
    for how_many in (3, 2, 4, 6):  # of two, the median and the mean are the same
        pairs = [
            (answer.random.uniform(200, 2000), answer.random.uniform(200, 2000))
            for _ in range(how_many)
        ]
        got = answer.call("ratio", pairs)
        right = math.exp(statistics.mean(math.log(first / second) for first, second in pairs))
        if math.isclose(got, right, rel_tol=1e-6):
            continue
        for formula, message, hint in MISTAKES:
            if math.isclose(got, formula(pairs), rel_tol=1e-9):
                not_yet(message, hint=hint)
        not_yet(
            f"For {how_many} pairs, whose ratios are "
            f"{', '.join(f'{first / second:.2f}' for first, second in pairs)}, it returned "
            f"{got:.3f}. Wanted is {right:.3f}."
        )


# %% hints [markdown]
# - First make a list with the ratio of each pair. Then take their mean, by the right kind of mean.
# - Ratios multiply. The geometric mean is made for that: look at what the lesson used.
# - `statistics.geometric_mean([first / second for first, second in pairs])`

# %% wrong-mean-of-ratios
# why: The ordinary mean is taken of ratios, so whoever is called the first seems faster.
# says: That is the ordinary mean of the ratios
import statistics


def ratio(pairs):
    return statistics.mean(first / second for first, second in pairs)


# %% wrong-ratio-of-means
# why: The pairs are torn apart: all runs of each server are put together first.
# says: runs of different pairs are mixed
def ratio(pairs):
    first = sum(pair[0] for pair in pairs) / len(pairs)
    second = sum(pair[1] for pair in pairs) / len(pairs)
    return first / second


# %% wrong-best-of-all
# why: The best run is taken for the true one.
# says: the best run of the first server
def ratio(pairs):
    return max(first for first, _ in pairs) / max(second for _, second in pairs)


# %% wrong-median
# why: The median is taken, since one odd pair cannot move it far.
# says: That is the median of the ratios
import statistics


def ratio(pairs):
    return statistics.median(first / second for first, second in pairs)


# %% wrong-way-round
# why: The ratio is upside down.
# says: the wrong way round
import statistics


def ratio(pairs):
    return statistics.geometric_mean([second / first for first, second in pairs])


# %% right-by-logarithms
import math


def ratio(pairs):
    total = 0.0
    for first, second in pairs:
        total += math.log(first) - math.log(second)
    return math.exp(total / len(pairs))
