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
# small letters. Write it by hand, as in the lesson. (A FastAPI app is an ASGI callable, too. It
# would pass, and teach you less.) Your app will be called by hand first, and then by uvicorn.

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
from collections.abc import Awaitable, Callable, Coroutine
from itertools import pairwise
from typing import Any

from lab.exercises.checking import Answer, expect, expect_equal, not_yet

LIMIT = 15.0
PATH = "/api/v1/count"
SECONDS = 3.0


class Awaited:
    """An async function of the server, which knows whether each of its calls was awaited."""

    def __init__(self, name: str, function: Callable[..., Coroutine[Any, Any, Any]]) -> None:
        self.name = name
        self.function = function
        self.begun: list[Coroutine[Any, Any, Any]] = []

    def __call__(self, *arguments: Any) -> Coroutine[Any, Any, Any]:
        self.begun.append(self.function(*arguments))
        return self.begun[-1]

    def forgotten(self) -> bool:
        """Tell whether a call was never awaited, and end those calls without a warning."""
        created = [one for one in self.begun if inspect.getcoroutinestate(one) == "CORO_CREATED"]
        for one in created:
            one.close()
        return bool(created)


def call_by_hand(answer: Answer, path: str, houses: int, pieces: int) -> tuple[int, Any, bytes]:
    """Call the app as a server would, its body in so many pieces; return what it has sent."""
    app = answer.get("app")
    expect(callable(app), f"`app` should be a function with async def, but is {app!r}.")
    content = json.dumps({"inputs": [{"GrLivArea": 900}] * houses}).encode()
    cuts = [len(content) * number // pieces for number in range(pieces + 1)]
    waiting: list[dict[str, Any]] = [
        {"type": "http.request", "body": content[start:end], "more_body": end < len(content)}
        for start, end in pairwise(cuts)
    ]
    sent: list[dict[str, Any]] = []

    async def next_message() -> dict[str, Any]:
        if not waiting:
            await asyncio.sleep(SECONDS * 2)  # as a real server: nothing more comes
        return waiting.pop(0)

    async def take(message: dict[str, Any]) -> None:
        sent.append(message)

    receive, send = Awaited("receive", next_message), Awaited("send", take)
    try:
        returned = asyncio.run(_limited(app, _scope(path, len(content)), receive, send))
    except TimeoutError:
        not_yet(
            "Your app still waits for a message after the last piece of the body "
            f"({pieces} in all). The last one has no more_body, or says False there."
        )
    except json.JSONDecodeError as error:
        came = f"The body came in {pieces} message{'' if pieces == 1 else 's'}, and your app"
        expect(
            waiting or error.doc.encode() != content[: cuts[-2]],
            f"{came} left out the last piece: it tried to read JSON without it.",
            hint="The message in which more_body is False has a piece of the body, too.",
        )
        not_yet(
            f"{came} tried to read JSON from a part of it.",
            hint="What does more_body say in the first message?",
        )
    finally:
        forgotten = [function.name for function in (receive, send) if function.forgotten()]
        if forgotten:  # before any other error: it is the reason for it
            not_yet(
                f"Your app called {forgotten[0]} and did not await it: an await is missing. "
                "Without it, the call gives a coroutine, and nothing is done."
            )
    return judge(sent, returned)


async def _limited(app: Any, scope: dict[str, Any], receive: Awaited, send: Awaited) -> object:
    """Call the app and wait for it, but not for ever; return what it returned."""
    try:
        inspect.signature(app).bind(scope, receive, send)
    except TypeError:
        not_yet("`app` should take three arguments: scope, receive and send.")
    running: Awaitable[object] = app(scope, receive, send)
    expect(
        inspect.isawaitable(running),
        "`app` should be a function with async def: nothing can await what yours returned.",
    )
    return await asyncio.wait_for(running, SECONDS)


def _scope(path: str, length: int) -> dict[str, Any]:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % length)]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), *headers],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 80),
    }


def judge(sent: list[dict[str, Any]], returned: object) -> tuple[int, Any, bytes]:
    """Return status, headers and body of the messages that an app has sent."""
    kinds = [message.get("type") for message in sent]
    expect(
        returned is None or "http.response.body" in kinds,
        f"Your app returned {returned!r}: the body was returned, not sent. What an ASGI app "
        "returns goes nowhere.",
        hint="What does the lesson's app do with its body?",
    )
    expect(
        kinds[:1] == ["http.response.start"] and kinds[1:2] == ["http.response.body"],
        f"Your app has sent messages of these types: {kinds}. Wanted is a start, and then a body.",
    )
    headers = sent[0].get("headers", [])
    expect(
        all(isinstance(part, bytes) for pair in headers for part in pair),
        f"The start has the headers {headers!r}. In ASGI names and values are bytes.",
    )
    expect(
        all(name == name.lower() for name, _ in headers),
        f"The start has the headers {headers!r}. In ASGI names are in small letters.",
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
        expect_equal(response.json(), {"houses": houses}, "The body from uvicorn")


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


# %% wrong-without-the-last-piece
# why: The loop ends at the message without more_body, and forgets that it has a piece, too.
# says: left out the last piece
import json


async def app(scope, receive, send):
    content = b""
    message = await receive()
    while message["more_body"]:
        content += message["body"]
        message = await receive()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = json.dumps({"houses": len(json.loads(content)["inputs"])}).encode()
    await send({"type": "http.response.body", "body": body})


# %% wrong-receive-not-awaited
# why: receive is called like any function.
# says: called receive and did not await it
import json


async def app(scope, receive, send):
    message = receive()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = json.dumps({"houses": len(json.loads(message["body"])["inputs"])}).encode()
    await send({"type": "http.response.body", "body": body})


# %% wrong-send-not-awaited
# why: send gives nothing back, so it seems that there is nothing to wait for.
# says: called send and did not await it
import json


async def app(scope, receive, send):
    message = await receive()
    headers = [(b"content-type", b"application/json")]
    send({"type": "http.response.start", "status": 200, "headers": headers})
    body = json.dumps({"houses": len(json.loads(message["body"])["inputs"])}).encode()
    send({"type": "http.response.body", "body": body})


# %% wrong-returned
# why: The body is returned, as in WSGI.
# says: the body was returned, not sent
import json


async def app(scope, receive, send):
    message = await receive()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    return [json.dumps({"houses": len(json.loads(message["body"])["inputs"])}).encode()]


# %% wrong-capital-letters
# why: The names of headers are written as in WSGI, where capital letters are usual.
# says: In ASGI names are in small letters
import json


async def app(scope, receive, send):
    message = await receive()
    headers = [(b"Content-Type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = json.dumps({"houses": len(json.loads(message["body"])["inputs"])}).encode()
    await send({"type": "http.response.body", "body": body})


# %% wrong-wsgi
# why: The app is of the other interface.
# says: `app` should take three arguments
import json


def app(environ, start_response):
    data = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"houses": len(data["inputs"])}).encode()]


# %% wrong-plain-def
# why: The word async is forgotten, and await cannot be written then.
# says: `app` should be a function with async def
import json


def app(scope, receive, send):
    body = json.dumps({"houses": 2}).encode()
    return [body]


# %% right-fastapi
from typing import Annotated

from fastapi import Body, FastAPI

app = FastAPI()


@app.post("/api/v1/count")
def count(inputs: Annotated[list[dict], Body(embed=True)]):
    return {"houses": len(inputs)}


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
