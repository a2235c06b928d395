# %% goal [markdown]
# # The load at which both cost the same
#
# **Goal.** `crossing(dollars, milliseconds)` gives the requests a month at which a container that
# is billed by use costs as much as a dyno at so many `dollars` a month.
#
# The container costs 0.00002525 dollars for each second at work. A request is at work for a whole
# number of `milliseconds`. What is billed for it is rounded **up** to the next 100 ms. Beside that,
# each million requests costs 0.40 dollars. The dyno is one dyno, whatever the load.

# %% instructor [markdown]
# Minutes: 8
#
# A crossing point worked out by hand. The rounding is what makes the difference: a request of 3 ms
# is billed for thirty-three times its time, and the crossing lies at a sixth of the load. Discuss:
# why does the answer hardly depend on how fast the app is?

# %% solution
import math

PER_SECOND = 0.00002525  # dollars
PER_MILLION = 0.40  # dollars
STEP = 100  # milliseconds


def crossing(dollars, milliseconds):
    # BEGIN SOLUTION: ...  # return requests a month
    billed = math.ceil(milliseconds / STEP) * STEP / 1000
    per_request = billed * PER_SECOND + PER_MILLION / 1_000_000
    return dollars / per_request
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, not_yet


def billed(milliseconds: int) -> float:
    return -(-milliseconds // 100) * 0.1


def check(answer: Answer) -> None:
    random = answer.random
    cases = [(7.0, 1000), (7.0, 3), (25.0, 200)]
    cases += [(random.choice([5.0, 50.0]), random.randint(101, 999)) for _ in range(3)]
    for dollars, milliseconds in cases:
        _try(answer, dollars, milliseconds)


def _try(answer: Answer, dollars: float, milliseconds: int) -> None:
    given = answer.call("crossing", dollars, milliseconds)
    expect(given is not None and given is not ..., "`crossing` returns nothing yet.")
    expect(
        isinstance(given, (int, float)) and not isinstance(given, bool),
        f"crossing({dollars:g}, {milliseconds}) should be a number, but is {given!r}.",
    )
    right = dollars / (billed(milliseconds) * 0.00002525 + 0.4e-6)
    if abs(given - right) < 0.002 * right:
        return
    raw = milliseconds / 1000
    shows = {
        "what the requests take is billed, not rounded up": dollars / (raw * 0.00002525 + 0.4e-6),
        "the price of the requests themselves is missing": dollars
        / (billed(milliseconds) * 0.00002525),
        "each request costs 0.40 dollars, and not a million of them": dollars
        / (billed(milliseconds) * 0.00002525 + 0.4),
        "a request of whole hundreds is rounded up once more": dollars
        / ((milliseconds // 100 + 1) * 0.1 * 0.00002525 + 0.4e-6),
        "the milliseconds are billed as if they were seconds": dollars
        / (-(-milliseconds // 100) * 100 * 0.00002525 + 0.4e-6),
        "the time is rounded down, or to the nearest step": dollars
        / (milliseconds // 100 * 0.1 * 0.00002525 + 0.4e-6),
    }
    why = [text for text, value in shows.items() if abs(given - value) < 0.002 * value]
    explained = f" It looks as if {why[0]}." if why else ""
    not_yet(
        f"For {dollars:g} dollars and {milliseconds} ms you have {given:,.0f} requests a month, "
        f"and at that load the container costs {given * dollars / right:,.2f} dollars.{explained}",
        hint="First: what does one request cost? Then: how many of them are so many dollars?",
    )


# %% hints [markdown]
# - Both cost the same when requests times the price of one request are the dollars of the dyno.
# - One request is billed for 0.1 s, or 0.2 s, or 0.3 s ... `math.ceil` rounds up.
# - `dollars / (billed_seconds * PER_SECOND + PER_MILLION / 1_000_000)`


# %% wrong-not-rounded
# why: What a request takes is taken for what is billed.
# says: not rounded up
def crossing(dollars, milliseconds):
    return dollars / (milliseconds / 1000 * 0.00002525 + 0.40 / 1_000_000)


# %% wrong-no-request-price
# why: The price of the requests is overlooked, because it looks small.
# says: the price of the requests themselves is missing
import math


def crossing(dollars, milliseconds):
    return dollars / (math.ceil(milliseconds / 100) / 10 * 0.00002525)


# %% wrong-one-step-too-many
# why: Whole division and one more, which is wrong for whole hundreds.
# says: of whole hundreds is rounded up once more
def crossing(dollars, milliseconds):
    return dollars / ((milliseconds // 100 + 1) / 10 * 0.00002525 + 0.40 / 1_000_000)


# %% wrong-milliseconds-as-seconds
# why: The price is for a second, the time is in milliseconds.
# says: as if they were seconds
import math


def crossing(dollars, milliseconds):
    return dollars / (math.ceil(milliseconds / 100) * 100 * 0.00002525 + 0.40 / 1_000_000)


# %% right-in-whole-steps
def crossing(dollars, milliseconds):
    steps = -(-milliseconds // 100)
    millionth_dollars = steps * 2.525 + 0.4
    return dollars * 1_000_000 / millionth_dollars
