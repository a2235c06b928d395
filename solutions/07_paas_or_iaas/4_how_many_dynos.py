# Exercise 07.4: How many dynos, and what they cost
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import math

PRICE = 25  # dollars a month, of one dyno
BUSY = 0.6  # of the time, at most


def monthly_cost(requests, milliseconds, idle, peak):
    seconds = 30 * 24 * 3600 * (1 - idle)
    requests_a_second = requests / seconds * peak
    dynos = math.ceil(requests_a_second * milliseconds / 1000 / BUSY)
    return PRICE * max(1, dynos)
