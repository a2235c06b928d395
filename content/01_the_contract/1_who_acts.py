# %% goal [markdown]
# # Who has to act?
#
# **Goal.** `who_acts(status)` returns `"nobody"` for a status from 200 to 299, `"client"` from 400
# to 499, and `"server"` from 500 to 599.
#
# One line is enough. No other statuses will be asked for.

# %% instructor [markdown]
# Minutes: 4
#
# A status is read by its first digit. Whoever compares with single numbers (200, 404, 500) has a
# client that fails at the first 201 or 422.

# %% solution
def who_acts(status):
    """Return who has to act after an answer with this status."""
    # BEGIN SOLUTION
    return {2: "nobody", 4: "client", 5: "server"}[status // 100]
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect

KNOWN = {200: "nobody", 201: "nobody", 204: "nobody", 400: "client", 404: "client"} | {
    422: "client",
    499: "client",
    500: "server",
    503: "server",
}
NAMES = ("nobody", "client", "server")


def check(answer: Answer) -> None:
    more = {
        answer.random.randrange(start, start + 100): name
        for start, name in zip((200, 400, 500), NAMES, strict=True)
        for _ in range(3)
    }
    for status, wanted in (KNOWN | more).items():
        got = answer.call("who_acts", status)
        expect(
            got is not None,
            f"For {status}, who_acts gives nothing back.",
            hint="A function gives a value back with `return`.",
        )
        expect(
            got in NAMES,
            f"For {status}, who_acts returned {got!r}. It should be one of the three words of the "
            "goal.",
        )
        expect(
            got == wanted,
            f"For {status}, who_acts returned {got!r}, and it should be {wanted!r}.",
            hint="Only the first digit counts. How do you get the first digit of 422?",
        )


# %% hints [markdown]
# - The three cases differ in the first digit alone.
# - `422 // 100` is 4: a division without a remainder.
# - A dictionary can hold the three words under the three digits, or you compare with `<`.


# %% wrong-only-200
# why: Success is 200, and 201 and 204 are forgotten.
# says: For 201, who_acts returned 'server'
def who_acts(status):
    if status == 200:
        return "nobody"
    if 400 <= status < 500:
        return "client"
    return "server"


# %% wrong-border
# why: "More than 400" leaves out 400 itself.
# says: For 400, who_acts returned 'nobody'
def who_acts(status):
    if status > 499:
        return "server"
    return "client" if status > 400 else "nobody"


# %% wrong-swapped
# why: "The server answered 404, so the server is at fault."
# says: For 400, who_acts returned 'server', and it should be 'client'
def who_acts(status):
    return {2: "nobody", 4: "server", 5: "client"}[status // 100]


# %% wrong-printed
# why: What is printed is seen by people, and the program that calls gets nothing.
# says: gives nothing back
def who_acts(status):
    print({2: "nobody", 4: "client", 5: "server"}[status // 100])


# %% wrong-other-words
# why: The right idea in words of one's own: a caller that compares with "nobody" finds nothing.
# says: one of the three words of the goal
def who_acts(status):
    return {2: "ok", 4: "client error", 5: "server error"}[status // 100]


# %% right-comparisons
def who_acts(status):
    if status >= 500:
        return "server"
    if status >= 400:
        return "client"
    return "nobody"


# %% right-as-text
def who_acts(status):
    match str(status)[0]:
        case "2":
            return "nobody"
        case "4":
            return "client"
        case _:
            return "server"
