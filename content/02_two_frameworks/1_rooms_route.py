# %% goal [markdown]
# # A route in Flask
#
# **Goal.** `GET /houses/3/rooms` is answered with the rooms of house 3, and so for every house.
#
# The function is there already. Give it its route: one line.

# %% instructor [markdown]
# Minutes: 3
#
# The one-liner to begin with. It shows who mixes up the two spellings of a path parameter, and who
# leaves out the type: Flask then hands over text, and the dictionary has numbers for keys.

# %% solution
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


# BEGIN SOLUTION: # Your code here: one line that gives the function below its route.
@app.get("/houses/<int:house_id>/rooms")
# END SOLUTION
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}


# %% check
from lab.exercises.checking import Answer, expect, expect_equal, not_yet

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}
LIMIT = 30.0


def check(answer: Answer) -> None:
    houses = [*answer.random.sample([1, 2, 4], k=2), 3]  # 3, the example, comes last
    with answer.served("gunicorn") as client:
        for house in houses:
            path = f"/houses/{house}/rooms"
            response = client.get(path, allow_5xx=True, allow_redirects=False)
            expect(
                not response.is_redirect,
                f"GET {path} was answered with {response.status_code}, which sends the client on "
                f"to {response.headers.get('Location')}: your path has a slash at its end.",
                hint="To Flask, a path with a slash at its end is another path.",
            )
            expect(
                response.status_code != 405,
                f"GET {path} was answered with 405: there is such a path, but not for GET.",
                hint="The name of the decorator is the method: get, post, put, delete.",
            )
            if response.status_code == 404:
                literal = client.get("/houses/{house_id}/rooms", allow_5xx=True)
                expect(
                    literal.status_code == 404,
                    f"GET {path} was answered with 404, but the path with the signs "
                    "{house_id} in it is known: they are taken as plain text.",
                    hint="Curly brackets are FastAPI's spelling. How does Flask mark a part of a "
                    "path that varies?",
                )
                example = client.get("/houses/3/rooms", allow_5xx=True)
                expect(
                    example.status_code == 404,
                    f"House 3 has a route, but GET {path} was answered with 404: the other houses "
                    "have none.",
                    hint="House 3 is answered, others are not: which part varies?",
                )
            if response.status_code == 500:
                not_yet(
                    f"GET {path} was answered with 500: the function failed. The log says "
                    f"{client.lines()[-1]}",
                    hint="The dictionary has numbers for keys. What is handed over, a number or "
                    "a text? In Flask, the path says so.",
                )
            expect(
                response.status_code == 200,
                f"GET {path} was answered with {response.status_code}, and 200 was wanted.",
                hint="Compare your path with the one in the goal, sign by sign.",
            )
            wanted = {"house": house, "rooms": ROOMS[house]}
            expect_equal(response.json(), wanted, f"The answer to GET {path}")
        response = client.get("/houses/blue/rooms", allow_5xx=True)
        expect(
            response.status_code == 404,
            f"GET /houses/blue/rooms was answered with {response.status_code}. A house has a "
            "number, so no route should fit this path: 404 was wanted.",
            hint="In Flask the type of the part that varies belongs into the path.",
        )


# %% hints [markdown]
# - In Flask, the method is the name of the decorator, and the path is its argument.
# - The part that varies stands in angle brackets. Without a type it is handed over as text.
# - `@app.get("/houses/<int:…>/rooms")`, with the name of the function's parameter.

# %% wrong-curly-brackets
# why: FastAPI's spelling in a Flask app.
# says: taken as plain text
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.get("/houses/{house_id}/rooms")
def rooms(house_id=3):
    return {"house": house_id, "rooms": ROOMS[house_id]}


# %% wrong-no-type
# why: Without a type, the number arrives as text, and no key of the dictionary is a text.
# says: was answered with 500: the function failed. The log says KeyError
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.get("/houses/<house_id>/rooms")
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}


# %% wrong-method
# why: The route is for another method.
# says: not for GET
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.post("/houses/<int:house_id>/rooms")
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}


# %% wrong-path
# why: The word is at the wrong place of the path.
# says: was answered with 404, and 200 was wanted
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.get("/rooms/<int:house_id>")
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}


# %% wrong-one-house
# why: The path of the example is copied instead of generalised.
# says: House 3 has a route, but
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.get("/houses/3/rooms")
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}


# %% wrong-slash-at-the-end
# why: A slash at the end makes no difference, as in a browser, which follows the redirect.
# says: your path has a slash at its end
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.get("/houses/<int:house_id>/rooms/")
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}


# %% right-route-with-methods
from flask import Flask

app = Flask(__name__)

ROOMS = {1: 6, 2: 5, 3: 8, 4: 7}


@app.route("/houses/<int:house_id>/rooms", methods=["GET"])
def rooms(house_id):
    return {"house": house_id, "rooms": ROOMS[house_id]}
