# Exercise 01.6: Book once, however often it is sent
#
# **Goal.** A `POST /viewings` with an `Idempotency-Key` that was answered before books nothing and
# gets the same answer again; with another body under that key it gets 422.
#
# A request without the header, or with a new key, books a viewing, as it does now. Two visitors may
# want the same house on the same day: two keys, or no keys, are two viewings.
#
# `answered` is yours: keep in it, under each key, what you need to give the same answer again.
# "The same answer" has the same status, the same body and the same `Location`.
#
# Check it: .venv/bin/lab check 01.6 in a terminal, or check("01.6") in a notebook.

from flask import Flask, request

app = Flask(__name__)
viewings = {}  # the number of a viewing, and what it says
answered = {}  # an Idempotency-Key, and what you need for the same answer


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    key = request.headers.get("Idempotency-Key")  # None when there is none
    viewing = request.get_json()
    ...  # Your code here: what if this key was answered before?
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    ...  # And here: what must be kept for the next time?
    return viewing, 201, {"Location": f"/viewings/{number}"}
