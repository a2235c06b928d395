# Exercise 01.2: Plan an API
#
# **Goal.** `PLAN` has method, path and status for each of eight jobs of a service that keeps
# *alerts*: "tell me when a house below this price is for sale".
#
# The service follows the same rules as the viewings: `/alerts` is all alerts together, and
# `/alerts/7` is the alert with number 7. For each job, replace the three `...` by the method, the
# path and the status that the server will answer with. The check sends your requests to such a
# server and says what it did.
#
# Check it: .venv/bin/lab check 01.2 in a terminal, or check("01.2") in a notebook.

PLAN = {
    "read all alerts": ("GET", "/alerts", 200),  # this one is done
    "make a new alert; the server chooses its number": (..., ..., ...),
    "read alert 7": (..., ..., ...),
    "replace alert 7 by a new version of it": (..., ..., ...),
    "remove alert 7; the answer has no body": (..., ..., ...),
    "read alert 8, which is not there": (..., ..., ...),
    "make a new alert with the price 'cheap'": (..., ..., ...),
    "remove all alerts at once, which is not offered": (..., ..., ...),
}
