# %% goal [markdown]
# # How many dynos, and what they cost
#
# **Goal.** `monthly_cost(requests, milliseconds, idle, peak)` gives the dollars a month for as many
# dynos as the load takes.
#
# A dyno costs 25 dollars a month, whether it works or not, and has one processor. In the busiest
# minutes its processor may be busy for at most 60 % of the time. `requests` is for a month of 30
# days, and all of them come in the part of it that is not `idle` (0.75: for three quarters of the
# month nobody asks). In the busiest minutes there are `peak` times as many as usual. One request
# keeps a processor busy for so many `milliseconds`. There is always at least one dyno.

# %% instructor [markdown]
# Minutes: 8
#
# The formula that stands above in the lesson, made to run. Idle time makes the rest of the month
# busier, a peak counts fully, and dynos come whole. It is the average load that most people plan
# for.

# %% solution
import math

PRICE = 25  # dollars a month, of one dyno
BUSY = 0.6  # of the time, at most


def monthly_cost(requests, milliseconds, idle, peak):
    # BEGIN SOLUTION: ...  # return dollars
    seconds = 30 * 24 * 3600 * (1 - idle)
    requests_a_second = requests / seconds * peak
    dynos = math.ceil(requests_a_second * milliseconds / 1000 / BUSY)
    return PRICE * max(1, dynos)
    # END SOLUTION


# %% check
import math

from lab.exercises.checking import Answer, expect, not_yet

SECONDS = 30 * 24 * 3600


def needed(requests: float, milliseconds: float, idle: float, peak: float) -> float:
    return requests / (SECONDS * (1 - idle)) * peak * milliseconds / 1000 / 0.6


def check(answer: Answer) -> None:
    random = answer.random
    # Each of the first ones shows one thing that can be forgotten.
    cases = [
        (50_000_000, 100, 0.75, 1),
        (50_000_000, 100, 0.0, 1),
        (50_000_000, 100, 0.0, 7),
        (0, 100, 0.5, 3),
    ]
    for _ in range(3):
        case = (random.randint(10, 90) * 10**6, random.randint(40, 300), 0.5, random.randint(2, 9))
        # A load at the edge of a whole dyno would test the rounding of the machine.
        if abs(needed(*case) - round(needed(*case))) > 0.01:
            cases.append(case)
    for case in cases:
        _try(answer, case)


def _try(answer: Answer, case: tuple[int, int, float, int]) -> None:
    given = answer.call("monthly_cost", *case)
    expect(given is not None and given is not ..., "`monthly_cost` returns nothing yet.")
    expect(
        isinstance(given, (int, float)) and not isinstance(given, bool),
        f"monthly_cost{case} should be a number, but is {given!r}.",
    )
    requests, milliseconds, idle, peak = case
    right = 25 * max(1, math.ceil(needed(*case)))
    if abs(given - right) < 0.01:
        return
    shows = {
        "the idle time is not counted: the requests come in the rest of the month": 25
        * max(1, math.ceil(needed(requests, milliseconds, 0, peak))),
        "the peak is not counted": 25 * max(1, math.ceil(needed(requests, milliseconds, idle, 1))),
        "the dynos are not whole ones": 25 * needed(*case),
        "the dynos are rounded down, or to the nearest": 25 * math.floor(needed(*case)),
        "the processors may be busy all the time, and not for 60 % of it": 25
        * max(1, math.ceil(needed(*case) * 0.6)),
        "the work is multiplied by 60 %: but a limit on it takes more dynos, not fewer": 25
        * max(1, math.ceil(needed(*case) * 0.36)),
        "the milliseconds are not turned into seconds": 25 * math.ceil(needed(*case) * 1000),
        "the peak comes after the rounding: first all work, then whole dynos": 25
        * peak
        * max(1, math.ceil(needed(requests, milliseconds, idle, 1))),
        "the requests come in the idle part, and not in the rest": 25
        * max(1, math.ceil(needed(requests, milliseconds, 1 - idle, peak) if idle else 0)),
        "idle time makes a dyno cheaper: but it is there, and paid for, all month": right
        * (1 - idle),
    }
    if not requests:
        not_yet(f"Without a request you have {given:g} dollars, but one dyno is always there.")
    why = [text for text, value in shows.items() if abs(given - value) < 0.01]
    explained = f" It looks as if {why[0]}." if why else ""
    not_yet(
        f"For {requests:,} requests of {milliseconds} ms, idle {idle:g} and peak {peak} you have "
        f"{given:,.2f} dollars. Wanted are {right:,} dollars.{explained}",
        hint="Work in steps: requests in a busy second, seconds of work in it, dynos, dollars.",
    )


# %% hints [markdown]
# - Begin with the seconds in which requests come: 2,592,000, without the idle part.
# - Requests in a busy second, times the seconds that one takes, are processors that are busy all
#   the time. They may be busy for 60 %, so you need more.
# - Round up, and take at least one: `max(1, math.ceil(...))`.

# %% wrong-idle-forgotten
# why: The requests are spread over the whole month.
# says: the idle time is not counted
import math


def monthly_cost(requests, milliseconds, idle, peak):
    work = requests * peak / 2_592_000 * milliseconds / 1000
    return 25 * max(1, math.ceil(work / 0.6))


# %% wrong-average
# why: It is planned for the average, and not for the busiest minutes.
# says: the peak is not counted
import math


def monthly_cost(requests, milliseconds, idle, peak):
    work = requests / (2_592_000 * (1 - idle)) * milliseconds / 1000
    return 25 * max(1, math.ceil(work / 0.6))


# %% wrong-part-of-a-dyno
# why: Nobody sells 0.4 of a dyno.
# says: the dynos are not whole ones
def monthly_cost(requests, milliseconds, idle, peak):
    work = requests * peak / (2_592_000 * (1 - idle)) * milliseconds / 1000
    return 25 * work / 0.6


# %% wrong-none-for-none
# why: Without requests no dyno is taken to be needed.
# says: one dyno is always there
import math


def monthly_cost(requests, milliseconds, idle, peak):
    work = requests * peak / (2_592_000 * (1 - idle)) * milliseconds / 1000
    return 25 * math.ceil(work / 0.6)


# %% right-in-one-line
def monthly_cost(requests, milliseconds, idle, peak):
    full = 0.6 * 1000 * 2_592_000 * (1 - idle)  # milliseconds that one dyno may work
    return 25 * max(1, int(-(-requests * peak * milliseconds // full)))
