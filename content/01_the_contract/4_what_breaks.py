# %% goal [markdown]
# # Breaking or not?
#
# **Goal.** `BREAKS` says for each of ten changes to an API whether it breaks the contract: `True`
# or `False`.
#
# A client is written carefully: it ignores fields that it does not know, and relies on everything
# that the old contract promised. Can a change make such a client fail, or make it understand
# something wrong? Then it breaks the contract.

# %% instructor [markdown]
# Minutes: 8
#
# Good for a discussion in pairs before the check. The two directions are the point: what a provider
# gives may grow, what it asks for may shrink. The message names the rule for the first wrong one.

# %% solution
BREAKS = {
    # BEGIN SOLUTION: "the answer gets one more field, currency": ...,
    "the answer gets one more field, currency": False,
    # END SOLUTION
    # BEGIN SOLUTION: "the field version of the answer is removed": ...,
    "the field version of the answer is removed": True,
    # END SOLUTION
    # BEGIN SOLUTION: "a house may also have SolarPanels, which may be left out": ...,
    "a house may also have SolarPanels, which may be left out": False,
    # END SOLUTION
    # BEGIN SOLUTION: "a house must also have LotArea": ...,
    "a house must also have LotArea": True,
    # END SOLUTION
    # BEGIN SOLUTION: "YearBuilt may be left out from now on": ...,
    "YearBuilt may be left out from now on": False,
    # END SOLUTION
    # BEGIN SOLUTION: "a request may have 1,000 houses, where it was 10,000": ...,
    "a request may have 1,000 houses, where it was 10,000": True,
    # END SOLUTION
    # BEGIN SOLUTION: "prices are in euros, where they were in dollars": ...,
    "prices are in euros, where they were in dollars": True,
    # END SOLUTION
    # BEGIN SOLUTION: "there is a new path, /api/v1/neighborhoods": ...,
    "there is a new path, /api/v1/neighborhoods": False,
    # END SOLUTION
    # BEGIN SOLUTION: "an unknown neighbourhood gets 200 and the price null, where it was 422": ...,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": True,
    # END SOLUTION
    # BEGIN SOLUTION: "the server is written in another language, and answers the same": ...,
    "the server is written in another language, and answers the same": False,
    # END SOLUTION
}


# %% check
from lab.exercises.checking import Answer, expect

GIVES_MORE = "A careful client ignores what it does not know"
ASKS_MORE = "A client that was in order yesterday is refused with 422 today"
REASONS = {
    "the answer gets one more field, currency": (False, f"{GIVES_MORE}, and all else is there."),
    "the field version of the answer is removed": (
        True,
        "The contract promised it, so some client may rely on it. You cannot know which one.",
    ),
    "a house may also have SolarPanels, which may be left out": (
        False,
        "Nobody has to send it: every old request is still in order.",
    ),
    "a house must also have LotArea": (True, f"{ASKS_MORE}: it does not send this field."),
    "YearBuilt may be left out from now on": (
        False,
        "Who sends it may go on doing so. To ask for less refuses nobody.",
    ),
    "a request may have 1,000 houses, where it was 10,000": (
        True,
        f"{ASKS_MORE}: it may send 5,000 houses.",
    ),
    "prices are in euros, where they were in dollars": (
        True,
        "The form is the same and the meaning is another: the client shows wrong prices, and "
        "nothing fails.",
    ),
    "there is a new path, /api/v1/neighborhoods": (
        False,
        "Nobody has to use it, and the old paths are as they were.",
    ),
    "an unknown neighbourhood gets 200 and the price null, where it was 422": (
        True,
        "A client that trusts 200 reads a price, and there is none. The status was a promise.",
    ),
    "the server is written in another language, and answers the same": (
        False,
        "A contract says what travels, not how the other side is made.",
    ),
}


def check(answer: Answer) -> None:
    given = answer.get("BREAKS")
    expect(isinstance(given, dict), "BREAKS is no dictionary any more.")
    for change in REASONS:
        expect(change in given, f"BREAKS has no entry for the change: {change}.")
        expect(
            given[change] is not ...,
            f"BREAKS is not filled in yet for the change: {change}.",
        )
        expect(
            isinstance(given[change], bool),
            f"For the change '{change}', BREAKS has {given[change]!r}. It should be True or False.",
        )
    values = set(given.values())
    expect(
        len(values) == 2,
        f"BREAKS says {values.pop()} for all ten changes. Some break the contract and some do not.",
    )
    wrong = [change for change, (breaks, _) in REASONS.items() if given[change] is not breaks]
    if wrong:
        first = wrong[0]
        said = "breaks the contract" if given[first] else "does not break the contract"
        more = f" ({len(wrong)} of the ten are not right yet.)" if len(wrong) > 1 else ""
        expect(False, f"You say that this {said}: {first}. But: {REASONS[first][1]}{more}")


# %% hints [markdown]
# - Take the side of a client that works today and is not changed. What will it notice?
# - Sort the ten into what the provider *gives* and what it *asks for*. More of the one is harmless,
#   more of the other is not.
# - The same form with another meaning is the worst break of all.

# %% wrong-every-change-breaks
# why: "A contract must never change": then no API could ever grow.
# says: BREAKS says True for all ten changes
BREAKS = {
    "the answer gets one more field, currency": True,
    "the field version of the answer is removed": True,
    "a house may also have SolarPanels, which may be left out": True,
    "a house must also have LotArea": True,
    "YearBuilt may be left out from now on": True,
    "a request may have 1,000 houses, where it was 10,000": True,
    "prices are in euros, where they were in dollars": True,
    "there is a new path, /api/v1/neighborhoods": True,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": True,
    "the server is written in another language, and answers the same": True,
}

# %% wrong-more-is-always-fine
# why: One more field is harmless in an answer, so it is taken to be harmless in a request.
# says: it does not send this field
BREAKS = {
    "the answer gets one more field, currency": False,
    "the field version of the answer is removed": True,
    "a house may also have SolarPanels, which may be left out": False,
    "a house must also have LotArea": False,
    "YearBuilt may be left out from now on": False,
    "a request may have 1,000 houses, where it was 10,000": True,
    "prices are in euros, where they were in dollars": True,
    "there is a new path, /api/v1/neighborhoods": False,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": True,
    "the server is written in another language, and answers the same": False,
}

# %% wrong-only-the-form
# why: Only the form is looked at, and it is the same in euros.
# says: the client shows wrong prices, and nothing fails
BREAKS = {
    "the answer gets one more field, currency": False,
    "the field version of the answer is removed": True,
    "a house may also have SolarPanels, which may be left out": False,
    "a house must also have LotArea": True,
    "YearBuilt may be left out from now on": False,
    "a request may have 1,000 houses, where it was 10,000": True,
    "prices are in euros, where they were in dollars": False,
    "there is a new path, /api/v1/neighborhoods": False,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": True,
    "the server is written in another language, and answers the same": False,
}

# %% wrong-less-is-always-bad
# why: To drop a requirement looks like dropping a field.
# says: To ask for less refuses nobody
BREAKS = {
    "the answer gets one more field, currency": False,
    "the field version of the answer is removed": True,
    "a house may also have SolarPanels, which may be left out": False,
    "a house must also have LotArea": True,
    "YearBuilt may be left out from now on": True,
    "a request may have 1,000 houses, where it was 10,000": True,
    "prices are in euros, where they were in dollars": True,
    "there is a new path, /api/v1/neighborhoods": False,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": True,
    "the server is written in another language, and answers the same": False,
}

# %% wrong-friendlier-is-better
# why: An answer instead of an error looks friendlier.
# says: A client that trusts 200 reads a price
BREAKS = {
    "the answer gets one more field, currency": False,
    "the field version of the answer is removed": True,
    "a house may also have SolarPanels, which may be left out": False,
    "a house must also have LotArea": True,
    "YearBuilt may be left out from now on": False,
    "a request may have 1,000 houses, where it was 10,000": True,
    "prices are in euros, where they were in dollars": True,
    "there is a new path, /api/v1/neighborhoods": False,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": False,
    "the server is written in another language, and answers the same": False,
}

# %% wrong-not-finished
# why: One entry was left as it was.
# says: BREAKS is not filled in yet for the change: the field version
BREAKS = {
    "the answer gets one more field, currency": False,
    "the field version of the answer is removed": ...,
}

# %% right-made-of-two-lists
harmful = [
    "the field version of the answer is removed",
    "a house must also have LotArea",
    "a request may have 1,000 houses, where it was 10,000",
    "prices are in euros, where they were in dollars",
    "an unknown neighbourhood gets 200 and the price null, where it was 422",
]
harmless = [
    "the answer gets one more field, currency",
    "a house may also have SolarPanels, which may be left out",
    "YearBuilt may be left out from now on",
    "there is a new path, /api/v1/neighborhoods",
    "the server is written in another language, and answers the same",
]
BREAKS = dict.fromkeys(harmful, True) | dict.fromkeys(harmless, False)
