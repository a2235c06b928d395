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
# | any other status, also 201, or 503 without `Retry-After` | `(None, …)` after one attempt |
# | no answer, or none within 5 seconds | `(None, …)` after one attempt |
# | 200, and what should be the price is no number | `(None, …)` after one attempt |
#
# `url` is the address of the server, such as `http://127.0.0.1:8000`; the path of the prediction
# comes behind it. The check calls your function on servers that answer in all these ways. It gives
# you a `sleep` of its own, so that nobody really has to wait.
#
# Check it: .venv/bin/lab check 01.5 in a terminal, or check("01.5") in a notebook.

import time

import requests


def ask_price(url, house, sleep=time.sleep):
    """Return (price, ""), or (None, why there is none). Never raises an exception."""
    ...  # Your code here.
