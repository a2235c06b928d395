# Exercise 07.3: The load at which both cost the same
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import math

PER_SECOND = 0.00002525  # dollars
PER_MILLION = 0.40  # dollars
STEP = 100  # milliseconds


def crossing(dollars, milliseconds):
    billed = math.ceil(milliseconds / STEP) * STEP / 1000
    per_request = billed * PER_SECOND + PER_MILLION / 1_000_000
    return dollars / per_request
