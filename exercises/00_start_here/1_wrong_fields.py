# Exercise 00.1: Where are the mistakes?
#
# **Goal.** `wrong_fields(problem)` returns a list of the names that are wrong, one for each entry
# of `errors`, in the same order.
#
# `problem` is a problem document as you have just seen it: what `response.json()` gives. The name
# is the last part of an entry's `loc`. The price of a good house comes with `errors` that are
# `None`: then the list is empty.
#
# Check it: .venv/bin/lab check 00.1 in a terminal, or check("00.1") in a notebook.

def wrong_fields(problem):
    """Return the name of each field that is wrong."""
    ...  # Your code here.
