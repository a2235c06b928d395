# Exercise 06.1: The ratio of pairs
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import statistics


def ratio(pairs):
    return statistics.geometric_mean([first / second for first, second in pairs])
