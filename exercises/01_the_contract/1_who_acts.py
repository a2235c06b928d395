# Exercise 01.1: Who has to act?
#
# **Goal.** `who_acts(status)` returns `"nobody"` for a status from 200 to 299, `"client"` from 400
# to 499, and `"server"` from 500 to 599.
#
# One line is enough. No other statuses will be asked for.
#
# Check it: .venv/bin/lab check 01.1 in a terminal, or check("01.1") in a notebook.

def who_acts(status):
    """Return who has to act after an answer with this status."""
    ...  # Your code here.
