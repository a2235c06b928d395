# %% goal [markdown]
# # One dependency for two lists
#
# **Goal.** `/houses` and `/streets` both take `limit` (from 1 to 20, 5 unless given) and `offset`
# (0 or more, 0 unless given) from the query, through one dependency, and refuse anything else
# with 422.
#
# `offset` says how many to leave out at the beginning, and `limit` how many to answer at most:
# `/houses?limit=2&offset=3` is answered with `[4, 5]`.
#
# The bounds of a query parameter are written like those of a field, with `gt`, `ge`, `lt` and `le`:
# `Annotated[int, Query(ge=…)]`.

# %% instructor [markdown]
# Minutes: 8
#
# The dependency is written once and used twice, which is what it is for. The classic mistake is
# `Depends(page())`, which calls it when the program starts. Bounds are easy to forget, because
# everything seems to work without them: a limit of -1 leaves the last one out.

# %% solution
from typing import Annotated

from fastapi import Depends, FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


# BEGIN SOLUTION: # Your code here: the function page, and Page, which both routes below use.
def page(limit: Annotated[int, Query(ge=1, le=20)] = 5, offset: Annotated[int, Query(ge=0)] = 0):
    return {"first": offset, "behind": offset + limit}


Page = Annotated[dict, Depends(page)]
# END SOLUTION


# BEGIN SOLUTION: # Your code here: the routes /houses and /streets, each with a page.
@app.get("/houses")
def houses(page: Page):
    return HOUSES[page["first"] : page["behind"]]


@app.get("/streets")
def streets(page: Page):
    return STREETS[page["first"] : page["behind"]]


# END SOLUTION


# %% check
from collections.abc import Mapping
from typing import Any

from lab.exercises.checking import Answer, expect, expect_equal
from lab.exercises.serving import Client

LIMIT = 30.0
LISTS: dict[str, list[object]] = {
    "/houses": list(range(1, 31)),
    "/streets": [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
}

BAD: list[dict[str, int | str]] = [
    {"limit": 0},
    {"limit": 21},
    {"limit": -1},
    {"offset": -1},
    {"limit": "many"},
]


def check(answer: Answer) -> None:
    with answer.served() as client:
        limit, offset = answer.random.randint(2, 9), answer.random.randint(3, 12)
        for path, values in LISTS.items():
            _answers(client, path, {"limit": limit, "offset": offset}, values)
            _answers(client, path, {"limit": 20}, values)
            _answers(client, path, {"limit": 1}, values)
            _answers(client, path, {"offset": 24}, values)
            _answers(client, path, {"offset": 0}, values)
            _answers(client, path, {}, values)
            for bad in BAD:
                response = client.get(path, params=bad)
                asked = _asked(path, bad)
                expect(
                    response.status_code == 422,
                    f"GET {asked} was answered with {response.status_code}: 422 was wanted.",
                    hint="Query takes bounds: ge for at least, le for at most.",
                )
        names = {path: _documented(client, path) for path in LISTS}
        for path, found in names.items():
            expect(
                found >= {"limit", "offset"},
                f"The documentation of {path} does not name limit and offset as parameters of the "
                f"query, only {sorted(found)}.",
                hint="Let FastAPI hand over the two numbers. Then they are documented as well.",
            )
    shared = set.intersection(*_dependencies(answer.get("app")).values())
    expect(
        shared,
        "Both lists answer as wanted, but they share no dependency: each route has parameters "
        "of its own.",
        hint="One function with both parameters, and Depends to use it in both routes.",
    )


def _dependencies(app: Any) -> dict[str, set[Any]]:
    return {
        route.path: {dependency.call for dependency in route.dependant.dependencies}
        for route in app.routes
        if getattr(route, "path", "") in LISTS
    }


def _answers(client: Client, path: str, query: dict[str, int], values: list[object]) -> None:
    first = query.get("offset", 0)
    wanted = values[first : first + query.get("limit", 5)]
    response = client.get(path, params=query)
    asked = _asked(path, query)
    expect(
        response.status_code == 200,
        f"GET {asked} was answered with {response.status_code}, and 200 was wanted. The body: "
        f"{response.text[:150]}",
        hint="Where does the body say that the mistake is? A parameter without a default has to be "
        "sent, and ge=0 allows 0 while gt=0 does not.",
    )
    expect_equal(
        response.json(),
        wanted,
        f"The answer to GET {asked}",
        hint="offset says where the piece begins, and limit how long it is.",
    )


def _documented(client: Client, path: str) -> set[str]:
    operation = client.get("/openapi.json").json()["paths"].get(path, {}).get("get", {})
    return {one["name"] for one in operation.get("parameters", []) if one["in"] == "query"}


def _asked(path: str, query: Mapping[str, object]) -> str:
    return path + "".join(
        f"{'&' if place else '?'}{name}={value}"
        for place, (name, value) in enumerate(query.items())
    )


# %% hints [markdown]
# - A dependency is a function. What it needs from the query, it has as parameters, as a route has.
# - Each of the two parameters has a type, bounds and a default:
#   `limit: Annotated[int, Query(ge=1, le=20)] = 5`.
# - `Page = Annotated[dict, Depends(page)]`, with the function itself and no brackets behind it. A
#   route with a parameter `page: Page` gets what the function returns.
# - A piece of a list: `HOUSES[offset : offset + limit]`.

# %% wrong-no-depends
# why: Names the function and forgets Depends: a dictionary is then taken for the body.
# says: "loc":["body"]
from typing import Annotated

from fastapi import FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def page(limit: Annotated[int, Query(ge=1, le=20)] = 5, offset: Annotated[int, Query(ge=0)] = 0):
    return {"first": offset, "behind": offset + limit}


Page = Annotated[dict, page]


@app.get("/houses")
def houses(page: Page):
    return HOUSES[page["first"] : page["behind"]]


@app.get("/streets")
def streets(page: Page):
    return STREETS[page["first"] : page["behind"]]


# %% wrong-no-bounds
# why: Without bounds, a limit of 0 or of a million is as good as any.
# says: GET /houses?limit=0 was answered with 200: 422 was wanted
from typing import Annotated

from fastapi import Depends, FastAPI

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def page(limit: int = 5, offset: int = 0):
    return slice(offset, offset + limit)


Page = Annotated[slice, Depends(page)]


@app.get("/houses")
def houses(page: Page):
    return HOUSES[page]


@app.get("/streets")
def streets(page: Page):
    return STREETS[page]


# %% wrong-no-default
# why: A parameter without a default must be sent, so the plain list is refused.
# says: "loc":["query","offset"]
from typing import Annotated

from fastapi import Depends, FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def page(limit: Annotated[int, Query(ge=1, le=20)], offset: Annotated[int, Query(ge=0)]):
    return slice(offset, offset + limit)


Page = Annotated[slice, Depends(page)]


@app.get("/houses")
def houses(page: Page):
    return HOUSES[page]


@app.get("/streets")
def streets(page: Page):
    return STREETS[page]


# %% wrong-limit-as-end
# why: Takes the limit for the place where the piece ends.
# says: The answer to GET /houses?limit=
from typing import Annotated

from fastapi import Depends, FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def page(limit: Annotated[int, Query(ge=1, le=20)] = 5, offset: Annotated[int, Query(ge=0)] = 0):
    return slice(offset, limit)


Page = Annotated[slice, Depends(page)]


@app.get("/houses")
def houses(page: Page):
    return HOUSES[page]


@app.get("/streets")
def streets(page: Page):
    return STREETS[page]


# %% wrong-copied
# why: Writes the parameters into each route, so the next change has to be made twice.
# says: they share no dependency
from typing import Annotated

from fastapi import FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


@app.get("/houses")
def houses(limit: Annotated[int, Query(ge=1, le=20)] = 5, offset: Annotated[int, Query(ge=0)] = 0):
    return HOUSES[offset : offset + limit]


@app.get("/streets")
def streets(limit: Annotated[int, Query(ge=1, le=20)] = 5, offset: Annotated[int, Query(ge=0)] = 0):
    return STREETS[offset : offset + limit]


# %% wrong-offset-above-zero
# why: Takes the default for a value that nobody has to send, so the bound may leave it out.
# says: GET /houses?offset=0 was answered with 422
from typing import Annotated

from fastapi import Depends, FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def page(limit: Annotated[int, Query(ge=1, le=20)] = 5, offset: Annotated[int, Query(gt=0)] = 0):
    return slice(offset, offset + limit)


Page = Annotated[slice, Depends(page)]


@app.get("/houses")
def houses(page: Page):
    return HOUSES[page]


@app.get("/streets")
def streets(page: Page):
    return STREETS[page]


# %% right-class
from fastapi import Depends, FastAPI, Query

app = FastAPI()

HOUSES = list(range(1, 31))
STREETS = [f"Street {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


class Part:
    def __init__(self, limit: int = Query(5, gt=0, lt=21), offset: int = Query(0, ge=0)):
        self.limit = limit
        self.offset = offset

    def of(self, values):
        return values[self.offset :][: self.limit]


@app.get("/houses")
def houses(part: Part = Depends()):  # noqa: B008
    return part.of(HOUSES)


@app.get("/streets")
def streets(part: Part = Depends()):  # noqa: B008
    return part.of(STREETS)
