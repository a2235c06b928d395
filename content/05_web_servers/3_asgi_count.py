# %% goal [markdown]
# # An ASGI app that reads a body
#
# **Goal.** Write an ASGI callable `app` that does the same: a POST to `/api/v1/count` is answered
# with 200 and `{"houses": 2}` as JSON, any other path with 404, however many messages the body
# comes in.
#
# Each message from `await receive()` is a dictionary. `message["body"]` is the next piece of the
# body. As long as `message["more_body"]` is true, another one follows. Send the header
# `content-type: application/json`, and remember that ASGI has headers as bytes, with names in
# small letters. Your app will be called by hand first, and then by uvicorn.

# %% instructor [markdown]
# Minutes: 12
#
# The body comes in as many messages as the server likes. An app that reads only the first works
# with small bodies, and fails in production with large ones.

# %% solution
import json


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # BEGIN SOLUTION: ...  # look at the path, await the whole body, send two messages
    if scope["path"] == "/api/v1/count":
        content, more = b"", True
        while more:
            message = await receive()
            content += message.get("body", b"")
            more = message.get("more_body", False)
        status, data = 200, {"houses": len(json.loads(content)["inputs"])}
    else:
        status, data = 404, {"title": "Not Found", "status": 404}
    body = json.dumps(data).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    # END SOLUTION


# %% check
import asyncio
import inspect
import json
from itertools import pairwise
from typing import Any

from lab.exercises.checking import Answer, expect, expect_equal, not_yet

PATH = "/api/v1/count"
SECONDS = 3.0


def call_by_hand(answer: Answer, path: str, houses: int, pieces: int) -> tuple[int, Any, bytes]:
    """Call the app as a server would, its body in so many pieces; return what it has sent."""
    app = answer.get("app")
    expect(inspect.iscoroutinefunction(app), "`app` should be a function with async def.")
    content = json.dumps({"inputs": [{"GrLivArea": 900}] * houses}).encode()
    cuts = [len(content) * number // pieces for number in range(pieces + 1)]
    waiting: list[dict[str, Any]] = [
        {"type": "http.request", "body": content[start:end], "more_body": end < len(content)}
        for start, end in pairwise(cuts)
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.sleep(SECONDS * 2)  # as a real server: nothing more comes
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "headers": [], "query_string": b""}

    async def limited() -> None:
        await asyncio.wait_for(app(scope, receive, send), SECONDS)

    try:
        asyncio.run(limited())
    except TimeoutError:
        not_yet(
            "Your app still waits for a message after the last piece of the body "
            f"({pieces} in all). The last one has no more_body, or says False there."
        )
    except json.JSONDecodeError:
        not_yet(
            f"The body came in {pieces} messages, and your app tried to read JSON from a part of "
            "it.",
            hint="What does more_body say in the first message?",
        )
    return judge(sent)


def judge(sent: list[dict[str, Any]]) -> tuple[int, Any, bytes]:
    """Return status, headers and body of the messages that an app has sent."""
    kinds = [message.get("type") for message in sent]
    expect(
        kinds[:1] == ["http.response.start"] and kinds[1:2] == ["http.response.body"],
        f"Your app has sent messages of these types: {kinds}. Wanted is a start, and then a body.",
    )
    headers = sent[0].get("headers", [])
    expect(
        all(isinstance(part, bytes) for pair in headers for part in pair),
        f"The start has the headers {headers!r}. In ASGI names and values are bytes.",
    )
    bodies = [message.get("body", b"") for message in sent[1:]]
    expect(
        all(isinstance(body, bytes) for body in bodies),
        f"The body was sent as {bodies!r}. Wanted are bytes.",
    )
    return sent[0].get("status", 0), dict(headers), b"".join(bodies)


def check(answer: Answer) -> None:
    for houses, pieces in ((2, 1), (answer.random.randrange(5, 60), 3), (0, 2)):
        status, headers, body = call_by_hand(answer, PATH, houses, pieces)
        expect_equal(status, 200, f"The status for POST {PATH}")
        expect(
            headers.get(b"content-type") == b"application/json",
            f"The answer has the headers {headers}. Its content-type should be application/json.",
        )
        expect_equal(
            json.loads(body),
            {"houses": houses},
            f"The answer for {houses} houses in {pieces} pieces",
        )
    status, _, _ = call_by_hand(answer, "/api/v1/houses", 1, 1)
    expect_equal(status, 404, "The status for a path where there is nothing")
    with answer.served("uvicorn") as client:
        houses = answer.random.randrange(20_000, 30_000)  # too many for one message
        response = client.post(PATH, json={"inputs": [{"Neighborhood": "Gilbert"}] * houses})
        expect_equal(response.text, json.dumps({"houses": houses}), "The body from uvicorn")


# %% hints [markdown]
# - The program `asgi_health.py` in the lesson has the same form. New is that you need the body.
# - One `await receive()` gives one piece. You need a loop that ends when `more_body` is false, or
#   not there at all.
# - `content, more = b"", True`, then `while more:` with a message, `content += message["body"]` and
#   `more = message.get("more_body", False)`.

# %% wrong-first-message
# why: The whole body is expected in the first message, as it is with small bodies.
# says: tried to read JSON from a part of it
import json


async def app(scope, receive, send):
    if scope["path"] == "/api/v1/count":
        message = await receive()
        status, data = 200, {"houses": len(json.loads(message["body"])["inputs"])}
    else:
        status, data = 404, {}
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(data).encode()})


# %% wrong-text-headers
# why: Headers are text, as in WSGI.
# says: In ASGI names and values are bytes
import json


async def app(scope, receive, send):
    content, more = b"", True
    while more:
        message = await receive()
        content += message["body"]
        more = message["more_body"]
    headers = [("Content-Type", "application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = json.dumps({"houses": len(json.loads(content)["inputs"])}).encode()
    await send({"type": "http.response.body", "body": body})


# %% wrong-no-start
# why: The body is sent at once: that it needs a start before it is overlooked.
# says: Wanted is a start, and then a body
import json


async def app(scope, receive, send):
    message = await receive()
    body = json.dumps({"houses": len(json.loads(message["body"])["inputs"])}).encode()
    await send({"type": "http.response.body", "status": 200, "body": body})


# %% wrong-reads-for-ever
# why: The loop ends with an empty piece, as when reading from a file or a socket.
# says: Your app still waits for a message
import json


async def app(scope, receive, send):
    content = b""
    while piece := (await receive())["body"]:
        content += piece
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = json.dumps({"houses": len(json.loads(content)["inputs"])}).encode()
    await send({"type": "http.response.body", "body": body})


# %% wrong-every-path
# why: The path is not looked at.
# says: The status for a path where there is nothing
import json


async def app(scope, receive, send):
    content, more = b"", True
    while more:
        message = await receive()
        content += message["body"]
        more = message["more_body"]
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = json.dumps({"houses": len(json.loads(content)["inputs"])}).encode()
    await send({"type": "http.response.body", "body": body})


# %% right-in-functions
import json


async def read(receive):
    pieces = []
    while True:
        message = await receive()
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)


async def respond(send, status, data):
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(data).encode(), "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def app(scope, receive, send):
    assert scope["type"] == "http"
    if scope["path"] != "/api/v1/count":
        await respond(send, 404, {})
        return
    inputs = json.loads(await read(receive))["inputs"]
    await respond(send, 200, {"houses": len(inputs)})
