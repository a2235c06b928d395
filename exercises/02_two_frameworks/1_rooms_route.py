# Exercise 02.1: A route in Flask
#
# **Goal.** `GET /houses/3/rooms` is answered with the rooms of house 3, and so for every house.
#
# The function is there already. Give it its route: one line.
#
# Check it: .venv/bin/lab check 02.1 in a terminal, or check("02.1") in a notebook.

from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


# Your code here: one line that gives the function below its route.
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}
