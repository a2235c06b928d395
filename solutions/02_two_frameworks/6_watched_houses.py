# Exercise 02.6: An endpoint with a database
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

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
    houses = list(database.scalars(mine))
    return {"houses": houses}
