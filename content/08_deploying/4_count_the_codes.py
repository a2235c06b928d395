# %% goal [markdown]
# # Count the codes
#
# **Goal.** `count_codes(lines)` returns how often each code stands in the router's lines, such as
# `{"H12": 2, "H27": 1}`.
#
# You get the lines of a log as `heroku logs` shows them, each with its time in front. Only what the
# router says of a request counts. Two things make it harder than it looks: an app may write what it
# likes, and a visitor may ask for any path. The check makes a new log each time.

# %% instructor [markdown]
# Minutes: 8
#
# A log is data, and a program may read it. The traps are real: text of the app that looks like a
# code, a path that contains one, and a warning (H27) where one looks for errors.

# %% solution
import re


def count_codes(lines: list[str]) -> dict[str, int]:
    # BEGIN SOLUTION: ...  # Your code here.
    found: dict[str, int] = {}
    for line in lines:
        if match := re.match(r"\S+ heroku\[router\]: (\w+=\w+ )*code=(\w+) desc=", line):
            found[match[2]] = found.get(match[2], 0) + 1
    return found
    # END SOLUTION


# %% check
import random

from lab.exercises.checking import Answer, expect, expect_equal

TEXTS = {
    "H10": "App crashed",
    "H12": "Request timeout",
    "H13": "Connection closed without response",
    "H18": "Server Request Interrupted",
    "H27": "Client Request Interrupted",
}
SOCKS = {"H18": "sock=backend ", "H27": "sock=client "}
TIME = "2026-11-25T10:00:{:02d}.{:06d}+00:00"


def router_line(code: str, path: str = "/api/v1/predict") -> str:
    """Return what the router says of a request; an empty code stands for a good one."""
    if not code:
        said = f'at=info method=GET path="{path}" host=example.localhost dyno=web.1 status=200'
        return f"heroku[router]: {said}"
    at, status = ("warning", 499) if code == "H27" else ("error", 503)
    said = f'at={at} code={code} desc="{TEXTS[code]}" method=GET path="{path}" status={status}'
    return f"heroku[router]: {SOCKS.get(code, '')}{said}"


def made(chance: random.Random, codes: list[str], others: list[str]) -> list[str]:
    """Return a log with these codes, in any order, with other lines between."""
    texts = [router_line(code) for code in codes] + others
    chance.shuffle(texts)
    return [
        f"{TIME.format(number % 60, chance.randrange(10**6))} {text}"
        for number, text in enumerate(texts)
    ]


def compare(answer: Answer, lines: list[str], wanted: dict[str, int], what: str, hint: str) -> None:
    """Compare what is counted in a log, and show a line of it that was missed."""
    found = answer.call("count_codes", list(lines))
    expect(isinstance(found, dict), f"The answer should be a dictionary, but is {found!r}.")
    missed = [code for code in wanted if found.get(code, 0) < wanted[code]]
    shown = [line for line in lines if missed and f"code={missed[0]} " in line][:1]
    expect(
        found == wanted,
        f"{what} should be {wanted}, but is {dict(found)}."
        + "".join(f" A line of the log that should count: {line}" for line in shown),
        hint=hint,
    )


def check(answer: Answer) -> None:
    chance = answer.random
    plain = ["app[web.1]: INFO served", "heroku[web.1]: State changed from starting to up"]
    expect_equal(
        answer.call("count_codes", made(chance, [], [*plain, router_line("")])),
        {},
        "The answer for a log without any code",
    )
    errors = [chance.choice(["H10", "H12", "H13"]) for _ in range(chance.randint(6, 12))]
    wanted = {code: errors.count(code) for code in sorted(set(errors))}
    compare(
        answer,
        made(chance, errors, plain),
        wanted,
        "The answer for a log with errors alone",
        "What stands in front of the speaker?",
    )
    with_app = answer.call(
        "count_codes", made(chance, ["H12"], ['app[web.1]: at=error code=H13 desc="as I see it"'])
    )
    expect(
        with_app == {"H12": 1},
        "A line of the app that looks like the router's was counted too.",
        hint="Between the time and the text stands who speaks.",
    )
    path = router_line("", path="/search?q=code=H10")
    expect(
        answer.call("count_codes", made(chance, ["H12"], [path])) == {"H12": 1},
        "A visitor asked for a path with code=H10 in it, was answered with 200, and was counted.",
        hint="Where in a line does the code stand, seen from the path?",
    )
    compare(
        answer,
        made(chance, ["H27", "H18", "H27"], plain),
        {"H18": 1, "H27": 2},
        "The answer for two visitors who left and one answer that broke off",
        "Not each code stands beside at=error, and not each right behind the colon.",
    )
    quoted = f"app[web.1]: The log said: {router_line('H13')}"
    expect(
        answer.call("count_codes", made(chance, ["H12"], [quoted])) == {"H12": 1},
        "A line in which the app quotes the router was counted too.",
        hint="Who speaks is the second word of a line, behind the time, and no later one.",
    )


# %% hints [markdown]
# - First decide whether a line is the router's: its second word says who speaks. Then look for the
#   code in the part before the path.
# - `line.partition(" method=")[0]` is that part.
# - `re.search(r"code=(H\d\d)", part)` finds the code, and its `[1]` is the text in brackets.

# %% wrong-anywhere
# why: Where code= stands, there is a code.
# says: A line of the app that looks like the router's was counted too
import re


def count_codes(lines):
    found = {}
    for line in lines:
        if match := re.search(r"code=(H\d\d)", line):
            found[match[1]] = found.get(match[1], 0) + 1
    return found


# %% wrong-path
# why: The router writes only what it knows itself.
# says: was answered with 200, and was counted
import re


def count_codes(lines):
    found = {}
    for line in lines:
        if "heroku[router]" not in line:
            continue
        if match := re.search(r"code=(H\d\d)", line):
            found[match[1]] = found.get(match[1], 0) + 1
    return found


# %% wrong-errors-alone
# why: A code is an error.
# says: two visitors who left
def count_codes(lines):
    found = {}
    for line in lines:
        if "heroku[router]: at=error code=" in line:
            code = line.partition("code=")[2][:3]
            found[code] = found.get(code, 0) + 1
    return found


# %% wrong-quoted
# why: Only the router's lines have the router's name in them.
# says: A line in which the app quotes the router was counted too
def count_codes(lines):
    found = {}
    for line in lines:
        part = line.partition(" method=")[0]
        if "heroku[router]" in part and " code=" in part:
            code = part.partition(" code=")[2][:3]
            found[code] = found.get(code, 0) + 1
    return found


# %% wrong-no-time
# why: The router's lines begin with the router's name.
# says: A line of the log that should count: 2026-11-25T10:00
import re


def count_codes(lines):
    found = {}
    for line in lines:
        if match := re.match(r"heroku\[router\]: .*code=(H\d\d) desc", line):
            found[match[1]] = found.get(match[1], 0) + 1
    return found


# %% wrong-once
# why: Which codes there are is what matters.
# says: a log with errors alone
def count_codes(lines):
    return {
        line.partition("code=")[2][:3]: 1
        for line in lines
        if "heroku[router]: " in line and "code=" in line.partition(" method=")[0]
    }


# %% right-by-words
from collections import Counter


def count_codes(lines):
    codes = Counter()
    for line in lines:
        _, who, *words = line.partition(" method=")[0].split()
        if who == "heroku[router]:":
            codes.update(word.removeprefix("code=") for word in words if word.startswith("code="))
    return codes
