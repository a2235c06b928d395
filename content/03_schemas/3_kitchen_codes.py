# %% goal [markdown]
# # Five codes and no other
#
# **Goal.** `KitchenQual` takes the five codes in `POINTS` and nothing else: every other text is
# answered with 422, and the app's contract lists the five.
#
# Below is a whole app. `POST /points` looks up how many points a kitchen gets. As it is, the code
# `"gd"` is answered with 500. Why? Change the schema, not the function.

# %% instructor [markdown]
# Minutes: 7
#
# An enumeration moves a mistake from the middle of the app (a KeyError, 500) to its door (422), and
# the contract then lists what may be sent. A pattern and a validator are the usual detours.

# %% solution
from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    # BEGIN SOLUTION: KitchenQual: str
    KitchenQual: Literal["Ex", "Gd", "TA", "Fa", "Po"]
    # END SOLUTION


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}


# %% check
from typing import Any

import requests

from lab.exercises.checking import Answer, expect, expect_equal

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

LIMIT = 20.0  # seconds: a server has to start first


def check(answer: Answer) -> None:
    letters = answer.random.choices("abcxyzEGTFP", k=3)
    unknown = ["gd", "GdX", "xGd", "", "good", "Gd,TA", "".join(letters)]
    with answer.served() as client:
        for code, wanted in POINTS.items():
            response = client.post("/points", json={"KitchenQual": code}, allow_5xx=True)
            expect(
                response.status_code == 200,
                f"The status for the code {code!r} should be 200, but is {response.status_code}. "
                f"{said(response)}",
                hint="Are all five codes in the type, each as a text? In Literal, a dict or list "
                "counts as one value: tuple(POINTS) is the five codes one by one.",
            )
            expect_equal(response.json(), {"points": wanted}, f"The answer for {code!r}")
        for text in unknown:
            response = client.post("/points", json={"KitchenQual": text}, allow_5xx=True)
            expect(
                response.status_code == 422,
                f"KitchenQual of {text!r} is answered with {response.status_code}, should be 422: "
                "it is none of the five codes.",
                hint="The schema lets the text in. What type is a fixed list of texts?",
            )
        document = client.get("/openapi.json").json()
    expect(
        listed(document) == set(POINTS),
        "The app refuses what it should, but its contract does not tell a client which codes "
        f"there are: the field KitchenQual in /openapi.json lists {sorted(listed(document))}.",
        hint="A list of allowed texts is called enum there. It comes from the type of the field.",
    )


def said(response: requests.Response) -> str:
    """Return what the server has against the code, in its own words."""
    if response.status_code != 422:
        return ""
    return f"The server says: {response.json()['detail'][0]['msg']}."


def listed(document: dict[str, Any]) -> set[str]:
    """Return the values that the contract lists for KitchenQual, wherever it keeps them."""
    schemas = document["components"]["schemas"]
    field = schemas["Kitchen"]["properties"].get("KitchenQual", {})
    for one in (field, *field.get("allOf", []), *field.get("anyOf", [])):
        if "$ref" in one:
            field = schemas[one["$ref"].rpartition("/")[2]]
        elif "enum" in one:
            field = one
    return set(field.get("enum", []))


# %% hints [markdown]
# - The function is right for all five codes. The fault is that other texts get as far as the
#   function.
# - Two types say "one of these": `Literal["a", "b"]`, and a class made from `StrEnum`. The lesson
#   shows the first.
# - Replace `str` with `Literal[...]`, and put the five codes into the brackets, each in quotation
#   marks. It is imported already.

# %% wrong-pattern-without-ends
# why: A pattern that is not tied to both ends is found inside other texts, too.
# says: KitchenQual of 'GdX' is answered with 500
from fastapi import FastAPI
from pydantic import BaseModel, Field

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: str = Field(pattern="Ex|Gd|TA|Fa|Po")


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}


# %% wrong-one-forgotten
# why: The rarest code is not in the first rows of the data.
# says: The status for the code 'Po'
from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: Literal["Ex", "Gd", "TA", "Fa"]


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}


# %% wrong-literal-of-the-table
# why: The codes are in POINTS, so POINTS is the list; but Literal takes a dict as one value.
# says: The server says: Input should be
from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: Literal[list(POINTS)]


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}


# %% wrong-enumeration-of-points
# why: An enumeration is matched by its values, not by its names: this one takes 4 and refuses "Gd".
# says: The status for the code 'Ex'
from enum import IntEnum

from fastapi import FastAPI
from pydantic import BaseModel


class Quality(IntEnum):
    Ex = 5
    Gd = 4
    TA = 3
    Fa = 2
    Po = 1


app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: Quality


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": kitchen.KitchenQual.value}


# %% wrong-checked-by-a-function
# why: A function refuses the right texts, but no client can read it in the contract.
# says: does not tell a client which codes there are
from fastapi import FastAPI
from pydantic import BaseModel, field_validator

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: str

    @field_validator("KitchenQual")
    @classmethod
    def known(cls, code: str) -> str:
        if code not in POINTS:
            raise ValueError("unknown code")
        return code


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}


# %% wrong-usual-points
# why: The function is made to survive; a typing mistake now gets a price as if all were well.
# says: KitchenQual of 'gd' is answered with 200
from fastapi import FastAPI
from pydantic import BaseModel

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: str


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS.get(kitchen.KitchenQual, 3)}


# %% right-string-enumeration
from enum import StrEnum

from fastapi import FastAPI
from pydantic import BaseModel


class Quality(StrEnum):
    EXCELLENT = "Ex"
    GOOD = "Gd"
    TYPICAL = "TA"
    FAIR = "Fa"
    POOR = "Po"


POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: Quality


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}


# %% right-from-the-table
from typing import Literal

from fastapi import FastAPI
from pydantic import BaseModel

POINTS = {"Ex": 5, "Gd": 4, "TA": 3, "Fa": 2, "Po": 1}

app = FastAPI()


class Kitchen(BaseModel):
    KitchenQual: Literal[tuple(POINTS)]


@app.post("/points")
def points(kitchen: Kitchen) -> dict[str, int]:
    return {"points": POINTS[kitchen.KitchenQual]}
