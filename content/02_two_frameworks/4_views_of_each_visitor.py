# %% goal [markdown]
# # Who looked at which house, and how often
#
# **Goal.** `GET /houses/7` tells each visitor how often *this* visitor has looked at house 7:
# `{"house": 7, "views": 1}`, then 2, then 3.
#
# Each house has a count of its own, and each visitor too. The counts belong into the session. It
# holds what JSON can hold, and JSON's dictionaries have only text for keys.

# %% instructor [markdown]
# Minutes: 8
#
# A global dictionary passes every try with one visitor, and mixes up the visitors of a real site.
# Two traps of the session itself are as common. Flask notices a new key of the session, but not a
# change deeper inside. And a number as a key comes back from the cookie as a text.

# %% solution
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    # BEGIN SOLUTION: views = ...  # Your code here: one more for this house and this visitor.
    key = f"house {house_id}"
    views = session[key] = session.get(key, 0) + 1
    # END SOLUTION
    return {"house": house_id, "views": views}


# %% check
from collections import Counter

import requests

from lab.exercises.checking import Answer, expect, expect_equal, not_yet
from lab.exercises.serving import Client

LIMIT = 30.0


def check(answer: Answer) -> None:
    first, second, third = answer.random.sample(range(1, 1000), k=3)
    with answer.served("gunicorn", environment={"SECRET_KEY": "of the check"}) as client:
        seen: Counter[int] = Counter()
        for house in (first, first, second, first, second, first):
            seen[house] += 1
            views = _views(client, house, _cookies)
            order = "visit" if seen[house] == 1 else "visits"
            expect_equal(
                views,
                seen[house],
                f"After {seen[house]} {order} to house {house} by one visitor, views",
                hint=_why(seen[house], views),
            )
        expect_equal(
            _views(client, first, requests.Session()),
            1,
            f"At the first visit of another visitor to house {first}, views",
            hint="Where is the count kept? A variable of the program is the same for everybody.",
        )
        expect_equal(
            _views(client, third, _cookies), 1, f"At the first visit to house {third}, views"
        )


_cookies = requests.Session()


def _views(client: Client, house: int, visitor: requests.Session) -> object:
    """Ask as one visitor: send the cookies that the visitor has, and keep those that come."""
    sent = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
    client._session.cookies.clear()
    response = client.get(f"/houses/{house}", headers={"Cookie": sent}, allow_5xx=True)
    visitor.cookies.update(response.cookies)
    if response.status_code == 500:
        said = client.lines()[-1] if client.lines() else "nothing."
        mixed = "TypeError" in said and "'int'" in said and "'str'" in said
        came_back = (
            f'. The key {house} came back from the cookie as the text "{house}", so the session '
            "had both"
        )
        not_yet(
            f"GET /houses/{house} was answered with 500. The log says {said}"
            f"{came_back + '.' if mixed else ''}",
            hint="The session is written as JSON and read back. Is each key still what it was?",
        )
    expect(
        response.status_code == 200,
        f"GET /houses/{house} was answered with {response.status_code}, and 200 was wanted.",
    )
    body = response.json()
    expect_equal(body.get("house"), house, f"In the answer to GET /houses/{house}, house")
    return body.get("views")


def _why(wanted: int, got: object) -> str:
    if isinstance(got, int) and 0 < got < wanted:
        return (
            "The count was there in one request and gone in the next. Does the session know of the "
            "change? And is the key still what it was, after a way through JSON?"
        )
    if isinstance(got, int) and got > wanted:
        return "Every house needs a count of its own."
    if got == wanted - 1:
        return "This visit counts, too."
    return "What was in the session before, and what should be in it now?"


# %% hints [markdown]
# - `session` is used like a dictionary, and there is one for each visitor.
# - `session.get(key, 0)` is what was counted before. The key must tell the houses apart.
# - Make the key a text, such as `f"house {house_id}"`, and set it directly in the session: a list
#   or dictionary inside the session can change without the session's notice.

# %% wrong-global
# why: A variable of the program is shared by all visitors.
# says: At the first visit of another visitor
import os

from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")

counts = {}


@app.get("/houses/<int:house_id>")
def house(house_id):
    counts[house_id] = counts.get(house_id, 0) + 1
    return {"house": house_id, "views": counts[house_id]}


# %% wrong-one-count
# why: One count for all houses.
# says: by one visitor, views should be 1, but is 3
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    session["views"] = session.get("views", 0) + 1
    return {"house": house_id, "views": session["views"]}


# %% wrong-number-as-key
# why: JSON makes a text of the number, so the count is not found again under the number.
# says: came back from the cookie as the text
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    counts = session.get("counts", {})
    counts[house_id] = counts.get(house_id, 0) + 1
    session["counts"] = counts
    return {"house": house_id, "views": counts[house_id]}


# %% wrong-deep-change
# why: Flask does not notice a change inside of something that is in the session.
# says: by one visitor, views should be 3, but is 2
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    counts = session.setdefault("counts", {})
    key = str(house_id)
    counts[key] = counts.get(key, 0) + 1
    return {"house": house_id, "views": counts[key]}


# %% wrong-counts-from-zero
# why: Answers what was there before this visit.
# says: After 1 visit to house
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    views = session.get(str(house_id), 0)
    session[str(house_id)] = views + 1
    return {"house": house_id, "views": views}


# %% right-says-modified
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    counts = session.setdefault("counts", {})
    counts[str(house_id)] = counts.get(str(house_id), 0) + 1
    session.modified = True
    return {"house": house_id, "views": counts[str(house_id)]}


# %% right-list-of-all-visits
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only for trying out")


@app.get("/houses/<int:house_id>")
def house(house_id):
    session["seen"] = [*session.get("seen", []), house_id]
    return {"house": house_id, "views": session["seen"].count(house_id)}
