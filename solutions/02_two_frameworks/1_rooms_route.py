# Exercise 02.1: A route in Flask
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.get("/houses/<int:house_id>/rooms")
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}
