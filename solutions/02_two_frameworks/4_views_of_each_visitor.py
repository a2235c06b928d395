# Exercise 02.4: Who looked at which house, and how often
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    key = f"house {house_id}"
    views = session[key] = session.get(key, 0) + 1
    return {"house": house_id, "views": views}
