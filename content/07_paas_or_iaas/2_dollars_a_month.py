# %% goal [markdown]
# # Three prices, one unit
#
# **Goal.** `a_month` says for each of the three what it costs in dollars a month, when it works for
# the whole month.
#
# A month has 30 days. Each has one vCPU at work; where memory is billed by itself, it has half a
# unit of it.
#
# - `"machine"`: a virtual machine at 0.0816 dollars an hour.
# - `"container"`: a container at 0.000024 dollars a second for each vCPU, and 0.0000025 dollars a
#   second for each GiB of memory.
# - `"platform"`: a platform at 20 dollars a month for each vCPU, and 10 dollars a month for each GB
#   of memory.
#
# Then set `cheapest` to the name of the cheapest.

# %% instructor [markdown]
# Minutes: 5
#
# Units. The three prices are real list prices of 2024 to 2026, from lab/decide/prices.toml. Most
# mistakes are a month of 730 hours, and memory forgotten.

# %% solution
# BEGIN SOLUTION: a_month = {"machine": ..., "container": ..., "platform": ...}
a_month = {
    "machine": 0.0816 * 24 * 30,
    "container": (0.000024 + 0.5 * 0.0000025) * 60 * 60 * 24 * 30,
    "platform": 20 + 0.5 * 10,
}
# END SOLUTION
# BEGIN SOLUTION: cheapest = ...
cheapest = "platform"
# END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, not_yet

HOURS = 30 * 24
RIGHT = {
    "machine": 0.0816 * HOURS,
    "container": (0.000024 + 0.5 * 0.0000025) * HOURS * 3600,
    "platform": 25.0,
}
SHOWS = {
    ("machine", 0.0816 * 730): "That is a month of 730 hours. Here a month has 30 days.",
    ("machine", 0.0816 * 744): "That is a month of 31 days. Here a month has 30.",
    ("machine", 0.0816 * 24): "That is what a day costs.",
    ("container", 0.000024 * HOURS * 3600): "That is the vCPU alone. The memory is billed as well.",
    ("container", 0.0000265 * HOURS * 3600): "That has a whole GiB of memory. It has half of one.",
    ("container", 0.00002525 * HOURS * 60): "That counts the minutes of a month. The price is for "
    "a second.",
    ("container", 0.00002525 * 730 * 3600): "That is a month of 730 hours. Here it has 30 days.",
    ("platform", 20.0): "That is the vCPU alone. The memory is billed as well.",
    ("platform", 30.0): "That has a whole GB of memory. It has half of one.",
}


def check(answer: Answer) -> None:
    a_month = answer.get("a_month")
    expect(isinstance(a_month, dict), f"`a_month` should stay a dictionary, but is {a_month!r}.")
    for name, right in RIGHT.items():
        given = a_month.get(name, ...)
        expect(given is not ..., f"`a_month` has no price for {name!r} yet.")
        expect(
            isinstance(given, (int, float)) and not isinstance(given, bool),
            f"`a_month` has {given!r} for {name!r}. Wanted is a number of dollars.",
        )
        if not abs(given - right) <= 0.001 * right:  # what is not a number is not near to one
            shows = [
                text
                for (one, value), text in SHOWS.items()
                if one == name and abs(given - value) < 0.001 * value
            ]
            fallback = "Write down the unit of the price, and what it must be multiplied by."
            not_yet(f"For {name!r} you have {given:,.2f} dollars. {(shows or [fallback])[0]}")
    cheapest = answer.get("cheapest")
    expect(
        isinstance(cheapest, str) and cheapest in RIGHT,
        f"`cheapest` is {cheapest!r}. Wanted is one of the names: {', '.join(RIGHT)}.",
    )
    expect(cheapest == "platform", f"By your own prices, {cheapest!r} is not the cheapest.")


# %% hints [markdown]
# - 30 days have 720 hours, and 720 hours have 2,592,000 seconds.
# - Two prices have two parts: so much for the vCPU, and so much for the memory. Add them first.
# - The container costs 0.00002525 dollars a second.

# %% wrong-730-hours
# why: A month is taken as a twelfth of a year, as many price lists do.
# says: a month of 730 hours
a_month = {"machine": 0.0816 * 730, "container": 65.448, "platform": 25}
cheapest = "platform"

# %% wrong-no-memory
# why: Only the processor is counted.
# says: That is the vCPU alone
a_month = {"machine": 58.752, "container": 0.000024 * 2_592_000, "platform": 20}
cheapest = "platform"

# %% wrong-minutes
# why: The hours are turned into minutes and not into seconds.
# says: counts the minutes of a month
a_month = {"machine": 58.752, "container": 0.00002525 * 720 * 60, "platform": 25}
cheapest = "container"

# %% wrong-whole-gib
# why: The half unit of memory is overlooked.
# says: It has half of one
a_month = {"machine": 58.752, "container": 65.448, "platform": 20 + 10}
cheapest = "platform"

# %% right-by-convert
from lab.decide import convert

a_month = {
    "machine": convert(0.0816, "USD/h", "USD/month"),
    "container": convert(0.000024, "USD/s", "USD/month")
    + convert(0.00000125, "USD/s", "USD/month"),
    "platform": 25,
}
cheapest = min(a_month, key=a_month.get)
