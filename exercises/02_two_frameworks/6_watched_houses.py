# Exercise 02.6: An endpoint with a database
#
# **Goal.** `POST /watched` with `{"person": "Ada", "house": 7}` is answered with 201 and writes a
# row into the file, and `GET /watched?person=Ada` is answered with the houses of that person alone,
# the smallest number first: `{"houses": [7, 12]}`.
#
# The table and the session are there. `Database` is the dependency of section 7.
#
# Check it: .venv/bin/lab check 02.6 in a terminal, or check("02.6") in a notebook.

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
    ...  # Your code here: write a row into the file.
    return {"person": new.person, "house": new.house}


@app.get("/watched")
def find(person: str, database: Database):
    houses = ...  # Your code here: a list of the numbers of this person's houses.
    return {"houses": houses}
