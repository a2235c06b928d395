# Exercise 01.4: Breaking or not?
#
# **Goal.** `BREAKS` says for each of ten changes to an API whether it breaks the contract: `True`
# or `False`.
#
# A client is written carefully: it ignores fields that it does not know, and relies on everything
# that the old contract promised. Can a change make such a client fail, or make it understand
# something wrong? Then it breaks the contract.
#
# Check it: .venv/bin/lab check 01.4 in a terminal, or check("01.4") in a notebook.

BREAKS = {
    "the answer gets one more field, currency": ...,
    "the field version of the answer is removed": ...,
    "a house may also have SolarPanels, which may be left out": ...,
    "a house must also have LotArea": ...,
    "YearBuilt may be left out from now on": ...,
    "a request may have 1,000 houses, where it was 10,000": ...,
    "prices are in euros, where they were in dollars": ...,
    "there is a new path, /api/v1/neighborhoods": ...,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": ...,
    "the server is written in another language, and answers the same": ...,
}
