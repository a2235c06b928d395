# Exercise 03.1: A first schema
#
# **Goal.** `Garage` is a schema of three required fields: `GarageCars`, a whole number;
# `GarageArea`, a number that may have a fraction; `GarageFinish`, a text.
#
# Each field is one line: its name, a colon, its type. Numbers that come as text must be converted:
# `Garage(GarageCars="2", GarageArea="528.5", GarageFinish="Unf").GarageCars` must be `2`.
#
# Check it: .venv/bin/lab check 03.1 in a terminal, or check("03.1") in a notebook.

from pydantic import BaseModel


class Garage(BaseModel):
    ...  # Three lines: GarageCars, GarageArea, GarageFinish.
