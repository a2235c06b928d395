# %% goal [markdown]
# # A WSGI app that reads a body
#
# **Goal.** Write a WSGI callable `app`: a POST to `/api/v1/count` is answered with 200 and the
# number of houses in its body as JSON, `{"houses": 2}`; any other path is answered with 404.
#
# The body of the request is `{"inputs": [house, house, …]}`, as for a prediction. Its length in
# bytes stands in `environ["CONTENT_LENGTH"]`, as text. `environ["wsgi.input"].read(length)` gives
# the bytes. Send the header `Content-Type: application/json` with the answer. Write it by hand, as
# in the lesson. (A Flask app is a WSGI callable, too. It would pass, and teach you less.) Your app
# will be called by hand first, and then by gunicorn.

# %% instructor [markdown]
# Minutes: 12
#
# The whole of WSGI from the app's side: environ, start_response, a list of bytes. The usual
# mistakes are those of type: a status as a number, a body as text.

# %% solution
import json


def app(environ, start_response):
    # BEGIN SOLUTION: ...  # look at the path, read the body, call start_response, return a list
    if environ["PATH_INFO"] == "/api/v1/count":
        length = int(environ["CONTENT_LENGTH"])
        inputs = json.loads(environ["wsgi.input"].read(length))["inputs"]
        status, data = "200 OK", {"houses": len(inputs)}
    else:
        status, data = "404 Not Found", {"title": "Not Found", "status": 404}
    body = json.dumps(data).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]
    # END SOLUTION


# %% check
import inspect
import io
import json
import re
from collections.abc import Iterable
from typing import Any
from wsgiref.util import setup_testing_defaults

from lab.exercises.checking import Answer, expect, expect_equal

LIMIT = 15.0
PATH = "/api/v1/count"


class Input(io.BytesIO):
    """The body of a request, as a file."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return so many bytes, all of them without a number."""
        expect(
            not isinstance(size, str),
            f"Your app called read({size!r}): CONTENT_LENGTH is text, and read wants a number.",
            hint="int(...) makes a number of text.",
        )
        return super().read(size)


def call_by_hand(answer: Answer, path: str, houses: int) -> tuple[str, dict[str, str], bytes]:
    """Call the app as a server would, and return status, headers and body."""
    expect(
        not inspect.iscoroutinefunction(answer.get("app")),
        "Your app is an `async def`. WSGI apps are plain `def`: a WSGI server awaits nothing.",
    )
    started: list[tuple[Any, Any]] = []
    content = json.dumps({"inputs": [{"GrLivArea": 900}] * houses}).encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": Input(content),
    }
    setup_testing_defaults(environ)  # what PEP 3333 wants beside these

    def start_response(status: Any, headers: Any, exc_info: Any = None) -> None:
        started.append((status, headers))

    returned = answer.call("app", environ, start_response)
    expect(
        not isinstance(returned, bytes),
        f"Your app returned {returned!r}. A server goes through it piece by piece, and the pieces "
        "of bytes are numbers. Wanted is a list with bytes in it.",
    )
    text = isinstance(returned, str)
    # A generator begins, and calls start_response, only when somebody asks for its first piece.
    pieces = list(returned) if isinstance(returned, Iterable) and not text else [returned]
    expect(started, f"Your app returned {returned!r} and never called start_response.")
    status, headers = started[0]
    expect(
        isinstance(status, str),
        f"start_response was called with the status {status!r}, a number. Wanted is text with the "
        "number and a word or two, as it stands in a status line.",
        hint="The status line of a response that went well ends with: 200 OK",
    )
    expect(
        re.fullmatch(r"\d{3} .*\w.*", status),
        f"start_response was called with the status {status!r}. Wanted is the number, a blank, and "
        "a word or two, as it stands in a status line.",
        hint="The status line of a response that went well ends with: 200 OK",
    )
    expect(
        isinstance(headers, list)
        and all(isinstance(pair, tuple) and len(pair) == 2 for pair in headers)
        and all(isinstance(part, str) for pair in headers for part in pair),
        f"start_response was called with the headers {headers!r}. Wanted is a list of pairs of "
        "text.",
    )
    expect(
        all(isinstance(piece, bytes) for piece in pieces),
        f"Your app returned {returned!r}. Wanted is a list of bytes: only bytes go over a wire.",
        hint="Text has a method encode().",
    )
    return status, {str(name).lower(): str(value) for name, value in headers}, b"".join(pieces)


def check(answer: Answer) -> None:
    for houses in (2, answer.random.randrange(3, 60), 0):
        status, headers, body = call_by_hand(answer, PATH, houses)
        expect_equal(status[:3], "200", f"The status for POST {PATH}")
        expect(
            headers.get("content-type") == "application/json",
            f"The answer to POST {PATH} has the headers {headers}. Its Content-Type should be "
            "application/json, so that clients know how to read it.",
        )
        expect_equal(json.loads(body), {"houses": houses}, f"The answer for {houses} houses")
    for path in ("/api/v1/houses", "/", PATH + "/more"):
        status, _, _ = call_by_hand(answer, path, 1)
        expect(
            status.startswith("404"),
            f"POST {path} was answered with {status!r}. There is nothing at this path: wanted is "
            "404.",
        )
    with answer.served("gunicorn") as client:
        houses = answer.random.randrange(3, 60)
        inputs = [{"Neighborhood": "Gilbert", "YearBuilt": 1998}] * houses
        response = client.post(PATH, json={"inputs": inputs})
        expect_equal(response.json(), {"houses": houses}, "The body from gunicorn")
        expect_equal(client.get("/").status_code, 404, "The status from gunicorn for GET /")


# %% hints [markdown]
# - The program `wsgi_health.py` in the lesson has the same form. What must be different is how the
#   data for 200 comes about.
# - `json.loads(...)` makes a dictionary of the body. How many houses are in its list?
# - The length as a number is `int(environ["CONTENT_LENGTH"])`, and the body then
#   `environ["wsgi.input"].read(length)`. The end of the answer is `start_response(status, headers)`
#   and `return [body]`.

# %% wrong-status-number
# why: The status is a number, as in ASGI and in the frameworks.
# says: a number. Wanted is text
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response(200, [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data["inputs"])}).encode()]


# %% wrong-text
# why: The body is returned as text and not as bytes.
# says: only bytes go over a wire
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data["inputs"])})]


# %% wrong-no-list
# why: The bytes are returned without a list around them.
# says: the pieces of bytes are numbers
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "application/json")])
    return json.dumps({"houses": len(data["inputs"])}).encode()


# %% wrong-counts-keys
# why: The length of the dictionary is taken, which has one key whatever is in the list.
# says: The answer for 2 houses should be
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data)}).encode()]


# %% wrong-every-path
# why: The path is not looked at: there is no router when there is no framework.
# says: There is nothing at this path
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data["inputs"])}).encode()]


# %% wrong-no-content-type
# why: There are no headers, because the body speaks for itself.
# says: Its Content-Type should be
import json


def app(environ, start_response):
    if environ["PATH_INFO"] != "/api/v1/count":
        start_response("404 Not Found", [])
        return [b""]
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [])
    return [json.dumps({"houses": len(data["inputs"])}).encode()]


# %% wrong-async
# why: It is thought that every app of a server is asynchronous.
# says: WSGI apps are plain `def`
import json


async def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data["inputs"])}).encode()]


# %% wrong-length-as-text
# why: The length is used as it stands in environ, where everything about the request is text.
# says: CONTENT_LENGTH is text
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(environ["CONTENT_LENGTH"]))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data["inputs"])}).encode()]


# %% wrong-status-without-words
# why: The number alone is taken for the status.
# says: Wanted is the number, a blank, and a word or two
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200", [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data["inputs"])}).encode()]


# %% right-flask
from flask import Flask, request

app = Flask(__name__)


@app.post("/api/v1/count")
def count():
    return {"houses": len(request.get_json()["inputs"])}


# %% right-generator
import json


def app(environ, start_response):
    if environ["PATH_INFO"] != "/api/v1/count":
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        yield b"nothing here"
        return
    houses = json.load(environ["wsgi.input"])["inputs"]
    start_response("200 OK", [("Content-Type", "application/json")])
    yield json.dumps({"houses": len(houses)}).encode()
