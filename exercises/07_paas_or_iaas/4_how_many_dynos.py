# Exercise 07.4: How many dynos, and what they cost
#
# **Goal.** `monthly_cost(requests, milliseconds, idle, peak)` gives the dollars a month for as many
# dynos as the load takes.
#
# A dyno costs 25 dollars a month, whether it works or not, and has one processor. In the busiest
# minutes its processor may be busy for at most 60 % of the time. `requests` is for a month of 30
# days, and all of them come in the part of it that is not `idle` (0.75: for three quarters of the
# month nobody asks). In the busiest minutes there are `peak` times as many as usual. One request
# keeps a processor busy for so many `milliseconds`. There is always at least one dyno.
#
# Check it: .venv/bin/lab check 07.4 in a terminal, or check("07.4") in a notebook.

import math

PRICE = 25  # dollars a month, of one dyno
BUSY = 0.6  # of the time, at most


def monthly_cost(requests, milliseconds, idle, peak):
    ...  # return dollars
