# %% goal [markdown]
# # Mend the app that stands still
#
# **Goal.** While requests for `/price` wait for the listing service, `/health` is answered at once,
# and several prices are fetched at the same time.
#
# The app below is right but for one thing: as soon as one request waits for the listing service,
# the whole server waits with it. The service may be slow, and you cannot change that. You may
# change anything else in the app. It will be served by one uvicorn process.

# %% instructor [markdown]
# Minutes: 8
#
# The rule of the event loop, and its two cures: a thread, or a library that can be awaited. To
# write `async` in front of a function that blocks cures nothing: most people try that first.

# %% solution
import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()


def fetch_price():
    url = os.environ["LISTINGS_URL"] + "/price"
    with urllib.request.urlopen(url, timeout=8) as response:
        return json.load(response)["price"]


@app.get("/price")
# BEGIN SOLUTION: async def price():
def price():
    # END SOLUTION
    return {"price": fetch_price()}


@app.get("/health")
async def health():
    return {"alive": True}


# %% check
import json
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from lab.exercises.checking import Answer, expect, expect_equal, not_yet
from lab.exercises.serving import Client

AT_ONCE = 3
HEALTH_SECONDS = 3.0
LOG_SECONDS = 1.0


class QuietServer(ThreadingHTTPServer):
    """Says nothing when a client does not wait for its answer."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class SlowService:
    """A listing service that answers nobody before it is allowed to, and counts who waits."""

    def __init__(self, price: int) -> None:
        self.may_answer = threading.Event()
        self.first_here = threading.Event()
        self.all_here = threading.Event()
        self.asked = 0
        lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with lock:
                    service.asked += 1
                    service.first_here.set()
                    if service.asked >= AT_ONCE:
                        service.all_here.set()
                service.may_answer.wait(10)
                body = json.dumps({"price": price}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


def check(answer: Answer) -> None:
    price = answer.random.randrange(100_000, 400_000)
    service = SlowService(price)
    try:
        with answer.served("uvicorn", environment={"LISTINGS_URL": service.url}) as client:
            service.may_answer.set()  # quick for once: is the app right at all?
            expect_equal(_first_price(client), {"price": price}, "The answer of /price")
            expect_equal(client.get("/health").json(), {"alive": True}, "The answer of /health")
            service.may_answer.clear()
            service.asked = 0
            service.first_here.clear()
            service.all_here.clear()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                try:
                    waiting = [pool.submit(_price, client.url) for _ in range(AT_ONCE)]
                    _look(client, service, waiting)
                finally:
                    service.may_answer.set()
                for found in waiting:
                    slow = _good(found.result(), client).json()
                    expect_equal(slow, {"price": price}, "The answer of a slow /price")
    finally:
        service.may_answer.set()
        service.server.shutdown()


def _first_price(client: Client) -> object:
    """Ask for a price that comes at once; a forgotten await is told here."""
    response = client.get("/price", allow_5xx=True)
    if response.status_code < 500:
        return response.json()
    expect(
        not _logged(client, "coroutine"),
        f"/price was answered with {response.status_code}, and the log speaks of a coroutine: that "
        "is what a call of an `async def` gives, and it must be awaited.",
        hint="Which function did you make asynchronous, and who calls it?",
    )
    return client.get("/price").json()  # any other error is told with its line


def _price(url: str) -> requests.Response:
    return requests.get(url + "/price", timeout=9)


def _good(response: requests.Response, client: Client) -> requests.Response:
    """Return an answer of a slow /price again: anything but a 200 is *not yet*, with the reason."""
    if response.status_code != 200:
        why = _logged(client, r"^[A-Za-z_][\w.]*(Error|Exception)\b")
        not_yet(
            "While the listing service was slow, /price was answered with "
            f"{response.status_code}{f' ({why})' if why else ''}. Wanted is the price: the service "
            "needs its time.",
            hint="A shorter time-out gives no price. Who else could wait for it?",
        )
    return response


def _logged(client: Client, pattern: str) -> str:
    """Return the last line of the log with this in it; it may come after the answer."""
    deadline = time.monotonic() + LOG_SECONDS
    while True:
        if found := [line.strip() for line in client.lines() if re.search(pattern, line)]:
            return found[-1]
        if time.monotonic() > deadline:
            return ""
        time.sleep(0.05)


def _none_answered(client: Client, waiting: Sequence[Future[requests.Response]]) -> None:
    for found in waiting:
        if found.done() and found.exception() is None:
            _good(found.result(), client)
            not_yet(
                "A request for /price was answered while the listing service answered nobody. So "
                "its price is an old one, and prices change. Wanted is that each request asks.",
                hint="What could be kept from one request for the next?",
            )


def _look(
    client: Client, service: SlowService, waiting: Sequence[Future[requests.Response]]
) -> None:
    """See what the app does while the service answers nobody."""
    service.first_here.wait(HEALTH_SECONDS)
    _none_answered(client, waiting)
    try:
        alive = requests.get(client.url + "/health", timeout=HEALTH_SECONDS).ok
    except requests.RequestException:
        alive = False
    together = alive and service.all_here.wait(HEALTH_SECONDS)
    _none_answered(client, waiting)
    asked = service.asked
    expect(
        alive,
        f"While {AT_ONCE} requests for /price were waiting for the listing service, /health had no "
        f"answer within {HEALTH_SECONDS:g} seconds.",
        hint="Something waits without await, in the thread of the event loop. Which line?",
    )
    if not together:
        not_yet(
            f"/health is answered now. But of {AT_ONCE} requests for /price, only {asked} had "
            "reached the listing service: the others waited for it to be done.",
            hint="What makes one request for a price wait for another?",
        )


# %% hints [markdown]
# - `urllib.request.urlopen` waits and cannot be awaited. Who runs it: the event loop, or a thread?
# - FastAPI runs an endpoint with `async def` in the event loop, and one with `def` in a thread.
# - Two other cures: `await asyncio.to_thread(fetch_price)`, or an `httpx.AsyncClient`.

# %% wrong-async-helper
# why: With async in front of every function nothing blocks any more.
# says: /health had no answer
import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()


async def fetch_price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=8) as response:
        return json.load(response)["price"]


@app.get("/price")
async def price():
    return {"price": await fetch_price()}


@app.get("/health")
async def health():
    return {"alive": True}


# %% wrong-one-thread
# why: One thread for all calls frees the event loop, and still lets one price wait for another.
# says: only 1 had reached the listing service
import asyncio
import json
import os
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI

app = FastAPI()
pool = ThreadPoolExecutor(max_workers=1)


def fetch_price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=8) as response:
        return json.load(response)["price"]


@app.get("/price")
async def price():
    loop = asyncio.get_running_loop()
    return {"price": await loop.run_in_executor(pool, fetch_price)}


@app.get("/health")
async def health():
    return {"alive": True}


# %% wrong-coroutine
# why: A function becomes async def, and its caller stays as it was.
# says: it must be awaited
import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()


async def fetch_price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=8) as response:
        return json.load(response)["price"]


@app.get("/price")
async def price():
    return {"price": fetch_price()}


@app.get("/health")
async def health():
    return {"alive": True}


# %% wrong-shorter-time-out
# why: With a shorter wait the others wait less, and nobody gets a price from a slow service.
# says: /price was answered with 500
import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()


def fetch_price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=0.3) as response:
        return json.load(response)["price"]


@app.get("/price")
async def price():
    return {"price": fetch_price()}


@app.get("/health")
async def health():
    return {"alive": True}


# %% wrong-kept-price
# why: A price that is kept needs no waiting, and is soon out of date.
# says: its price is an old one
import json
import os
import urllib.request
from functools import cache

from fastapi import FastAPI

app = FastAPI()


@cache
def fetch_price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=8) as response:
        return json.load(response)["price"]


@app.get("/price")
async def price():
    return {"price": fetch_price()}


@app.get("/health")
async def health():
    return {"alive": True}


# %% wrong-not-awaited
# why: The work is begun in the background, and the answer does not wait for its result.
# says: The answer of /price should be
import asyncio
import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()
latest = {"price": None}


def fetch_price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=8) as response:
        latest["price"] = json.load(response)["price"]


@app.get("/price")
async def price():
    asyncio.get_running_loop().run_in_executor(None, fetch_price)
    return latest


@app.get("/health")
async def health():
    return {"alive": True}


# %% wrong-health-lost
# why: The endpoint that suffered is taken out, so that nobody sees it stand still.
# says: The answer of /health should be
import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()


@app.get("/price")
def price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=8) as response:
        return {"price": json.load(response)["price"]}


# %% right-to-thread
import asyncio
import json
import os
import urllib.request

from fastapi import FastAPI

app = FastAPI()


def fetch_price():
    with urllib.request.urlopen(os.environ["LISTINGS_URL"] + "/price", timeout=8) as response:
        return json.load(response)["price"]


@app.get("/price")
async def price():
    return {"price": await asyncio.to_thread(fetch_price)}


@app.get("/health")
async def health():
    return {"alive": True}


# %% right-httpx
import os

import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/price")
async def price():
    async with httpx.AsyncClient(timeout=8) as service:
        response = await service.get(os.environ["LISTINGS_URL"] + "/price")
    return {"price": response.json()["price"]}


@app.get("/health")
async def health():
    return {"alive": True}
