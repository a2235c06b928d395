# Exercise 07.3: The load at which both cost the same
#
# **Goal.** `crossing(dollars, milliseconds)` gives the requests a month at which a container that
# is billed by use costs as much as a dyno at so many `dollars` a month.
#
# The container costs 0.00002525 dollars for each second at work. A request is at work for a whole
# number of `milliseconds`. What is billed for it is rounded **up** to the next 100 ms. Beside that,
# each million requests costs 0.40 dollars. The dyno is one dyno, whatever the load.
#
# Check it: .venv/bin/lab check 07.3 in a terminal, or check("07.3") in a notebook.

import math

PER_SECOND = 0.00002525  # dollars
PER_MILLION = 0.40  # dollars
STEP = 100  # milliseconds


def crossing(dollars, milliseconds):
    ...  # return requests a month
