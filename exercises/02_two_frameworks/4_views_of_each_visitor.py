# Exercise 02.4: Who looked at which house, and how often
#
# **Goal.** `GET /houses/7` tells each visitor how often *this* visitor has looked at house 7:
# `{"house": 7, "views": 1}`, then 2, then 3.
#
# Each house has a count of its own, and each visitor too. The counts belong into the session. It
# holds what JSON can hold, and JSON's dictionaries have only text for keys.
#
# Check it: .venv/bin/lab check 02.4 in a terminal, or check("02.4") in a notebook.

import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    views = ...  # Your code here: one more for this house and this visitor.
    return {"house": house_id, "views": views}
