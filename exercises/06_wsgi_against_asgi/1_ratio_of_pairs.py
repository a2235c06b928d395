# Exercise 06.1: The ratio of pairs
#
# **Goal.** `ratio(pairs)` returns how many times as fast the first server is as the second, such
# that it is 1 / that number when the two servers are swapped, and only runs of the same pair are
# compared with each other.
#
# `pairs` is a list of pairs of throughputs, such as `[(1040.0, 980.0), (610.0, 590.0)]`: the first
# server's and the second's, measured one right after the other.
#
# Check it: .venv/bin/lab check 06.1 in a terminal, or check("06.1") in a notebook.

import statistics


def ratio(pairs):
    ...  # Your code here.
