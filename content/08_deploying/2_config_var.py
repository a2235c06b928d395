# %% goal [markdown]
# # Read a config var
#
# **Goal.** `MAX_HOUSES` is the number in the config var of that name, and 10 where it is not set.
#
# A request may bring so many houses and no more. How many that is, the owner of the app wants to
# change without a new commit. The check serves your app twice: once with a config var, and once
# without.

# %% instructor [markdown]
# Minutes: 5
#
# A config var reaches the app as an environment variable, and that is always text. Of the wrong
# answers, the one that works on the author's computer and crashes on the dyno is the one to talk
# about.

# %% solution
import os

from fastapi import FastAPI

# BEGIN SOLUTION: MAX_HOUSES = ...
MAX_HOUSES = int(os.environ.get("MAX_HOUSES", "10"))
# END SOLUTION

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}


# %% check
from lab.exercises.checking import Answer, expect
from lab.exercises.serving import Client
from lab.exercises.verdicts import BrokenError, NotYetError

MOST = 24  # houses that are tried


def limit_of(client: Client) -> int:
    """Return how many houses are allowed, by trying."""
    for houses in range(1, MOST + 1):
        if not client.get("/allowed", params={"houses": houses}).json()["allowed"]:
            return houses - 1
    return MOST


def counted(houses: int) -> str:
    return f"{houses} or more" if houses == MOST else str(houses)


def limit_served(answer: Answer, when: str, environment: dict[str, str]) -> int:
    """Serve the answer with these config vars, and return how many houses are allowed."""
    try:
        with answer.served(environment=environment) as client:
            return limit_of(client)
    except BrokenError as error:
        found = error.outcome
        raise NotYetError(
            f"{when} the app fails: {found.message}",
            "All that os.environ holds is text, and only what is set is in it.",
            line=found.line,
            code=found.code,
        ) from error


def check(answer: Answer) -> None:
    wanted = answer.random.randint(11, 19)
    when = f"With MAX_HOUSES={wanted} set,"
    found = limit_served(answer, when, {"MAX_HOUSES": str(wanted)})
    expect(
        found == wanted,
        f"{when} {counted(found)} houses are allowed, and it should be {wanted}.",
        hint="Config vars come as environment variables: os.environ has them.",
    )
    found = limit_served(answer, "Without the config var", {})
    expect(
        found == 10,
        f"Without the config var {counted(found)} houses are allowed instead of 10.",
        hint="os.environ.get takes a second value, for a name that is not there.",
    )


# %% hints [markdown]
# - `os.environ` is a dictionary of all environment variables. Its values are text.
# - `os.environ.get(name, default)` does not fail where the name is missing, and `int(text)` makes
#   a number.

# %% wrong-fixed
# why: The default is the value.
# says: set, 10 houses are allowed, and it should be
import os

from fastapi import FastAPI

MAX_HOUSES = 10

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}


# %% wrong-must-be-set
# why: Whoever runs the app will set it; mine has it set.
# says: Without the config var the app fails: KeyError
import os

from fastapi import FastAPI

MAX_HOUSES = int(os.environ["MAX_HOUSES"])

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}


# %% wrong-text
# why: I have set a number, so it is a number.
# says: set, the app fails: TypeError
import os

from fastapi import FastAPI

MAX_HOUSES = os.environ.get("MAX_HOUSES", 10)

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}


# %% wrong-other-default
# why: Where nothing is set, nothing is limited.
# says: Without the config var 24 or more houses are allowed
import os

from fastapi import FastAPI

MAX_HOUSES = int(os.environ.get("MAX_HOUSES", "1000"))

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}


# %% right-in-two-steps
import os

from fastapi import FastAPI

found = os.environ.get("MAX_HOUSES")
MAX_HOUSES = 10 if found is None else int(found)

app = FastAPI()


@app.get("/allowed")
def allowed(houses: int) -> dict[str, bool]:
    return {"allowed": houses <= MAX_HOUSES}
