# %% schemas [markdown]
# # Schemas
#
# A client sends the year `"1961"` as text, and the model needs the number 1961. Another client
# sends the year `"old"`. The first can be helped. The second must be told. Who does that, and by
# which rules? A **schema**: a description of what a request may hold. At the end of this lesson
# you can
#
# - write a schema as a Python class, with conversion, bounds, optional fields, codes, and rules
#   between fields,
# - decide what is converted and what is refused, and say why,
# - turn what is wrong into a problem document that gives nothing away,
# - change a schema so that old clients still can use it,
# - say what checking costs, because you have measured it.
#
# It takes an hour or more to read and run. The six exercises take about as long again.
#
# The exercises work as in lesson 01: change the code in the cell and run it, and `hint("03.1")`
# helps. After a restart of the kernel, run the first code cell again.

# %% start-text [markdown]
# ## Start both servers
#
# The house is the one of lesson 00. `ask` asks a server for its price, with some of the facts
# changed. It writes the JSON itself, because we shall send things that `requests` would refuse to
# write. The cell takes some seconds: both servers load the model first.

# %% start
import json

import requests
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lab import servers
from lab.exercises import check, hint, progress
from lab.lessons import show, start_program

servers.stop_all()  # so that you can run this cell again
flask = servers.start("flask")
fastapi = servers.start("fastapi")

house = {
    "GrLivArea": 1604,  # living area above ground, in square feet
    "OverallQual": 6,  # quality, from 1 to 10
    "Neighborhood": "Gilbert",
    "YearBuilt": 1998,
    "LotArea": 9978,
    "TotalBsmtSF": 926,
    "FullBath": 2,
    "BedroomAbvGr": 3,
    "KitchenQual": "Gd",
    "Fireplaces": 1,
    "GarageCars": 2,
    "CentralAir": "Y",
}


def post(server, path, text):
    headers = {"Content-Type": "application/json"}
    return requests.post(server.url + path, data=text, headers=headers, timeout=5)


def ask(server, changes):
    body = {"inputs": [{**house, **changes}]}
    return post(server, "/api/v1/predict", json.dumps(body))


def told(response):
    """Say in a line what a server has answered."""
    if response.status_code == 200:
        return f"200, price {response.json()['predictions'][0]:,.2f}"
    first = response.json()["errors"][0]
    return f"{response.status_code}, {first['loc'][-1]}: {first['msg']}"


print(told(ask(flask, {})))
print(told(ask(fastapi, {})))

# %% text-for-numbers [markdown]
# ## A number that comes as text
#
# What people type into a form on a web page is text. So is what stands in a CSV file. If nobody
# takes care, it is sent as text: `"1961"`, with quotation marks. What does Python do with it?

# %% no-schema
body = json.loads('{"YearBuilt": "1961", "GarageCars": "2"}')

try:
    print("Age in 2010:", 2010 - body["YearBuilt"])
except TypeError as error:
    print("TypeError:", error)
print("Twice as many cars:", body["GarageCars"] * 2)
print("The later of two years:", max("999", body["YearBuilt"]))

# %% no-schema-text [markdown]
# The first is bad: in a server, such an error would be answered with 500, as if the server were
# broken. The other two are worse. There is no error at all, only nonsense: two times two cars
# are 22, and the year 999 comes after 1961. The client gets an answer and believes it.

# %% first-schema-text [markdown]
# ## A schema is a class
#
# Chapter 02 described a body with a class of one field. Such a class is a schema. FastAPI brings
# the library for it along, **pydantic**, and both of our apps use it: version 2.14, in November
# 2026. (There are others for Python, such as marshmallow, attrs and msgspec.) A schema builds on
# pydantic's `BaseModel`. Each **field** is one line: a name, a colon, a type.


# %% first-schema
class House(BaseModel):
    GrLivArea: float
    OverallQual: int
    Neighborhood: str
    YearBuilt: int


sent = {"GrLivArea": "1604", "OverallQual": "6", "Neighborhood": "Gilbert", "YearBuilt": "1998"}

read = House.model_validate(sent)
print(read)
print("Age in 2010:", 2010 - read.YearBuilt)

# %% first-schema-read [markdown]
# Four texts went in, and out came an object whose fields have the types that the schema names:
# the number 1604.0, the numbers 6 and 1998, and a text. The rest of the program can rely on
# that. Python itself ignores the types behind the colons; pydantic reads them and acts on them.
#
# And what cannot be converted?

# %% refusal
try:
    House.model_validate({**sent, "YearBuilt": "old", "OverallQual": None})
except ValidationError as error:
    print(error)

# %% refusal-text [markdown]
# It is refused, with a `ValidationError` that lists **all** that is wrong, not only the first. To
# check and convert in one go is called **validation**.
#
# **Quick question.** A client sends `"1604 sq ft"` for `GrLivArea`. Converted or refused?
#
# <details><summary>Show the answer</summary>
#
# Refused. A text is converted when all of it is a number. Pydantic does not pick numbers out of
# sentences: that would be a guess. Try it in the cell above.
#
# </details>

# %% exercise-first-schema exercise="03.1"

# %% both-convert-text [markdown]
# ## Both servers convert
#
# A sentence that you will hear: "FastAPI can convert inputs to the correct type according to a
# schema." Let us see whether it does, and whether Flask is any worse.

# %% both-convert
for year in (1998, "1998", 1998.0, " 1998 ", "old"):
    print(f"YearBuilt: {json.dumps(year)}")
    print("  Flask   ", told(ask(flask, {"YearBuilt": year})))
    print("  FastAPI ", told(ask(fastapi, {"YearBuilt": year})))

# %% both-convert-read [markdown]
# The same price for the number and for the text, from both. So it is not FastAPI that converts:
# it is pydantic, and any framework can call it. In these two apps it happens in one line, in
# [apps/house_prices/json_body.py](../apps/house_prices/json_body.py), which both call:
# `message.model_validate_json(body)`. That method takes the JSON text as it has come over the
# wire.
#
# What FastAPI adds is that you need not call it. Name a schema as the type of a parameter, and
# FastAPI reads the body, validates it, and calls your function only if all is well. Here is the
# smallest such app.

# %% age-program program="age_of_house.py"
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class House(BaseModel):
    YearBuilt: int


@app.post("/age")
def age(house: House) -> dict[str, int]:
    return {"age in 2010": 2010 - house.YearBuilt}


# %% age
small = start_program("age_of_house.py", "uvicorn")

for text in ('{"YearBuilt": "1961"}', '{"YearBuilt": "old"}', "{}"):
    response = post(small, "/age", text)
    print(text, "->", response.status_code, response.text)

# %% age-read [markdown]
# `age` was called once, with the number 1961. The two other requests were answered by FastAPI
# alone. (Its error documents look different from those of our API. We come back to that.)

# %% strict-text [markdown]
# ## How much conversion is right?
#
# Converting is kind, and kindness can go too far. Pydantic has two sets of rules. The usual one,
# **lax**, converts where it can do so without loss. **Strict** converts nothing: for `int`, only
# a whole number will do. A schema says so in its `model_config`, a field in `Field(strict=True)`.
#
# The next cell sends eight inputs to four readers: Python's own `int()`, a lax field, a strict
# field, and the API. Each input is a piece of JSON, just as it travels. `by_int` and `by_schema`
# come from the course: they return what was made of it, or "refused" when there was an exception.

# %% strict
from lab.lessons.input_grid import describe_grid, draw_grid, grid_table
from lab.lessons.readers import by_int, by_schema


class LaxYear(BaseModel):
    YearBuilt: int


class StrictYear(BaseModel):
    model_config = ConfigDict(strict=True)

    YearBuilt: int


def by_api(text):
    answers = {told(ask(server, {"YearBuilt": json.loads(text)})) for server in (flask, fastapi)}
    assert len(answers) == 1, "The two servers disagree"
    return "price of 1998" if answers == {told(ask(flask, {}))} else "refused"


years = {}
for text in ("1998", "1998.0", '"1998"', '" 1998 "', "1998.5", "true", '"old"', "null"):
    years[text] = {
        "Python's int()": by_int(text),
        "int, lax": by_schema(LaxYear, text),
        "int, strict": by_schema(StrictYear, text),
        "both servers": by_api(text),
    }

print(grid_table(years, "sent"))
title = "Who takes what for a whole number"
note = "Left: what was sent as YearBuilt. In the fields: what each reader made of it."
show(draw_grid(years, title, note), describe_grid(years, title))

# %% strict-read [markdown]
# **How to read it.** There is a row for each input and a column for each reader. A field with a
# tick shows what was made of the input; a hatched field with a cross says that it was refused.
#
# - **`int()` is no check.** It makes 1998 of 1998.5 and says nothing. It makes 1 of `true`.
# - **The lax field** refuses 1998.5, because something would be lost. But it takes `true` for 1.
# - **The strict field** refuses `true` and every text, and `1998.0` as well.
# - **The API** stands between the two. Its contract was decided, line by line:
#
# | Sent | Decision | Why |
# |---|---|---|
# | `"1998"` | converted | forms and CSV files send text, and nothing is lost |
# | `1998.0` | converted | it is a whole number, whichever way it is written |
# | `1998.5` | refused | a part would be lost |
# | `true` | refused | no house was built in the year `true`: it is a client's mistake |
#
# The second line needs a closer look. JSON has only one kind of number: `1998` and `1998.0` are
# two ways to write the same. The standard on which OpenAPI builds, JSON Schema, says that [a
# number without a fraction is an
# integer](https://json-schema.org/understanding-json-schema/reference/numeric), however it is
# written. A strict `int` therefore refuses what its own contract allows. And whom does that hit?
# Clients that never chose. Here is one: pandas, with a column of whole numbers in which one is
# missing. (The cell imports pandas, which takes a few seconds the first time.)

# %% pandas
import pandas as pd

garages = pd.DataFrame({"GarageCars": [2, None, 1]})
garages.to_json(orient="records")

# %% pandas-read [markdown]
# One missing value, and `2` is written as `2.0`. JavaScript, the language of web pages, is
# another such client. It has one type for whole numbers and fractions. Its programs cannot say
# which of the two ways of writing they want: for 1604.0, JavaScript writes `1604`. So a server
# that insists on the point, with a check like `isinstance(area, float)`, refuses JavaScript's
# `1604`; and one that insists on no point refuses those who write it. A contract must not
# depend on what a client cannot choose.
#
# Strict is right where a conversion would hide a mistake. `true` is such a case; so are amounts of
# money, and whatever only looks like a number.
#
# **Quick question.** Which type should the field for a US postcode such as `"00501"` have?
#
# <details><summary>Show the answer</summary>
#
# `str`. As a number it would be 501: the zeros are lost, and the postcode with them. It consists
# of digits, but nobody calculates with it.
#
# </details>

# %% bounds-text [markdown]
# ## Bounds
#
# 11 is a whole number, but no quality from 1 to 10. A type says what kind of value a field has. A
# **constraint** says which values of that kind. Constraints go into `Field(...)`: `ge` stands for
# greater than or equal, `le` for less than or equal; `gt` and `lt` leave the bound itself out.
# Texts and lists have `min_length` and `max_length`.


# %% bounds
class BoundedHouse(BaseModel):
    GrLivArea: float = Field(ge=100, le=20_000)
    OverallQual: int = Field(ge=1, le=10)
    Neighborhood: str = Field(min_length=1, max_length=20)
    YearBuilt: int = Field(ge=1700, le=2100)


def attempt(schema, sent):
    """Print what a schema makes of an input: what it reads, or all that it has against it."""
    try:
        print("read:", schema.model_validate(sent))
    except ValidationError as error:
        for one in error.errors():
            place = ".".join(map(str, one["loc"])) or "(the whole)"
            print(f"{place}: {one['msg']}  [{one['type']}]")


attempt(BoundedHouse, {"GrLivArea": 5, "OverallQual": 11, "Neighborhood": "", "YearBuilt": 1998})

# %% bounds-api [markdown]
# The bounds of our API stand in its contract, where a client can read them. They are the same for
# both servers.

# %% bounds-contract
contract = requests.get(fastapi.url + "/api/v1/openapi.json", timeout=5).json()
fields = contract["components"]["schemas"]["House"]["properties"]

for name in ("GrLivArea", "OverallQual", "YearBuilt"):
    print(f"{name}: {fields[name]['minimum']} to {fields[name]['maximum']} {fields[name]['unit']}")
print(told(ask(flask, {"OverallQual": 11})))
print(told(ask(fastapi, {"GrLivArea": 5})))

# %% bounds-read [markdown]
# How wide should bounds be? Wide enough for every true house, and narrow enough for slips: an
# extra zero, two fields swapped. They catch what is impossible, not what is wrong. If somebody
# sends square metres for square feet, 149 for 1604, these bounds let it in.
#
# One number passes many a check: `NaN`, "not a number". It is not JSON, but Python writes and
# reads it, and each comparison with it is false. Infinity is another: `1e999` is proper JSON, and
# too large for a Python float.


# %% not-finite
class Lot(BaseModel):
    LotArea: float


class FiniteLot(BaseModel):
    model_config = ConfigDict(allow_inf_nan=False)

    LotArea: float


for text in ('{"LotArea": NaN}', '{"LotArea": 1e999}'):
    attempt(Lot, json.loads(text))
    attempt(FiniteLot, json.loads(text))
print(told(ask(fastapi, {"LotArea": float("nan")})))

# %% optional-text [markdown]
# ## Required, optional, null
#
# Two questions that are easily taken for one. May a field be **left out**? May it be **null**,
# JSON's word for "no value", which Python calls `None`? The default answers the first, the type
# answers the second. So there are four kinds of fields.


# %% four-kinds
class FourKinds(BaseModel):
    required: int
    nullable: int | None
    default: int = 0
    optional: int | None = None


full = {"required": 2, "nullable": 2, "default": 2, "optional": 2}
kinds = {}
for name in full:
    rest = {other: value for other, value in full.items() if other != name}
    kinds[name] = {}
    for case, body in {"2": full, "null": {**full, name: None}, "left out": rest}.items():
        try:
            kinds[name][case] = str(getattr(FourKinds.model_validate(body), name))
        except ValidationError as error:
            kinds[name][case] = "refused: " + error.errors()[0]["type"]

print(grid_table(kinds, "field"))

# %% optional-read [markdown]
# The second line surprises most people: `int | None` **alone does not make a field optional**. It
# may be null, but it must be there. What most people mean by "optional" is the last line.
#
# A field that is optional *and* has bounds needs both behind the equals sign. `Field` takes the
# default, too: `LotArea: float | None = Field(default=None, ge=1)`. The bounds hold for a number;
# null and the default pass them by.
#
# Of the 79 fields of our API, four are required, and all others are of the last kind: the
# model takes a usual value for what nobody knows. Does it matter which default you choose? Ask for
# the garage in four ways.

# %% four-garages
without = {name: value for name, value in house.items() if name != "GarageCars"}
text = json.dumps({"inputs": [without]})

print("two cars:", told(ask(flask, {"GarageCars": 2})))
print("no cars: ", told(ask(flask, {"GarageCars": 0})))
print("null:    ", told(ask(flask, {"GarageCars": None})))
print("left out:", told(post(flask, "/api/v1/predict", text)))

# %% four-garages-read [markdown]
# "No cars" is a fact, and it lowers the price. Null and left out both say that nobody knows, and
# the model then takes what is usual. (Here that costs nothing: most garages in these data hold
# two cars.) A schema with `GarageCars: int = 0` would turn "nobody has said" into "there is no
# garage", and take off the difference that you see above, without a word.
#
# **Quick question.** In these data, `GarageType` may be the code `"NA"`, which stands for "no
# garage". How does that differ from null?
#
# <details><summary>Show the answer</summary>
#
# `"NA"` says: there is none. Null says: we do not know. It is the same difference as between 0
# and null for the cars.
#
# </details>

# %% exercise-optional exercise="03.2"

# %% codes-text [markdown]
# ## Codes
#
# The quality of a kitchen is one of five codes, and no other text will do. Such a fixed list of
# values is an **enumeration**. Our contract has it, with the meaning of every code:

# %% codes
print(json.dumps(fields["KitchenQual"]["x-meanings"], indent=1))
print("Fields with codes:", sum("x-meanings" in field for field in fields.values()))

# %% codes-literal-text [markdown]
# (`x-` marks what a contract says beyond the standard.) In a schema, the type `Literal` lists what
# is allowed. The values may come from a list that you have already, so that the two cannot drift
# apart. `Literal` needs square brackets, and takes a tuple of them. `tuple(...)` makes one: of a
# list it takes the values, of a dictionary the names. (A list or a dictionary itself would count as
# one single value.)

# %% codes-literal
from typing import Literal

neighborhoods = tuple(fields["Neighborhood"]["enum"])


class CodedHouse(BaseModel):
    Neighborhood: Literal[neighborhoods]
    CentralAir: Literal["Y", "N"] | None = None


attempt(CodedHouse, {"Neighborhood": "Gilbert", "CentralAir": "Y"})
attempt(CodedHouse, {"Neighborhood": "Gilbert", "CentralAir": "yes"})

# %% codes-api
for code in ("Gd", "Gd ", "gd", "good"):
    print(f"{code!r}: {told(ask(fastapi, {'KitchenQual': code}))}")

# %% codes-read [markdown]
# Two more decisions: blanks around a code are dropped, because some files of these data have
# them; small and capital letters count, because the contract lists the codes as they are.
#
# Python's `StrEnum` does the same as `Literal`, and gives each value a name that code can use. Both
# appear in the contract as a list, so that a form can offer the codes to choose from. A check
# inside a function could refuse as well, but nobody could see it from outside.

# %% exercise-codes exercise="03.3"

# %% nested-text [markdown]
# ## Schemas in schemas
#
# A request to our API is not a house, but a list of houses under `inputs`. A schema may be the
# type of a field, and `list[House]` is a list of them. The list itself can have bounds.


# %% nested
class PriceRequest(BaseModel):
    inputs: list[House] = Field(min_length=1, max_length=3)


good = {"GrLivArea": 1604, "OverallQual": 6, "Neighborhood": "Gilbert", "YearBuilt": 1998}
bad = {**good, "YearBuilt": "old"}

attempt(PriceRequest, {"inputs": [good, bad]})
attempt(PriceRequest, {"inputs": []})
attempt(PriceRequest, {"inputs": good})

# %% nested-read [markdown]
# The place of a mistake, `inputs.1.YearBuilt`, leads from the outside in: under `inputs`, in the
# house with number 1 (the second), at `YearBuilt`. A client that has sent 500 houses finds the
# one.
#
# And the good house beside the bad one: does it get its price?

# %% nested-api
response = post(fastapi, "/api/v1/predict", json.dumps({"inputs": [good, bad]}))
print(response.status_code, response.json()["errors"])
print("Houses in one request, at most:", end=" ")
print(contract["components"]["schemas"]["PredictRequest"]["properties"]["inputs"]["maxItems"])

# %% nested-api-read [markdown]
# No: all or nothing. The contract promises one price for each house, in order. A shorter list
# would break that promise, and a client that does not look twice would put prices to the wrong
# houses.
#
# **Quick question.** The `loc` of an error is `["body", "inputs", 7, "KitchenQual"]`. Which house
# is it?
#
# <details><summary>Show the answer</summary>
#
# The eighth in the list: counting starts at 0, as in Python.
#
# </details>

# %% validators-text [markdown]
# ## Rules of your own
#
# Some rules do not fit into a type or a bound. For them, a schema has functions, called
# **validators**. There are two kinds.
#
# A **field validator** looks at one field. With `mode="before"` it runs before the conversion and
# sees what was sent. This one makes use of that: a form sends an empty text for a field that was
# left empty.
#
# A **model validator** with `mode="after"` runs when all fields are done, and sees the whole
# object, `self`. This one has a rule between two fields. A validator refuses by raising
# `ValueError`; its text becomes the message. When all is well, it returns the value, or `self`.
#
# (`Self`, with a capital, is a type: "an object of this class". It says what the function returns.)

# %% validators
from typing import Self

from pydantic import field_validator, model_validator


class Garage(BaseModel):
    GarageCars: int | None = None
    GarageArea: float | None = None

    @field_validator("GarageCars", "GarageArea", mode="before")
    @classmethod
    def empty_is_nothing(cls, sent):
        return None if sent == "" else sent

    @model_validator(mode="after")
    def area_has_room(self) -> Self:
        if self.GarageCars == 0 and self.GarageArea is not None and self.GarageArea > 0:
            raise ValueError("GarageArea must be 0 where no car fits in")
        return self


attempt(Garage, {"GarageCars": "", "GarageArea": "528"})
attempt(Garage, {"GarageCars": 0, "GarageArea": 528})
attempt(Garage, {"GarageCars": 0, "GarageArea": "large"})

# %% validators-read [markdown]
# Look at the last line: there is no word about the rule. A model validator after the fields runs
# only if every field passed, so it need not be afraid of what it finds. But `None` may be there
# where the type allows it: that is why the rule asks for it first.
#
# The place of the second is "(the whole)": the mistake is in no single field. `@classmethod`
# below the other decorator is needed because before the fields are done there is no object yet,
# only the class.
#
# **Quick question.** Why must `area_has_room` not just write `if self.GarageCars == 0 and
# self.GarageArea > 0`?
#
# <details><summary>Show the answer</summary>
#
# With no cars and no area given, it would compare `None > 0`. That is a TypeError, which is no
# refusal: pydantic lets it through, and the server answers 500 to a request that was fine.
#
# </details>

# %% exercise-remodelled exercise="03.4"

# %% data-text [markdown]
# **Before a rule goes into a contract, count whom it hits.** The rule of the exercise sounds as if
# it could not be wrong. Here are the 2,930 sales that the model has learned from.

# %% data
from training.sales import read_sales

sales = read_sales()
early = sales[sales["YearRemodAdd"] < sales["YearBuilt"]]
garage = sales[sales["GarageYrBlt"] < sales["YearBuilt"]]

print("Remodelled before it was built:", len(early))
print(early[["YearBuilt", "YearRemodAdd", "YrSold"]].to_string(index=False))
print("Garage older than the house:", len(garage))
print(told(ask(flask, {"YearBuilt": 1998, "YearRemodAdd": 1980})))

# %% data-read [markdown]
# One real sale breaks the rule. A slip of the assessor, most likely, but the house stands there
# and was sold. And a garage may well be older than its house. That is why our contract has
# neither rule, and answers with a price. A rule in a schema says "impossible"; for "unlikely" it
# is the wrong place.

# %% errors-text [markdown]
# ## What to tell the client
#
# `ValidationError` knows more than you have seen. Its method `errors()` gives all of it:

# %% errors
try:
    Garage.model_validate({"GarageCars": 0, "GarageArea": 528})
except ValidationError as error:
    for name, value in error.errors()[0].items():
        print(f"{name:6}{value!r}")

# %% errors-read [markdown]
# Three of these are for the client, and three are not:
#
# | | What it is | To the client? |
# |---|---|---|
# | `loc` | the place, from the outside in | yes, with `"body"` at the front |
# | `msg` | what is wrong, for a person | yes |
# | `type` | what is wrong, for a program: stays the same when the text changes | yes |
# | `input` | what was sent | **never** |
# | `ctx` | the bounds, or here an exception object | no: JSON cannot write such an object |
# | `url` | a page of pydantic's documentation | no: what the server is made of is its own affair |
#
# Why never the input? The client knows what it has sent, one might think. FastAPI thinks so: by
# itself it sends `input` back. Ask the small app from above.

# %% echo
import time

texts = ('{"owner": "Maple Street 4, call 555-0100"}', '{"YearBuilt": NaN}')
for text in texts:
    response = post(small, "/age", text)
    print(response.status_code, response.text)

for _ in range(50):  # the server writes its log after its answer
    if errors := [line for line in small.lines() if line.startswith("ValueError")]:
        break
    time.sleep(0.1)
print(*errors[-1:], sep="\n")

# %% echo-read [markdown]
# - **The first** lacks a year, so all that was sent comes back. Error documents end up in log
#   files, in error trackers and on other people's screens. Addresses and passwords must not.
# - **The second** is answered with 500. The input was refused, rightly. But then FastAPI wanted to
#   send it back, and `NaN` cannot be written as JSON. So a client's mistake looks like a broken
#   server. The last line is from the server's log. (Seen on FastAPI 0.165 in November 2026.)
#
# Here is what our two servers say to the same two mistakes. They build the document from what is
# wanted, and what is not named is not in it.

# %% no-echo
no_year = {name: value for name, value in house.items() if name != "YearBuilt"}
mistakes = {
    "no year, an owner": {**no_year, "owner": "Maple Street 4, call 555-0100"},
    "NaN for the year": {**house, "YearBuilt": float("nan")},
}
for what, facts in mistakes.items():
    body = json.dumps({"inputs": [facts]})
    response = post(flask, "/api/v1/predict", body)
    errors = response.json()["errors"]
    print(f"{what}: {response.status_code}, {response.headers['Content-Type']}")
    print(*errors, sep="\n")
    same = post(fastapi, "/api/v1/predict", body).json()["errors"] == errors
    print("The same errors from FastAPI?", same)

# %% no-echo-read [markdown]
# That is the problem document of lesson 00, RFC 9457. The standard fixes `type`, `title`, `status`,
# `detail` and `instance`, and lets an API add members of its own. Ours is `errors`, a list with
# `loc`, `msg` and `type` for each mistake. The names of fields are shown, because an error without
# its place helps nobody; the values are not. Be careful with messages of your own: a
# `ValueError(f"{value} is wrong")` would send the value back after all.

# %% exercise-problem exercise="03.5"

# %% handler-text [markdown]
# **The same in FastAPI.** There, your function is not called when validation fails, so there is
# no place for `except`. Instead you replace the function that FastAPI calls in that case, as the
# error handler of chapter 02 did in Flask; FastAPI says **exception handler**. It has put `"body"`
# at the front already. (The handler is an `async def`, as FastAPI's own is. Chapter 05 explains
# the word.)

# %% handler-program program="age_with_handler.py"
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

app = FastAPI()


class House(BaseModel):
    YearBuilt: int


@app.exception_handler(RequestValidationError)
async def refuse(request: Request, error: RequestValidationError) -> JSONResponse:
    problem = {
        "type": "about:blank",
        "title": "Unprocessable Content",
        "status": 422,
        "errors": [{name: one[name] for name in ("loc", "msg", "type")} for one in error.errors()],
    }
    return JSONResponse(problem, 422, media_type="application/problem+json")


@app.post("/age")
def age(house: House) -> dict[str, int]:
    return {"age in 2010": 2010 - house.YearBuilt}


# %% handler
small.stop()
small = start_program("age_with_handler.py", "uvicorn")

for text in texts:
    response = post(small, "/age", text)
    print(response.status_code, response.text)

# %% unknown-text [markdown]
# ## Unknown names
#
# A client writes `GarageCar`, without the s. By itself, a schema ignores names that it does not
# know. With `extra="forbid"` it refuses them.


# %% unknown
class Forgiving(BaseModel):
    GrLivArea: float
    GarageCars: int | None = None


class Forbidding(Forgiving):
    model_config = ConfigDict(extra="forbid")


slip = {"GrLivArea": 1604, "GarageCar": 0}
attempt(Forgiving, slip)
attempt(Forbidding, slip)
print(told(ask(fastapi, {"GarageCar": 0})))

# %% unknown-read [markdown]
# The forgiving schema takes the slip for "nobody has said anything about a garage": the wrong
# price, and no error. Where most fields are optional, that is a trap, so our contract forbids
# unknown names and even suggests the nearest one. It has a price: a client that is newer than the
# server, and sends a field that the server does not know yet, is refused.

# %% versions-text [markdown]
# ## The next version of a schema
#
# Contracts change. The quality should be called `Quality`, not `OverallQual`; and buyers want to
# say whether there are solar panels. Clients change later, or never. Which of the two new versions
# below can go live without breaking anybody?
#
# `AliasChoices` gives a field several names under which it may be sent.

# %% versions
from pydantic import AliasChoices


class Version1(BaseModel):
    model_config = ConfigDict(extra="forbid")

    OverallQual: int = Field(ge=1, le=10)


class Careless(BaseModel):
    model_config = ConfigDict(extra="forbid")

    Quality: int = Field(ge=1, le=10)
    SolarPanels: bool


class Careful(BaseModel):
    model_config = ConfigDict(extra="forbid")

    Quality: int = Field(ge=1, le=10, validation_alias=AliasChoices("Quality", "OverallQual"))
    SolarPanels: bool | None = None


clients = {
    "an old client": {"OverallQual": 6},
    "a new client": {"Quality": 6, "SolarPanels": True},
    "new, without panels": {"Quality": 6},
    "one in between": {"OverallQual": 6, "SolarPanels": True},
    "a slip": {"Qualty": 6},
}
versions = {}
schemas = {"Version 1": Version1, "Careless": Careless, "Careful": Careful}
for who, facts in clients.items():
    versions[who] = {}
    for name, schema in schemas.items():
        try:
            schema.model_validate(facts)
            versions[who][name] = "taken"
        except ValidationError:
            versions[who][name] = "refused"

print(grid_table(versions, "client"))
title = "Which client can use which version"
note = "Left: who sends. In the fields: what the schema of each version says to it."
show(draw_grid(versions, title, note), describe_grid(versions, title))

# %% versions-read [markdown]
# Every client with a proper request can use the careful version, and the slip is still refused.
# The rule behind it: **a new version must take all that the old one took.** So
#
# - a new field is optional,
# - an old name stays beside the new one,
# - bounds may become wider, and a list of codes longer, never the other way round.
#
# For answers it is the other way round: a new version must still *give* all that the old one gave.
# It may add a field, if clients ignore what they do not know. If you write a client, ignore it.
#
# If none of this will do, the path gets a new number, `/api/v2`, and both run side by side for a
# while. That is the promise behind the `v1` in `/api/v1/predict`.
#
# **Quick question.** `YearBuilt` may be 1700 to 2100. You want 1850 to 2030 instead. Does that
# break the contract?
#
# <details><summary>Show the answer</summary>
#
# Yes. A client with a house of 1750, or with a plan for 2035, was served yesterday and is refused
# today. Tightening is breaking, however sensible the new bounds are.
#
# </details>

# %% exercise-version exercise="03.6"

# %% hand-text [markdown]
# ## The same schema by hand
#
# Do you need a library for this? Here are two Flask apps with one schema of four fields: area and
# year required, kitchen and garage optional. The first checks by hand, with some care. The second
# calls pydantic.

# %% hand-program program="house_by_hand.py"
from flask import Flask, jsonify, request

app = Flask(__name__)

CODES = {"Ex", "Gd", "TA", "Fa", "Po"}


@app.post("/houses")
def houses():
    house = request.get_json()
    errors = []
    if "GrLivArea" not in house:
        errors.append("GrLivArea: missing")
    elif not isinstance(house["GrLivArea"], int | float):
        errors.append("GrLivArea: no number")
    elif not 100 <= house["GrLivArea"] <= 20_000:
        errors.append("GrLivArea: not from 100 to 20,000")
    if "YearBuilt" not in house:
        errors.append("YearBuilt: missing")
    elif not isinstance(house["YearBuilt"], int):
        errors.append("YearBuilt: no whole number")
    elif not 1700 <= house["YearBuilt"] <= 2100:
        errors.append("YearBuilt: not from 1700 to 2100")
    if "KitchenQual" in house and house["KitchenQual"] not in CODES:
        errors.append("KitchenQual: none of the codes")
    if "GarageCars" in house and not 0 <= house["GarageCars"] <= 20:
        errors.append("GarageCars: not from 0 to 20")
    if errors:
        return jsonify({"errors": errors}), 422
    return jsonify(house)


# %% schema-program program="house_by_schema.py"
from typing import Literal

from flask import Flask, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

app = Flask(__name__)


class House(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    GrLivArea: float = Field(ge=100, le=20_000)
    YearBuilt: int = Field(ge=1700, le=2100)
    KitchenQual: Literal["Ex", "Gd", "TA", "Fa", "Po"] | None = None
    GarageCars: int | None = Field(default=None, ge=0, le=20)


@app.post("/houses")
def houses():
    try:
        house = House.model_validate_json(request.get_data())
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return jsonify({"errors": found}), 422
    return jsonify(house.model_dump())


# %% hand-question [markdown]
# **Try it.** Before you run the next cell, read the first program again. What has its author
# forgotten? Write down three inputs that it gets wrong.

# %% hand-compare
by_hand = start_program("house_by_hand.py", "gunicorn")
by_class = start_program("house_by_schema.py", "gunicorn")

start = '"GrLivArea": 1604, "YearBuilt": 1998'
odd = {
    "a good house": f'{{{start}, "KitchenQual": "Gd", "GarageCars": 2}}',
    "area of 5": '{"GrLivArea": 5, "YearBuilt": 1998}',
    "year missing": '{"GrLivArea": 1604}',
    "year as text": '{"GrLivArea": 1604, "YearBuilt": "1998"}',
    "year 1998.0": '{"GrLivArea": 1604, "YearBuilt": 1998.0}',
    "cars null": f'{{{start}, "GarageCars": null}}',
    "cars as text": f'{{{start}, "GarageCars": "2"}}',
    "cars 1.5": f'{{{start}, "GarageCars": 1.5}}',
    "cars true": f'{{{start}, "GarageCars": true}}',
    "kitchen null": f'{{{start}, "KitchenQual": null}}',
    "kitchen a list": f'{{{start}, "KitchenQual": ["Gd"]}}',
    "unknown name": f'{{{start}, "GarageCar": 0}}',
    "a number": "5",
    "not JSON": '{"GrLivArea": ',
}


def status(server, text):
    response = post(server, "/houses", text)
    kind = "" if response.headers["Content-Type"] == "application/json" else ", HTML"
    outcome = "taken" if response.status_code == 200 else "refused"
    return f"{outcome} ({response.status_code}{kind})"


apps = {"by hand": by_hand, "by schema": by_class}
compared = {
    what: {name: status(server, text) for name, server in apps.items()}
    for what, text in odd.items()
}
print(grid_table(compared, "sent"))

# %% hand-read [markdown]
# Both know the good house, the impossible area and the missing year. Go through the others.
#
# - **500.** Null or a text where the code compares; a list where it looks up a code; a number where
#   it looks for fields. Each lets a client's mistake look like a broken server.
# - **Taken, and wrong.** One and a half cars; `true` cars, because in Python `True` is an `int`;
#   the unknown name.
# - **Refused, though right.** The year as text and as 1998.0, because nothing is converted; the
#   kitchen of which nothing is known.
# - **HTML.** Where the author has not thought of an answer, Flask sends a page for people.
#
# None of it is hard to mend, and each mend is a few lines, for each field, in each app. The cells
# above say how many lines the two programs have: they are close. The first grows with every field
# and every case; the second by a line for each field. And only the second can write the contract
# from the same text.
#
# The schema is not perfect. Which of its answers would you still change? (`true` cars are taken.
# The real API refuses them; [apps/house_prices/fields.py](../apps/house_prices/fields.py) shows
# how.) A library knows the usual cases. The decisions remain yours.

# %% cost-text [markdown]
# ## What does it cost?
#
# Each request is now checked, field by field. Does that slow the server down? Measure it: four
# ways to get from the bytes of a request to a house with twelve facts.
#
# - **no check**: `json.loads` alone. The least that any server must do.
# - **by hand**: `json.loads`, then each of the twelve is checked in Python.
# - **schema, from a dictionary**: `json.loads`, then `model_validate`.
# - **schema, from the bytes**: `model_validate_json`, which reads the JSON and checks it in one
#   step.
#
# `Annotated` gives a type together with its `Field` a name, for fields that are alike. To keep the
# cell short, all numbers have the same bounds. The check by hand is in
# [lab/lessons/hand_check.py](../lab/lessons/hand_check.py): a loop over the numbers and one over
# the codes.

# %% cost
from typing import Annotated

from lab.lessons.hand_check import checked_by_hand
from lab.lessons.validation_cost import cost_table, describe_costs, draw_costs, time_ways

Whole = Annotated[int, Field(ge=0, le=2_000_000)]
Measure = Annotated[float, Field(ge=0, le=2_000_000)]


class TwelveFacts(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    GrLivArea: Measure
    OverallQual: Whole
    Neighborhood: Literal[neighborhoods]
    YearBuilt: Whole
    LotArea: Measure
    TotalBsmtSF: Measure
    FullBath: Whole
    BedroomAbvGr: Whole
    KitchenQual: Literal["Ex", "Gd", "TA", "Fa", "Po"]
    Fireplaces: Whole
    GarageCars: Whole
    CentralAir: Literal["Y", "N"]


numbers = [name for name, value in house.items() if isinstance(value, int)]
codes = {
    "Neighborhood": set(neighborhoods),
    "KitchenQual": {"Ex", "Gd", "TA", "Fa", "Po"},
    "CentralAir": {"Y", "N"},
}
wire = json.dumps(house).encode()  # the bytes as they come over the wire
costs = time_ways(
    {
        "no check": lambda: json.loads(wire),
        "by hand": lambda: checked_by_hand(json.loads(wire), numbers, codes),
        "schema, from a dictionary": lambda: TwelveFacts.model_validate(json.loads(wire)),
        "schema, from the bytes": lambda: TwelveFacts.model_validate_json(wire),
    }
)

print(cost_table(costs))
title = "What it costs to read and check one house"
note = "200 rounds of 10 calls for each way, in random order. One mark is one round."
show(draw_costs(costs, title, note), describe_costs(costs, title))

# %% cost-read [markdown]
# **How to read it.** Every mark is one round; the further right, the longer it took. The upright
# line splits the marks of a row in two. The table has the same numbers. What does a check by hand
# add to reading alone? And is it dearer or cheaper to read and check in one step than only to
# read?
#
# The differences are in millionths of a second. To know whether that is much, compare it with
# what a client waits for: a whole request.

# %% whole-request
import statistics

from lab.lessons import time_in_turns

urls = {"fastapi": fastapi.url + "/api/v1/predict"}
times = time_in_turns(urls, {"inputs": [house]}, each=100)["fastapi"]
request = statistics.median(times) * 1000  # from milliseconds to microseconds
reading = statistics.median(costs["schema, from the bytes"])
print(f"A whole request: {request:,.0f} µs (half of 100 were quicker)")
print(f"Reading and checking one house: {reading:.1f} µs, {reading / request:.2%} of that")

# %% whole-request-read [markdown]
# That is what the first question comes down to. For one house, checking is lost in the noise of
# the way there and back. It begins to count for a server under full load, or with thousands of
# houses in a request, and then the choice between the four ways matters: `model_validate_json` on
# the bytes does in compiled code what Python would do line by line. That is why both apps use it.
#
# **Quick question.** "We leave validation out, it costs time." What would you answer?
#
# <details><summary>Show the answer</summary>
#
# How much time, measured against what? Here you have both numbers. And what does it cost to
# leave it out: a 500 for each slip, or a wrong price that nobody notices?
#
# </details>

# %% stop-text [markdown]
# ## Stop the servers

# %% stop
servers.stop_all()

print(flask)
print(fastapi)

# %% progress-text [markdown]
# And how far are you with the exercises of this chapter?

# %% progress
progress("03")

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Write a schema: types, bounds, codes, schemas in schemas.
# - Tell required from optional and from nullable, and choose a default that is no false fact.
# - Decide what is converted, and give the reason. Know that `1998` and `1998.0` are one number.
# - Write a rule between fields, and count first whom it hits.
# - Report every mistake with its place, and repeat nothing of what was sent.
# - Add and rename fields without breaking old clients.
# - Say what validation costs, and against what.
#
# **What comes next.** A refused request leaves a line in the server's log, and nothing else.
# Chapter 04 is about logging: what a server should write down, in which form, and how you find the
# one line that you need.
