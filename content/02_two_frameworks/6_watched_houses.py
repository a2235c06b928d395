# %% goal [markdown]
# # An endpoint with a database
#
# **Goal.** `POST /watched` with `{"person": "Ada", "house": 7}` is answered with 201 and writes a
# row into the file, and `GET /watched?person=Ada` is answered with the houses of that person alone,
# the smallest number first: `{"houses": [7, 12]}`.
#
# The table and the session are there. `Database` is the dependency of section 7.

# %% instructor [markdown]
# Minutes: 10
#
# The whole of section 7 in one endpoint. Without `commit()` everything looks right until one
# looks into the file, so the check does. SQL in an f-string works for every name without a
# quotation mark.

# %% solution
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched, database: Database):
    # BEGIN SOLUTION: ...  # Your code here: write a row into the file.
    database.add(Watched(person=new.person, house=new.house))
    database.commit()
    # END SOLUTION
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str, database: Database):
    # BEGIN SOLUTION: houses = ...  # Your code here: a list of the numbers of this person's houses.
    mine = select(Watched.house).where(Watched.person == person).order_by(Watched.house)
    houses = list(database.scalars(mine))
    # END SOLUTION
    return {"houses": houses}


# %% check
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from lab.exercises.checking import Answer, expect, expect_equal, not_yet
from lab.exercises.serving import Client

PATH = "/watched"
LIMIT = 30.0


def check(answer: Answer) -> None:
    file = answer.file.with_name("check.db")
    file.unlink(missing_ok=True)
    houses = answer.random.sample(range(5, 300), k=6)
    ada, brien = sorted(houses[:4]), sorted(houses[4:])
    with answer.served(environment={"WATCHED_FILE": str(file)}) as client:
        for house in houses[:4]:
            _add(client, "Ada", house)
        for house in houses[4:]:
            _add(client, "O'Brien", house)
        rows = _rows(file)
        if not rows and _found(client, "Ada") == ada:
            not_yet(
                "GET /watched is answered with the houses, but the file has no rows: they are kept "
                "somewhere else, and gone when the server stops.",
                hint="A variable of the program is no database. The session takes a new row.",
            )
        expect(
            len(rows) == len(houses),
            f"{len(houses)} houses were posted, and the file has {len(rows)} rows of them.",
            hint="What belongs to the conversation is not in the file until it is written down.",
        )
        wanted = [("Ada", house) for house in houses[:4]]
        wanted += [("O'Brien", house) for house in houses[4:]]
        expect_equal(rows, wanted, "The rows in the file")
        _finds(client, "Ada", ada)
        _finds(client, "O'Brien", brien)
        _finds(client, "Nobody", [])
        _finds(client, "x' OR 'a' = 'a", [])


def _add(client: Client, person: str, house: int) -> None:
    body = {"person": person, "house": house}
    response = client.post(PATH, json=body)
    expect(
        response.status_code == 201,
        f"POST {PATH} with {body} was answered with {response.status_code}, and 201 was wanted.",
    )


def _found(client: Client, person: str) -> Any:
    response = client.get(PATH, params={"person": person}, allow_5xx=True)
    said = f" The log says {_last_error(client)}" if response.status_code == 500 else ""
    expect(
        response.status_code == 200,
        f"GET {PATH} for {person!r} was answered with {response.status_code}, and 200 was wanted."
        f"{said}",
        hint="What is in this name that is not in others? And where does the name go?"
        if "'" in person
        else "What do you return: numbers, or objects that FastAPI cannot write as JSON?",
    )
    return response.json().get("houses")


def _last_error(client: Client) -> str:
    """Return the last line of the log that names an error; a traceback may come a little late."""
    for _ in range(20):
        errors = [line for line in client.lines() if re.match(r"[\w.]+(Error|Exception)\b", line)]
        if errors:
            return errors[-1][:200]
        time.sleep(0.05)
    return "nothing about it."


def _finds(client: Client, person: str, wanted: list[int]) -> None:
    found = _found(client, person)
    if isinstance(found, list) and found != wanted:
        expect(
            not any(isinstance(one, dict | list) for one in found),
            f"The houses of {person!r} are {found}. These are whole rows; numbers were wanted.",
            hint="select(Watched) asks for rows, select(Watched.house) for one column.",
        )
        try:
            in_order = sorted(found)
        except TypeError:
            in_order = found
        expect(
            in_order != wanted,
            f"The houses of {person!r} are the right ones in another order: {found}.",
            hint="A table has no order of its own. Ask for one.",
        )
        expect(
            not set(map(str, found)) - set(map(str, wanted)),
            f"The houses of {person!r} should be {wanted}, but the answer has others too: {found}.",
            hint="Which rows are asked for? And does the name travel beside the SQL, or inside it?",
        )
    expect_equal(found, wanted, f"The houses of {person!r}")


def _rows(file: Path) -> list[tuple[str, int]]:
    if not file.exists():
        not_yet("The file that the setting WATCHED_FILE names was not made.")
    with closing(sqlite3.connect(file)) as database:
        return list(database.execute("SELECT person, house FROM watched ORDER BY id"))


# %% hints [markdown]
# - A new row is an object of the class `Watched`. The session takes it with `add`.
# - After `add`, the row belongs to the conversation only. What writes it into the file?
# - `select(Watched.house)` asks for one column; `.where(…)` and `.order_by(…)` say which rows and
#   in which order.
# - `list(database.scalars(…))` makes a list of the answer.

# %% wrong-no-commit
# why: Adds the row to the conversation and never writes it down.
# says: and the file has 0 rows of them
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched, database: Database):
    database.add(Watched(person=new.person, house=new.house))
    database.flush()
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str, database: Database):
    mine = select(Watched.house).where(Watched.person == person).order_by(Watched.house)
    return {"houses": list(database.scalars(mine))}


# %% wrong-sql-in-an-f-string
# why: Puts the name inside the SQL: a quotation mark in it ends the text.
# says: GET /watched for "O'Brien" was answered with 500
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched, database: Database):
    database.add(Watched(person=new.person, house=new.house))
    database.commit()
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str, database: Database):
    sql = f"SELECT house FROM watched WHERE person = '{person}' ORDER BY house"
    return {"houses": list(database.scalars(text(sql)))}


# %% wrong-everybodys-houses
# why: Forgets to ask for one person.
# says: but the answer has others too
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched, database: Database):
    database.add(Watched(person=new.person, house=new.house))
    database.commit()
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(database: Database):
    return {"houses": list(database.scalars(select(Watched.house).order_by(Watched.house)))}


# %% wrong-no-order
# why: Takes the order in which the rows were written for an order of the table.
# says: are the right ones in another order
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched, database: Database):
    database.add(Watched(person=new.person, house=new.house))
    database.commit()
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str, database: Database):
    mine = select(Watched.house).where(Watched.person == person)
    return {"houses": list(database.scalars(mine))}


# %% wrong-execute
# why: execute gives rows, each with one column, where scalars gives the values.
# says: and 200 was wanted. The log says ValueError
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched, database: Database):
    database.add(Watched(person=new.person, house=new.house))
    database.commit()
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str, database: Database):
    mine = select(Watched.house).where(Watched.person == person).order_by(Watched.house)
    return {"houses": list(database.execute(mine))}


# %% wrong-whole-rows
# why: Asks for whole rows and returns them.
# says: These are whole rows; numbers were wanted
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched, database: Database):
    database.add(Watched(person=new.person, house=new.house))
    database.commit()
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str, database: Database):
    mine = select(Watched).where(Watched.person == person).order_by(Watched.house)
    return {"houses": list(database.scalars(mine))}


# %% wrong-list-in-the-program
# why: Keeps the houses in a variable: gone with the process.
# says: but the file has no rows
import os
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()
rows = []


class Base(DeclarativeBase):
    pass


class Watched(Base):
    __tablename__ = "watched"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    house: Mapped[int]


class NewWatched(BaseModel):
    person: str
    house: int


engine = create_engine("sqlite:///" + os.environ.get("WATCHED_FILE", "watched.db"))
Base.metadata.create_all(engine)


def open_session():
    with Session(engine) as session:
        yield session


Database = Annotated[Session, Depends(open_session)]


@app.post("/watched", status_code=201)
def add(new: NewWatched):
    rows.append(new)
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str):
    return {"houses": sorted(row.house for row in rows if row.person == person)}


# %% right-sqlite3
import os
import sqlite3
from contextlib import closing

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
FILE = os.environ.get("WATCHED_FILE", "watched.db")
TABLE = "CREATE TABLE IF NOT EXISTS watched (id INTEGER PRIMARY KEY, person TEXT, house INTEGER)"


class NewWatched(BaseModel):
    person: str
    house: int


with closing(sqlite3.connect(FILE)) as database:
    database.execute(TABLE)


@app.post("/watched", status_code=201)
def add(new: NewWatched):
    with closing(sqlite3.connect(FILE)) as database, database:
        database.execute(
            "INSERT INTO watched (person, house) VALUES (?, ?)", (new.person, new.house)
        )
    return new


@app.get("/watched")
def find(person: str):
    query = "SELECT house FROM watched WHERE person = ? ORDER BY house"
    with closing(sqlite3.connect(FILE)) as database:
        return {"houses": [house for (house,) in database.execute(query, (person,))]}
