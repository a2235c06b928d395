# %% goal [markdown]
# # Book once, however often it is sent
#
# **Goal.** A `POST /viewings` with an `Idempotency-Key` that was answered before books nothing and
# gets the same answer again; with another body under that key it gets 422.
#
# A request without the header, or with a new key, books a viewing, as it does now. Two visitors may
# want the same house on the same day: two keys, or no keys, are two viewings.
#
# `answered` is yours: keep in it, under each key, what you need to give the same answer again.
# "The same answer" has the same status, the same body and the same `Location`.

# %% instructor [markdown]
# Minutes: 15
#
# The learner's first endpoint that must be right the second time. Discuss what is still missing:
# the keys are lost at a restart, there is one dictionary in each worker, and two requests with the
# same key at the same moment are not handled.

# %% solution
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
    # BEGIN SOLUTION: ...  # Your code here: what if this key was answered before?
    if key in answered:
        earlier, number = answered[key]
        if viewing != earlier:
            return {"detail": "This key was used for something else."}, 422
        return earlier, 201, {"Location": f"/viewings/{number}"}
    # END SOLUTION
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    # BEGIN SOLUTION: ...  # And here: what must be kept for the next time?
    if key is not None:
        answered[key] = (viewing, number)
    # END SOLUTION
    return viewing, 201, {"Location": f"/viewings/{number}"}


# %% check
import requests

from lab.exercises.checking import Answer, expect
from lab.exercises.serving import Client

HOUSES = ("Gilbert 12", "Sawyer 3", "Timber 40", "Veenker 8")
DAYS = ("Monday", "Tuesday", "Friday", "Saturday")


def kept(client: Client) -> int:
    """Return how many viewings the service keeps."""
    return len(client.get("/viewings").json())


def shown(answer: requests.Response) -> tuple[int, object, str]:
    """Return what has to be the same: status, body, address."""
    try:
        body: object = answer.json()
    except ValueError:
        body = answer.text
    return answer.status_code, body, answer.headers.get("Location", "")


def check(answer: Answer) -> None:
    viewing = {"house": answer.random.choice(HOUSES), "day": answer.random.choice(DAYS)}
    other = {**viewing, "day": "Sunday"}
    key, another = (f"{answer.random.getrandbits(64):016x}" for _ in range(2))
    with answer.served("flask") as client:
        plain = client.post("/viewings", json=viewing)
        expect(
            plain.status_code == 201 and kept(client) == 1,
            f"A first request without a key was answered {plain.status_code}, and then the service "
            f"kept {kept(client)} viewings. It should be 201 and one viewing.",
        )
        client.post("/viewings", json=viewing)
        expect(
            kept(client) == 2,
            "The same body came twice without a key, and the service keeps "
            f"{kept(client)} viewing(s). These are two visitors: two viewings.",
            hint="Only the key says that two requests are one. And None is no key.",
        )
        first = client.post("/viewings", json=viewing, headers={"Idempotency-Key": key})
        expect(
            first.status_code == 201 and kept(client) == 3,
            f"A new key was answered {first.status_code}, and then the service kept "
            f"{kept(client)} viewings. It should be 201 and one viewing more, three.",
        )
        for time in ("second", "third"):
            again = client.post("/viewings", json=viewing, headers={"Idempotency-Key": key})
            expect(
                kept(client) == 3,
                f"The {time} request with the same key booked another viewing: the service keeps "
                f"{kept(client)}, and not 3.",
                hint="What is known about the key must be kept before the first answer is given.",
            )
            expect(
                shown(again) == shown(first),
                f"The {time} request with the same key was answered {shown(again)}, and the first "
                f"one {shown(first)}: status, body and Location should be the same.",
                hint="The client that repeats has not seen the first answer. It needs all of it.",
            )
        new = client.post("/viewings", json=viewing, headers={"Idempotency-Key": another})
        expect(
            new.status_code == 201 and kept(client) == 4,
            f"The same body with another key was answered {new.status_code}, and the service keeps "
            f"{kept(client)} viewings. It should be 201 and four.",
            hint="Another key is another visitor, whatever the body says.",
        )
        clash = client.post("/viewings", json=other, headers={"Idempotency-Key": key})
        expect(
            clash.status_code == 422,
            f"A known key came with another body, and was answered {clash.status_code}. It should "
            "be 422: one of the two requests must be a mistake.",
            hint="Keep the first body as well, to compare with.",
        )
        expect(
            kept(client) == 4,
            f"The request that got 422 booked a viewing all the same: {kept(client)}, and not 4.",
        )


# %% hints [markdown]
# - Before a viewing is booked, look whether `answered` has the key. After it is booked, keep under
#   the key what you will need.
# - To give the same answer you need the body and the number; to find a misuse you need the first
#   body. It is the same body.
# - A request without a key has `None` for a key. Two of those are not the same request.
# - `answered[key] = (viewing, number)` at the end; at the start
#   `if key in answered: earlier, number = answered[key]`.

# %% wrong-compares-the-body
# why: "The same request" is taken to be the same body; but two visitors may want the same.
# says: These are two visitors: two viewings
from flask import Flask, request

app = Flask(__name__)
viewings = {}


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    viewing = request.get_json()
    for number, earlier in viewings.items():
        if earlier == viewing:
            return viewing, 201, {"Location": f"/viewings/{number}"}
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    return viewing, 201, {"Location": f"/viewings/{number}"}


# %% wrong-409
# why: A request that was seen is refused: but the client that repeats needs its answer.
# says: The second request with the same key was answered (409
from flask import Flask, request

app = Flask(__name__)
viewings = {}
answered = set()


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    key = request.headers.get("Idempotency-Key")
    if key in answered:
        return {"detail": "You have sent this before."}, 409
    if key:
        answered.add(key)
    number = str(len(viewings) + 1)
    viewings[number] = request.get_json()
    return viewings[number], 201, {"Location": f"/viewings/{number}"}


# %% wrong-nothing-kept
# why: The key is looked up, and never kept.
# says: The second request with the same key booked another viewing
from flask import Flask, request

app = Flask(__name__)
viewings = {}
answered = {}


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    key = request.headers.get("Idempotency-Key")
    viewing = request.get_json()
    if key in answered:
        return answered[key]
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    return viewing, 201, {"Location": f"/viewings/{number}"}


# %% wrong-200-without-location
# why: Nothing was created this time, so 200: but the client has not seen the 201 and its Location.
# says: The second request with the same key was answered (200
from flask import Flask, request

app = Flask(__name__)
viewings = {}
answered = {}


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    key = request.headers.get("Idempotency-Key")
    viewing = request.get_json()
    if key is not None and key in answered:
        return answered[key], 200
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    answered[key] = viewing
    return viewing, 201, {"Location": f"/viewings/{number}"}


# %% wrong-body-not-compared
# why: The key alone decides, and a client that uses a key twice never learns of its mistake.
# says: A known key came with another body, and was answered 201
from flask import Flask, request

app = Flask(__name__)
viewings = {}
answered = {}


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    key = request.headers.get("Idempotency-Key")
    viewing = request.get_json()
    if key is not None and key in answered:
        return answered[key]
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    answered[key] = (viewing, 201, {"Location": f"/viewings/{number}"})
    return answered[key]


# %% wrong-none-is-a-key
# why: A request without the header has the key None, and None is then a key like any other.
# says: and the service keeps 1 viewing(s)
from flask import Flask, request

app = Flask(__name__)
viewings = {}
answered = {}


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    key = request.headers.get("Idempotency-Key")
    viewing = request.get_json()
    if key in answered:
        return answered[key]
    number = str(len(viewings) + 1)
    viewings[number] = viewing
    answered[key] = (viewing, 201, {"Location": f"/viewings/{number}"})
    return answered[key]


# %% right-keeps-the-whole-answer
from flask import Flask, jsonify, request

app = Flask(__name__)
viewings = {}
answered = {}


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    key = request.headers.get("Idempotency-Key")
    if key and key in answered:
        body, response = answered[key]
        if body != request.get_data():
            return jsonify(detail="This key is taken."), 422
        return response
    number = str(len(viewings) + 1)
    viewings[number] = request.get_json()
    response = viewings[number], 201, {"Location": f"/viewings/{number}"}
    if key:
        answered[key] = request.get_data(), response
    return response
