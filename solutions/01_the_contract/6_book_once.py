# Exercise 01.6: Book once, however often it is sent
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

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
    if key in answered:
        earlier, number = answered[key]
        if viewing != earlier:
            return {"detail": "This key was used for something else."}, 422
        return earlier, 201, {"Location": f"/viewings/{number}"}
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    if key is not None:
        answered[key] = (viewing, number)
    return viewing, 201, {"Location": f"/viewings/{number}"}
