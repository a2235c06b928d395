# %% goal [markdown]
# # Where are the mistakes?
#
# **Goal.** `wrong_fields(problem)` returns a list of the names that are wrong, one for each entry
# of `errors`, in the same order.
#
# `problem` is a problem document as you have just seen it: what `response.json()` gives. The name
# is the last part of an entry's `loc`. The price of a good house comes with `errors` that are
# `None`: then the list is empty.

# %% instructor [markdown]
# Minutes: 4
#
# The first exercise: reading an answer as a program does. It also shows how exercises work. What is
# forgotten is that `errors` may be None, and that a house may have several mistakes.

# %% solution
def wrong_fields(problem):
    """Return the name of each field that is wrong."""
    # BEGIN SOLUTION
    return [error["loc"][-1] for error in problem["errors"] or []]
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect

NAMES = ("OverallQual", "GrLivArea", "YearBuilt", "Neighborhood", "KitchenQual", "LotArea")


def problem_of(*names: str) -> dict[str, object]:
    return {
        "title": "Unprocessable Content",
        "status": 422,
        "errors": [
            {"loc": ["body", "inputs", place, name], "msg": "it is wrong", "type": "wrong"}
            for place, name in enumerate(names)
        ],
    }


def check(answer: Answer) -> None:
    some = answer.random.sample(NAMES, 3)
    for names in (["OverallQual"], ["GrLivArea", "YearBuilt"], some):
        got = answer.call("wrong_fields", problem_of(*names))
        expect(
            got is not None,
            "wrong_fields gives nothing back.",
            hint="A function gives a value back with `return`.",
        )
        expect(
            isinstance(got, list),
            f"For one document wrong_fields returned {got!r}. Wanted is a list of names.",
        )
        expect(
            got == names,
            f"In a document with {len(names)} mistake{'s' if len(names) > 1 else ''}, at "
            f"{' and '.join(names)}, wrong_fields returned {got!r}.",
            hint="Go through all entries of `errors`, and take the last part of each `loc`.",
        )
    good = {"predictions": [180000.0], "errors": None, "version": "1"}
    got = answer.call("wrong_fields", good)
    expect(
        got == [],
        f"Where `errors` is None, wrong_fields returned {got!r}, and should return an empty list.",
    )


# %% hints [markdown]
# - In the output above: how many entries has `errors`, and what stands last in `loc`?
# - `error["loc"][-1]` is the last part of `loc`. A loop over None does not work, one over `[]`
#   does.
# - `problem["errors"] or []` is an empty list where there are no errors.


# %% wrong-first-alone
# why: The example had one mistake, so one is looked for.
# says: In a document with 2 mistakes
def wrong_fields(problem):
    return [problem["errors"][0]["loc"][-1]] if problem["errors"] else []


# %% wrong-whole-loc
# why: The whole place is returned, and not the name.
# says: at OverallQual, wrong_fields returned [['body'
def wrong_fields(problem):
    return [error["loc"] for error in problem["errors"] or []]


# %% wrong-text
# why: A text for people is made, where a program wants a list.
# says: Wanted is a list of names
def wrong_fields(problem):
    return ", ".join(error["loc"][-1] for error in problem["errors"] or [])


# %% wrong-none
# why: The good answer is forgotten.
# says: Where `errors` is None
def wrong_fields(problem):
    return [error["loc"][-1] for error in problem["errors"]] if problem["errors"] else None


# %% right-with-a-loop
def wrong_fields(problem):
    names = []
    errors = problem["errors"]
    if errors is not None:
        for error in errors:
            *_, name = error["loc"]
            names.append(name)
    return names
