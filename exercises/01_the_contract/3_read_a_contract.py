# Exercise 01.3: What may come back?
#
# **Goal.** `may_answer(contract, method, path)` returns the set of statuses, as whole numbers, that
# an OpenAPI document lists for an operation; for an operation that it does not list, the empty set.
#
# `contract` is a dictionary like the one in the lesson. The method may come in capitals:
# `may_answer(contract, "POST", "/api/v1/predict")`.
#
# Check it: .venv/bin/lab check 01.3 in a terminal, or check("01.3") in a notebook.

def may_answer(contract, method, path):
    """Return the set of statuses that may come back; empty when the contract has no such way."""
    ...  # Your code here.
