# Exercise 03.1: A first schema
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from pydantic import BaseModel


class Garage(BaseModel):
    GarageCars: int
    GarageArea: float
    GarageFinish: str
