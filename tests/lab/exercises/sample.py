"""The source of a small exercise."""

SOURCE = """\
# %% goal [markdown]
# # Twice
#
# **Goal.** `double(3)`
# is 6.
#
# A function gives something back.

# %% instructor [markdown]
# Minutes: 3
#
# Returning is not printing.

# %% solution
def double(number):
    # BEGIN SOLUTION: ...  # Give back twice the number.
    return 2 * number
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect_equal

LIMIT = 2.0


def check(answer: Answer) -> None:
    for number in (3, answer.random.randrange(100)):
        expect_equal(answer.call("double", number), 2 * number, f"double({number})", hint="Twice.")


# %% hints [markdown]
# - What does a function without
#   return give back?
# - `return 2 * number`

# %% wrong-prints
# why: Printing looks like giving
# back.
# says: but is None
def double(number):
    print(2 * number)


# %% wrong-squares
# why: Twice is not squared.
# says: double(3) should be 6, but is 9
def double(number):
    return number**2


# %% wrong-one-case
# why: Only the example was tried.
# says: should be
def double(number):
    return 6


# %% right-adds
def double(number):
    return number + number
"""
