# %% goal [markdown]
# # What may come back?
#
# **Goal.** `may_answer(contract, method, path)` returns the set of statuses, as whole numbers, that
# an OpenAPI document lists for an operation; for an operation that it does not list, the empty set.
#
# `contract` is a dictionary like the one in the lesson. The method may come in capitals:
# `may_answer(contract, "POST", "/api/v1/predict")`.

# %% instructor [markdown]
# Minutes: 7
#
# The document is nested dictionaries, and three details of it trip people: methods are keys in
# small letters, statuses are keys of text, and what is not in the contract must not be a crash.

# %% solution
def may_answer(contract, method, path):
    """Return the set of statuses that may come back; empty when the contract has no such way."""
    # BEGIN SOLUTION
    operation = contract["paths"].get(path, {}).get(method.lower(), {})
    return {int(status) for status in operation.get("responses", {})}
    # END SOLUTION


# %% check
import random
from typing import Any

from lab.exercises.checking import Answer, expect, not_yet

STATUSES = (200, 201, 204, 400, 401, 404, 409, 413, 415, 422, 500, 502, 503)
NOUNS = ("alerts", "houses", "prices", "viewings")
METHODS = ("get", "post", "put", "delete")


def invented(chance: random.Random) -> dict[str, Any]:
    """Return a contract of a few paths; each has two methods, with statuses of their own."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Invented", "version": "1.0.0"},
        "paths": {
            f"/api/v1/{noun}": {
                method: {
                    "operationId": f"{method}_{noun}",
                    "responses": {
                        str(status): {"description": "as it says"}
                        for status in sorted(chance.sample(STATUSES, 4))
                    },
                }
                for method in chance.sample(METHODS, 2)
            }
            for noun in chance.sample(NOUNS, 3)
        },
    }


def ask(answer: Answer, contract: dict[str, Any], method: str, path: str) -> object:
    try:
        return answer.call("may_answer", contract, method, path)
    except KeyError as error:
        not_yet(
            f"For {method} {path}, your function ended in KeyError: {error}. The contract's paths "
            f"are {', '.join(contract['paths'])}; "
            f"the methods of this path are {', '.join(contract['paths'].get(path, {})) or 'none'}.",
            hint="Look at how a method is written in the contract. And `get` of a dictionary does "
            "not fail for a key that is not there.",
        )


def check(answer: Answer) -> None:
    contract = invented(answer.random)
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            for spelt in (method, method.upper()):
                wanted = {int(status) for status in operation["responses"]}
                compare(spelt, path, ask(answer, contract, spelt, path), wanted)
    path, methods = next(iter(contract["paths"].items()))
    missing = next(method for method in METHODS if method not in methods)
    compare(missing.upper(), path, ask(answer, contract, missing.upper(), path), set())
    compare("GET", "/nowhere", ask(answer, contract, "GET", "/nowhere"), set())


def compare(method: str, path: str, got: object, wanted: set[int]) -> None:
    asked = f"For {method} {path}, may_answer returned {shown(got)}"
    expect(got is not None, f"For {method} {path}, may_answer gives nothing back.")
    if isinstance(got, list | tuple | set | frozenset | dict) and got:
        expect(
            not all(isinstance(status, str) for status in got),
            f"{asked}. The statuses are texts, and whole numbers are wanted: 200, not '200'.",
            hint="JSON allows only text as a key. `int` makes a number of it.",
        )
    expect(
        isinstance(got, set | frozenset),
        f"{asked}, which is of type {type(got).__name__}. A set is wanted.",
    )
    expect(
        got == wanted,
        f"{asked}. The contract lists {sorted(wanted) or 'no statuses'} for it.",
        hint="The contract lists statuses for each method of a path.",
    )


def shown(got: object) -> str:
    """Return what came as text; a set in order, so that it reads the same each time."""
    if isinstance(got, set | frozenset) and got:
        return f"{{{', '.join(sorted(map(repr, got)))}}}"
    return repr(got)


# %% hints [markdown]
# - The lesson's loop over all operations prints exactly these statuses. Which keys lead there?
# - `contract["paths"][path]` has the methods as keys, in small letters. `method.lower()` makes them
#   so.
# - `d.get(key, {})` gives an empty dictionary when the key is not there, and the next `get` can go
#   on from that.
# - The keys of `responses` are texts; `{int(status) for status in …}` is a set of numbers.


# %% wrong-texts
# why: The keys of `responses` look like numbers when they are printed.
# says: whole numbers are wanted
def may_answer(contract, method, path):
    operation = contract["paths"].get(path, {}).get(method.lower(), {})
    return set(operation.get("responses", {}))


# %% wrong-capitals
# why: Methods are written in capitals everywhere else, so nothing is done about them.
# says: The contract's paths are
def may_answer(contract, method, path):
    return {int(status) for status in contract["paths"][path][method]["responses"]}


# %% wrong-all-methods
# why: All statuses of the path, whichever method was asked for.
# says: The contract lists [
def may_answer(contract, method, path):
    method = method.lower()
    return {
        int(status)
        for operation in contract["paths"].get(path, {}).values()
        for status in operation["responses"]
    }


# %% wrong-unknown-is-404
# why: "A path that is not there answers 404": true of the server, and not what the contract lists.
# says: The contract lists no statuses for it
def may_answer(contract, method, path):
    operation = contract["paths"].get(path, {}).get(method.lower())
    if operation is None:
        return {404}
    return {int(status) for status in operation["responses"]}


# %% wrong-list
# why: A list reads the same, but it has an order and may hold things twice.
# says: A set is wanted
def may_answer(contract, method, path):
    operation = contract["paths"].get(path, {}).get(method.lower(), {})
    return [int(status) for status in operation.get("responses", {})]


# %% right-with-if
def may_answer(contract, method, path):
    found = set()
    if path in contract["paths"]:
        methods = contract["paths"][path]
        if method.lower() in methods:
            for status in methods[method.lower()]["responses"]:
                found.add(int(status))
    return found


# %% right-with-try
def may_answer(contract, method, path):
    try:
        responses = contract["paths"][path][method.lower()]["responses"]
    except KeyError:
        return set()
    return set(map(int, responses))
