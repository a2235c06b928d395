# %% goal [markdown]
# # The next version
#
# **Goal.** Clients may name the living area `LivingArea` (new) or `GrLivArea` (old), and may say
# whether there is a `HeatPump`, and the answer repeats it under `HeatPump`, `null` when not given;
# every request that was good before is still good and gets the same `square_metres`, and what was
# refused before still is: an area out of bounds, an unknown name.
#
# Below is version 1, served by FastAPI. Nobody can make the old clients change.

# %% instructor [markdown]
# Minutes: 12
#
# Adding and renaming without breaking anybody. The alias does the renaming, the default does the
# adding. A rename is an addition and a promise, and loosening the whole schema is not the way.

# %% solution
from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    # BEGIN SOLUTION: GrLivArea: float = Field(ge=100, le=20_000)
    LivingArea: float = Field(
        ge=100, le=20_000, validation_alias=AliasChoices("LivingArea", "GrLivArea")
    )
    HeatPump: bool | None = None
    # END SOLUTION


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    # BEGIN SOLUTION: return {"square_metres": round(house.GrLivArea * 0.0929, 1)}
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}
    # END SOLUTION


# %% check
from typing import Any

from lab.exercises.checking import Answer, expect, expect_equal
from lab.exercises.serving import Client

SQUARE_METRES = 0.0929

LIMIT = 20.0  # seconds: a server has to start first


def check(answer: Answer) -> None:
    area = answer.random.randint(500, 3_000)
    metres = round(area * SQUARE_METRES, 1)
    with answer.served() as client:
        old = take(client, "the old client", {"GrLivArea": area})
        expect_equal(old.get("square_metres"), metres, "The old client's square_metres")
        new = take(client, "a new client", {"LivingArea": area, "HeatPump": True})
        expect_equal(new.get("square_metres"), metres, "The new client's square_metres")
        mixed = take(client, "a client of both kinds", {"GrLivArea": area, "HeatPump": False})
        plain = take(client, "a new client without a heat pump", {"LivingArea": str(area)})
        refuses(client, area)
        for sent, got in ((True, new), (False, mixed), (None, plain), (None, old)):
            see_heat_pump(sent, got)


def refuses(client: Client, area: int) -> None:
    """Expect 422 for all that neither version can use."""
    for what, body in {
        "a house without any area": {"HeatPump": True},
        "an area of 5": {"LivingArea": 5},
        "an area of 5 under the old name": {"GrLivArea": 5},
        "an area of 20,001": {"LivingArea": 20_001},
        "an area that is null": {"LivingArea": None},
        "an unknown name": {"LivingArea": area, "HeatPumps": True},
        "an unknown name from an old client": {"GrLivArea": area, "Pool": True},
        "a heat pump of 'perhaps'": {"LivingArea": area, "HeatPump": "perhaps"},
    }.items():
        status = client.post("/square-metres", json=body, allow_5xx=True).status_code
        expect(
            status == 422,
            f"The client sends {body}: {what}. The answer is {status}, and should be 422.",
            hint="The new version must not take more than it can use.",
        )


def see_heat_pump(sent: bool | None, got: dict[str, Any]) -> None:
    """Expect the answer to repeat what was said of the heat pump, or null."""
    expect(
        "HeatPump" in got,
        f"The answer has no HeatPump. It is {got}.",
        hint="The function returns the answer as a dictionary. What is in it?",
    )
    if sent is None:
        expect(
            got["HeatPump"] is None,
            f"Nobody has said anything of a heat pump, and the answer is {got}. "
            "HeatPump should be null in it.",
            hint="Which default says that nobody has said anything?",
        )
    expect_equal(got["HeatPump"], sent, f"HeatPump, sent as {str(sent).lower()}, in the answer")


def take(client: Client, who: str, body: dict[str, Any]) -> dict[str, Any]:
    response = client.post("/square-metres", json=body)
    errors = response.json().get("detail", [])
    reasons = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in errors)
    expect(
        response.status_code == 200,
        f"{who.capitalize()} sends {body} and is answered with {response.status_code}: {reasons}.",
        hint="Which names does the schema take, and which does it insist on?",
    )
    return dict(response.json())


# %% hints [markdown]
# - Two changes: one name more for the same field, and one field more. Which of them may be left
#   out?
# - `Field(validation_alias=AliasChoices("New", "Old"))` reads a field under either name. `None` is
#   the default for what nobody has said.
# - `LivingArea: float = Field(ge=100, le=20_000, validation_alias=AliasChoices(...))` and
#   `HeatPump: bool | None = None`. The function uses `house.LivingArea` and adds `HeatPump` to its
#   answer.

# %% wrong-renamed
# why: A rename in the code is a rename in the contract: every old client breaks.
# says: The old client sends
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(ge=100, le=20_000)
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}


# %% wrong-alias-is-the-only-name
# why: An alias replaces the field's own name; it does not stand beside it.
# says: A new client sends
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(ge=100, le=20_000, alias="GrLivArea")
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}


# %% wrong-heat-pump-required
# why: A new required field breaks everybody who does not know it.
# says: HeatPump: Field required
from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(
        ge=100, le=20_000, validation_alias=AliasChoices("LivingArea", "GrLivArea")
    )
    HeatPump: bool | None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}


# %% wrong-two-optional-fields
# why: Each name becomes an optional field of its own, and nothing says that one of them must come.
# says: a house without any area. The answer is 500
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    GrLivArea: float | None = Field(default=None, ge=100, le=20_000)
    LivingArea: float | None = Field(default=None, ge=100, le=20_000)
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    area = house.LivingArea or house.GrLivArea
    return {"square_metres": round(area * 0.0929, 1), "HeatPump": house.HeatPump}


# %% wrong-no-unknown-name-refused
# why: extra="forbid" stood in the way of the new name, so it went, and slips are swallowed again.
# says: an unknown name. The answer is 200
from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, Field

app = FastAPI()


class House(BaseModel):
    LivingArea: float = Field(
        ge=100, le=20_000, validation_alias=AliasChoices("LivingArea", "GrLivArea")
    )
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}


# %% wrong-no-heat-pump-assumed
# why: False is an answer; what nobody has said is none.
# says: HeatPump should be null in it
from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(
        ge=100, le=20_000, validation_alias=AliasChoices("LivingArea", "GrLivArea")
    )
    HeatPump: bool = False


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}


# %% wrong-heat-pump-kept-back
# why: The schema takes the new field, and the answer says nothing of it.
# says: The answer has no HeatPump
from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(
        ge=100, le=20_000, validation_alias=AliasChoices("LivingArea", "GrLivArea")
    )
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1)}


# %% wrong-bounds-forgotten
# why: The field is written anew for its alias, and the bounds stay behind.
# says: an area of 5. The answer is 200
from fastapi import FastAPI
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(validation_alias=AliasChoices("LivingArea", "GrLivArea"))
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1)}


# %% right-alias-and-name
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True)

    LivingArea: float = Field(ge=100, le=20_000, alias="GrLivArea")
    HeatPump: bool | None = None


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}


# %% right-old-name-moved
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, model_validator

app = FastAPI()


class House(BaseModel):
    model_config = ConfigDict(extra="forbid")

    LivingArea: float = Field(ge=100, le=20_000)
    HeatPump: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def old_name(cls, sent: object) -> object:
        if isinstance(sent, dict) and "GrLivArea" in sent and "LivingArea" not in sent:
            return {"LivingArea" if name == "GrLivArea" else name: sent[name] for name in sent}
        return sent


@app.post("/square-metres")
def square_metres(house: House) -> dict[str, float | bool | None]:
    return {"square_metres": round(house.LivingArea * 0.0929, 1), "HeatPump": house.HeatPump}
