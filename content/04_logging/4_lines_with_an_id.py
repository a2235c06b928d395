# %% goal [markdown]
# # JSON lines with the request's id
#
# **Goal.** Every line that the app writes during a request is one JSON object with `level`,
# `message` and the `request_id` of that request, which the response carries in `X-Request-ID` too.
#
# The check asks several prices at the same moment, so that the requests overlap. `json_line` gets
# each message of loguru; `message.record` is the dictionary from the lesson. The endpoint and
# `accept_or_make` are finished: leave them as they are.

# %% instructor [markdown]
# Minutes: 10
#
# The whole path of an id: accept or make it, keep it for the length of one request and no other,
# put it on each line, send it back. The usual mistake is a global variable: it works as long as
# one person tries it. The check sends overlapping requests, which a single try never shows.

# %% solution
import asyncio
import json
import re
import secrets

from fastapi import FastAPI, Request
from loguru import logger

app = FastAPI()


def accept_or_make(offered: str | None) -> str:
    """Return the client's id when it is well formed, and a new one otherwise."""
    if offered and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", offered):
        return offered
    return secrets.token_hex(16)


def json_line(message) -> None:
    """Print one JSON object for one message of loguru."""
    # BEGIN SOLUTION: ...  # Make a dictionary from message.record and print it as JSON.
    record = message.record
    line = {"level": record["level"].name, "message": record["message"], **record["extra"]}
    print(json.dumps(line), flush=True)
    # END SOLUTION


logger.remove()
logger.add(json_line)


@app.middleware("http")
async def give_an_id(request: Request, call_next):
    # BEGIN SOLUTION: return await call_next(request)  # The id is missing here, and in the answer.
    request_id = accept_or_make(request.headers.get("X-Request-ID"))
    with logger.contextualize(request_id=request_id):
        response = await call_next(request)
    response.headers["X-Request-ID"] = request_id
    return response
    # END SOLUTION


@app.get("/price")
async def price(area: float, place: str) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f} place={place}")
    await asyncio.sleep(0.2)  # as if it asked a database
    logger.info(f"found a price: area={area:.0f}")
    return {"price": 100 * area}


# %% check
import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from lab.exercises.checking import Answer, expect, expect_equal, not_yet
from lab.exercises.serving import Client

AT_ONCE = 4
ROUNDS = 2


def check(answer: Answer) -> None:
    with answer.served() as client:
        for number in range(ROUNDS):
            areas = answer.random.sample(range(500, 3000), AT_ONCE)
            asked = {f"check-{number}-{area}": area for area in areas}
            with ThreadPoolExecutor(AT_ONCE) as pool:
                got = list(pool.map(partial(ask, client), asked.values(), asked))
            for request_id, header in zip(asked, got, strict=True):
                expect_equal(header, request_id, "X-Request-ID of the response", hint=HEADER)
            records = parsed(client.lines())
            for request_id, area in asked.items():
                check_lines(records, request_id, area)
        made = [ask(client, 900 + number) for number in range(2)]
        records = parsed(client.lines())
    expect(all(made), "A request that brings no id gets none: the response has no X-Request-ID.")
    expect(made[0] != made[1], "Two requests that brought no id were given the same one.")
    for number, request_id in enumerate(made):
        check_lines(records, request_id, 900 + number)


HEADER = "A response has headers that can be set: response.headers[...] = ..."


def ask(client: Client, area: int, request_id: str = "") -> str:
    headers = {"X-Request-ID": request_id} if request_id else {}
    path = f'/price?area={area}&place=the "old" town'
    return client.get(path, headers=headers).headers.get("X-Request-ID", "")


def parsed(lines: list[str]) -> list[dict[str, Any]]:
    records = []
    for line in lines:
        if not line.startswith("{"):
            continue  # the server's own
        try:
            records.append(json.loads(line))
        except ValueError:
            not_yet(
                f"This line of your log is not JSON: {line}",
                hint="A quotation mark inside a text must be escaped. json.dumps knows how.",
            )
    errors = [line for line in lines if re.match(r"\w+Error\b", line)]
    said = f" The server's last error: {errors[-1]}" if errors else ""
    expect(
        records,
        f"Your app has written no JSON object to standard output.{said}",
        hint="What json.dumps gets must be made of texts, numbers, lists and dictionaries. A "
        "record's level is an object: what is its name?",
    )
    return records


def check_lines(records: list[dict[str, Any]], request_id: str, area: int) -> None:
    of_the_request = [line for line in records if f"area={area}" in str(line.get("message"))]
    expect(
        len(of_the_request) == 2,
        f"The request for area={area} logs two messages; the log has {len(of_the_request)} JSON "
        "lines with them under `message`.",
        hint="message.record['message'] is the text.",
    )
    for line in of_the_request:
        found = line.get("request_id")
        expect(found, f"A line has no request_id: {line}", hint="What is in record['extra']?")
        expect(
            found == request_id,
            f"'{line['message']}' belongs to the request {request_id}, but its line says {found}: "
            "the id of another request, which came at the same time.",
            hint="A variable that all requests share holds the id of whoever came last.",
        )
        expect_equal(line.get("level"), "INFO", "The level of a line")


# %% hints [markdown]
# - Two places: `json_line` writes what loguru hands it, and the middleware says which request
#   everything between its first and its last line belongs to.
# - `with logger.contextualize(request_id=...)` puts the id into `record["extra"]` of every message
#   until the block ends, for this request alone. Call `call_next` inside the block.
# - `json.dumps({"level": record["level"].name, "message": record["message"], **record["extra"]})`
#   is a whole line. Print it with `flush=True`.

# %% wrong-global-variable
# why: The id of the current request is kept in a variable of the module.
# says: the id of another request, which came at the same time
import asyncio
import json
import re
import secrets

from fastapi import FastAPI, Request
from loguru import logger

app = FastAPI()
current = None


def accept_or_make(offered):
    if offered and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", offered):
        return offered
    return secrets.token_hex(16)


def json_line(message):
    record = message.record
    line = {"level": record["level"].name, "message": record["message"], "request_id": current}
    print(json.dumps(line), flush=True)


logger.remove()
logger.add(json_line)


@app.middleware("http")
async def give_an_id(request: Request, call_next):
    global current
    current = request_id = accept_or_make(request.headers.get("X-Request-ID"))
    response = await call_next(request)
    response.headers["X-Request-ID"] = request_id
    return response


@app.get("/price")
async def price(area: float, place: str) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f} place={place}")
    await asyncio.sleep(0.2)
    logger.info(f"found a price: area={area:.0f}")
    return {"price": 100 * area}


# %% wrong-json-by-hand
# why: JSON is only text with braces, so an f-string will do.
# says: This line of your log is not JSON
import asyncio
import re
import secrets

from fastapi import FastAPI, Request
from loguru import logger

app = FastAPI()


def accept_or_make(offered):
    if offered and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", offered):
        return offered
    return secrets.token_hex(16)


def json_line(message):
    record = message.record
    request_id = record["extra"].get("request_id")
    print(
        f'{{"level": "{record["level"].name}", "message": "{record["message"]}", '
        f'"request_id": "{request_id}"}}',
        flush=True,
    )


logger.remove()
logger.add(json_line)


@app.middleware("http")
async def give_an_id(request: Request, call_next):
    request_id = accept_or_make(request.headers.get("X-Request-ID"))
    with logger.contextualize(request_id=request_id):
        response = await call_next(request)
    response.headers["X-Request-ID"] = request_id
    return response


@app.get("/price")
async def price(area: float, place: str) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f} place={place}")
    await asyncio.sleep(0.2)
    logger.info(f"found a price: area={area:.0f}")
    return {"price": 100 * area}


# %% wrong-always-a-new-id
# why: The server makes the ids, so the client's does not matter.
# says: X-Request-ID of the response should be
import asyncio
import json
import secrets

from fastapi import FastAPI, Request
from loguru import logger

app = FastAPI()


def json_line(message):
    record = message.record
    line = {"level": record["level"].name, "message": record["message"], **record["extra"]}
    print(json.dumps(line), flush=True)


logger.remove()
logger.add(json_line)


@app.middleware("http")
async def give_an_id(request: Request, call_next):
    request_id = secrets.token_hex(16)
    with logger.contextualize(request_id=request_id):
        response = await call_next(request)
    response.headers["X-Request-ID"] = request_id
    return response


@app.get("/price")
async def price(area: float, place: str) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f} place={place}")
    await asyncio.sleep(0.2)
    logger.info(f"found a price: area={area:.0f}")
    return {"price": 100 * area}


# %% wrong-block-ends-too-early
# why: contextualize sets the id, and the request follows below it.
# says: A line has no request_id
import asyncio
import json
import re
import secrets

from fastapi import FastAPI, Request
from loguru import logger

app = FastAPI()


def accept_or_make(offered):
    if offered and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", offered):
        return offered
    return secrets.token_hex(16)


def json_line(message):
    record = message.record
    line = {"level": record["level"].name, "message": record["message"], **record["extra"]}
    print(json.dumps(line), flush=True)


logger.remove()
logger.add(json_line)


@app.middleware("http")
async def give_an_id(request: Request, call_next):
    request_id = accept_or_make(request.headers.get("X-Request-ID"))
    with logger.contextualize(request_id=request_id):
        logger.info("a request has come")
    response = await call_next(request)
    response.headers["X-Request-ID"] = request_id
    return response


@app.get("/price")
async def price(area: float, place: str) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f} place={place}")
    await asyncio.sleep(0.2)
    logger.info(f"found a price: area={area:.0f}")
    return {"price": 100 * area}


# %% wrong-level-is-an-object
# why: Takes the level of a record for its name.
# says: The server's last error: TypeError: Object of type RecordLevel is not JSON serializable
import asyncio
import json
import re
import secrets

from fastapi import FastAPI, Request
from loguru import logger

app = FastAPI()


def accept_or_make(offered):
    if offered and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", offered):
        return offered
    return secrets.token_hex(16)


def json_line(message):
    record = message.record
    line = {"level": record["level"], "message": record["message"], **record["extra"]}
    print(json.dumps(line), flush=True)


logger.remove()
logger.add(json_line)


@app.middleware("http")
async def give_an_id(request: Request, call_next):
    request_id = accept_or_make(request.headers.get("X-Request-ID"))
    with logger.contextualize(request_id=request_id):
        response = await call_next(request)
    response.headers["X-Request-ID"] = request_id
    return response


@app.get("/price")
async def price(area: float, place: str) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f} place={place}")
    await asyncio.sleep(0.2)
    logger.info(f"found a price: area={area:.0f}")
    return {"price": 100 * area}


# %% right-context-variable
import asyncio
import json
import re
import secrets
from contextvars import ContextVar

from fastapi import FastAPI, Request
from loguru import logger

app = FastAPI()
current = ContextVar("request_id", default="")


def accept_or_make(offered):
    if offered and re.fullmatch(r"[A-Za-z0-9._-]{1,128}", offered):
        return offered
    return secrets.token_hex(16)


def json_line(message):
    record = message.record
    line = {
        "time": record["time"].isoformat(),
        "level": record["level"].name,
        "logger": record["name"],
        "message": record["message"],
        "request_id": current.get(),
    }
    print(json.dumps(line), flush=True)


logger.remove()
logger.add(json_line)


@app.middleware("http")
async def give_an_id(request: Request, call_next):
    request_id = accept_or_make(request.headers.get("X-Request-ID"))
    current.set(request_id)
    response = await call_next(request)
    logger.info("answered with {}", response.status_code)
    response.headers["X-Request-ID"] = request_id
    return response


@app.get("/price")
async def price(area: float, place: str) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f} place={place}")
    await asyncio.sleep(0.2)
    logger.info(f"found a price: area={area:.0f}")
    return {"price": 100 * area}
