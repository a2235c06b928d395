# Exercise 08.4: Count the codes
#
# **Goal.** `count_codes(lines)` returns how often each code stands in the router's lines, such as
# `{"H12": 2, "H27": 1}`.
#
# You get the lines of a log as `heroku logs` shows them, each with its time in front. Only what the
# router says of a request counts. Two things make it harder than it looks: an app may write what it
# likes, and a visitor may ask for any path. The check makes a new log each time.
#
# Check it: .venv/bin/lab check 08.4 in a terminal, or check("08.4") in a notebook.

import re


def count_codes(lines: list[str]) -> dict[str, int]:
    ...  # Your code here.
