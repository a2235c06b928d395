# Exercise 01.4: Breaking or not?
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

BREAKS = {
    "the answer gets one more field, currency": False,
    "the field version of the answer is removed": True,
    "a house may also have SolarPanels, which may be left out": False,
    "a house must also have LotArea": True,
    "YearBuilt may be left out from now on": False,
    "a request may have 1,000 houses, where it was 10,000": True,
    "prices are in euros, where they were in dollars": True,
    "there is a new path, /api/v1/neighborhoods": False,
    "an unknown neighbourhood gets 200 and the price null, where it was 422": True,
    "the server is written in another language, and answers the same": False,
}
