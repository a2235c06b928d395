# Exercise 01.5: A client that survives every answer
#
# **Goal.** `ask_price(url, house, sleep)` returns a price and an explanation: `(price, "")` when
# there is a price, else `(None, "why there is none")`, and it never raises an exception.
#
# | What happens | What `ask_price` does |
# |---|---|
# | 200 with a price in it | `(price, "")` |
# | 422 | `(None, …)`, and the text has the `msg` of every error in the problem document |
# | 503 with `Retry-After` | calls `sleep` with these seconds, then asks once more |
# | 503 once more | `(None, …)` |
# | any other status, no answer, or an answer that holds no price | `(None, …)` after one attempt |
#
# Wait 5 seconds for an answer at most. The check calls your function on servers that answer in all
# these ways. It gives you a `sleep` of its own, so that nobody really has to wait.
#
# Check it: lab check 01.5 in a terminal, or check("01.5") in a notebook.

import time

import requests


def ask_price(url, house, sleep=time.sleep):
    """Return (price, ""), or (None, why there is none). Never raises an exception."""
    ...  # Your code here.
