# %% logging [markdown]
# # Logging
#
# A server runs where nobody watches. When a client says "it failed at ten past nine", all that is
# left is what the server has written down: its **log**. In this lesson you make servers write logs
# that are there when they are needed, and you find things in them. At the end you can
#
# - say why `print` is no log, and show it,
# - set up Python's `logging`: levels, handlers, formatters,
# - do the same with loguru, and bring the lines of uvicorn and gunicorn into the same form,
# - write lines that programs can read, with the id of the request on each,
# - keep log files from growing for ever, also when several processes write to one,
# - keep secrets out of the log, and say what logging costs.
#
# It takes about 45 minutes, and another half an hour if you do all six exercises.

# %% imports
import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from lab import servers
from lab.exercises import check, hint, progress
from lab.lessons import show, start_program
from lab.lessons.crash import kill_worker

servers.stop_all()  # so that you can run this page again
temporary = tempfile.TemporaryDirectory()  # goes away with this notebook's kernel
log_folder = Path(temporary.name)

# %% print-text [markdown]
# ## Why print is not a log
#
# Here is a small server that knows one price: 100 dollars for a square foot. It notes each question
# with `print`, as one does in a script.

# %% prices-print program="prices_print.py"
from flask import Flask, request

app = Flask(__name__)


@app.get("/price")
def price():
    area = float(request.args["area"])
    print("asked for a price: area", area)
    return {"price": 100 * area}


# %% ask-print
def ask(server, area, **more):
    params = {"area": area, **more}
    return requests.get(server.url + "/price", params=params, timeout=5)


# As on any other computer: this workbench usually sets the variable to 1.
server = start_program("prices_print.py", "gunicorn", environment={"PYTHONUNBUFFERED": ""})
for area in (900, 1200, 1500):
    print(ask(server, area).json())

# %% crash-text [markdown]
# Three questions, three answers. Now the process that has answered them dies, as it would if the
# computer ran out of memory. (The server, gunicorn, has two processes here: a **worker**, which
# runs the app, and one that watches over it. Chapter 05 is about them.) `kill_worker` ends the
# worker at once, and then we read all that came out of the server.

# %% crash-print
kill_worker(server)
print(*server.lines(), sep="\n")

# %% print-lost [markdown]
# gunicorn's lines are all there: it started a worker, saw it die, and started another. Of the
# three lines that we printed, there is not one.
#
# `print` does not write to the outside world. It puts text into a **buffer**, a place in the memory
# of the process, and Python writes the buffer out when it is full or when the program ends in good
# order. (In a terminal it does so after each line. Behind a server there is no terminal.) The
# worker did not end in good order, so the buffer died with it. A log is read after crashes above
# all, and that is when this one is empty.
#
# `print(..., flush=True)` would have written at once. Setting `PYTHONUNBUFFERED=1` would, too, and
# this workbench does. But look at what else is missing in a printed line:
#
# - **when** it happened, and **who** says so: which part of the program, which library;
# - **how important** it is, so that you can ask for less or more without changing the program;
# - **a place to stay**. What is printed goes to a terminal, and is gone when that is closed.
#
# **Quick question.** Why did gunicorn's own lines survive?
#
# <details><summary>Show the answer</summary>
#
# They are not printed. gunicorn writes them with Python's `logging`, which hands each line to the
# operating system as soon as it is made. What the system has, a dying process cannot take along.
#
# </details>

# %% levels-text [markdown]
# ## Python's logging: levels
#
# `logging` is part of Python. You ask it for a **logger** by a name, and tell the logger what
# happened and how important that is. There are five levels:
#
# | Level | The line says | Who must act? |
# |---|---|---|
# | `DEBUG` | a detail that helps to hunt a fault | nobody; usually not even written |
# | `INFO` | the normal course: started, answered, refused a bad request | nobody |
# | `WARNING` | something is odd, yet every client got its answer | somebody, some day |
# | `ERROR` | one request failed, and the fault lies here | somebody, soon |
# | `CRITICAL` | the service cannot go on | somebody, now |
#
# A logger has a level of its own, and drops whatever lies below it. That is the switch that
# `print` does not have:

# %% levels
import logging

prices = logging.getLogger("prices")
prices.handlers.clear()  # so that you can run this cell again; more about this in a moment
prices.addHandler(logging.StreamHandler(sys.stdout))


def tell():
    prices.debug("3 of 4 columns were sent, the model filled in 1")
    prices.info("asked for a price: area=%s", 1500)
    prices.warning("the listing service was slow, but it answered")
    prices.error("no price for listing %s: %s", 7, "the listing service is down")
    prices.critical("the model's file is missing")


for level in ("DEBUG", "WARNING"):
    prices.setLevel(level)
    print(f"--- the logger takes lines from {level} on")
    tell()

# %% lazy-values [markdown]
# Look at the line for `info`: the text has a gap, `%s`, and the value comes behind it. `logging`
# fills the gap only when the line is really written. A line that is dropped costs next to nothing
# that way; at the end you will measure it.
#
# **Quick question.** You never call `setLevel`, and your `info` lines do not appear. Why?
#
# <details><summary>Show the answer</summary>
#
# A logger without a level asks the one above it, and the topmost, the root logger, is at `WARNING`
# unless somebody changes it. So `INFO` is dropped until you ask for it.
#
# </details>

# %% choose-levels exercise="04.1"

# %% handlers-text [markdown]
# ## Handlers and formatters
#
# A logger decides whether a line counts. Where it goes is decided by **handlers**, and what it
# looks like by the **formatter** that each handler has:
#
# ```text
#                                     +--> handler: screen, from INFO on
#   prices.info("...")                |      formatter: level, message
#        |                            |
#        v                            |
#   logger "prices", from DEBUG on ---+
#                                     |
#                                     +--> handler: file, takes everything
#                                            formatter: time, level, name, message
# ```
#
# One call, two lines, each in its own form. This is how a log becomes lasting: one of the handlers
# writes to a file.

# %% handlers
log_file = log_folder / "prices.log"
log_file.unlink(missing_ok=True)

to_screen = logging.StreamHandler(sys.stdout)
to_screen.setLevel("INFO")
to_screen.setFormatter(logging.Formatter("%(levelname)s %(message)s"))

to_file = logging.FileHandler(log_file, encoding="utf-8")
to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)-8s %(name)s: %(message)s"))

prices.setLevel("DEBUG")
prices.handlers.clear()
prices.addHandler(to_screen)
prices.addHandler(to_file)

tell()
print("\n--- and in the file:")
print(log_file.read_text(encoding="utf-8"))

# %% formatter-names [markdown]
# `%(asctime)s` is the time, `%(levelname)-8s` the level, padded to eight letters so that the
# messages stand below each other. The [manual of
# logging](https://docs.python.org/3/library/logging.html#logrecord-attributes) lists all of them.
# The time is that of this computer's own time zone. Where servers stand in several, their lines can
# be put in order only if all write the same one: the apps of this course write UTC.
#
# ## The line that comes twice
#
# `logging.getLogger("prices")` gives the same logger each time, for as long as the process lives.
# A second `addHandler` does not replace the first:

# %% twice
prices.handlers.clear()
for _ in range(2):  # as if a cell, or a set-up function, had run twice
    prices.addHandler(logging.StreamHandler(sys.stdout))
prices.info("asked for a price: area=900")
prices.handlers.clear()

# %% twice-text [markdown]
# One call, one logger, two handlers, two lines. Whenever a log has every line twice, look for code
# that has added its handler twice. That is why a set-up function first takes away what is there.
#
# **Try it.** Add a third handler that writes to `log_folder / "errors.log"` and takes only `ERROR`
# and above. What does that file hold after `tell()`?
#
# ## The same crash, with a log
#
# Now the server from the beginning, with `logging` instead of `print`. It finds the name of its
# file in an environment variable.

# %% prices-log program="prices_log.py"
import logging
import os

from flask import Flask, request

logger = logging.getLogger("prices")
logger.setLevel("INFO")
to_file = logging.FileHandler(os.environ["LOG_FILE"], encoding="utf-8")
to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
logger.addHandler(to_file)

app = Flask(__name__)


@app.get("/price")
def price():
    area = float(request.args["area"])
    logger.info("asked for a price: area=%s", area)
    return {"price": 100 * area}


# %% crash-log
server.stop()
crash_file = log_folder / "crash.log"
settings = {"PYTHONUNBUFFERED": "", "LOG_FILE": str(crash_file)}
server = start_program("prices_log.py", "gunicorn", environment=settings)
for area in (900, 1200, 1500):
    ask(server, area)
kill_worker(server)
print(crash_file.read_text(encoding="utf-8"))

# %% crash-log-text [markdown]
# All three lines have outlived their process, and they would outlive the server and the terminal
# as well.

# %% survive exercise="04.2"

# %% names-text [markdown]
# ## Other people's lines
#
# Libraries use `logging`, too. Their loggers have the names of their modules, and the points in a
# name make a tree: what `urllib3.connectionpool` says is passed on to the handlers of `urllib3`
# and then to those of the **root logger**, which stands above all. `requests` works with `urllib3`
# inside. Turn its lines on, and you hear what your own client does:

# %% libraries
urllib3 = logging.getLogger("urllib3")
urllib3.setLevel("DEBUG")
urllib3.handlers = [logging.StreamHandler(sys.stdout)]
urllib3.handlers[0].setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

ask(server, 2000)

urllib3.handlers.clear()
urllib3.setLevel("WARNING")

# %% exceptions-text [markdown]
# One more method belongs to the daily tools. Inside `except`, `exception` logs a line at `ERROR`
# and the traceback below it:

# %% exceptions
prices.handlers = [to_screen]
try:
    1500 / 0
except ZeroDivisionError:
    prices.exception("no price: area=%s", 0)

# %% loguru-text [markdown]
# ## loguru: the same with less
#
# A logger, handlers, formatters, levels in two places: that is much to set up. **loguru** is a
# library that does it in two calls. (In November 2026, its newest release is 0.7.3.) There is one
# logger, which you import. Where lines go is a **sink**, and `add` takes it together with its level
# and its form: a file, a stream, or any function.

# %% loguru
from loguru import logger

loguru_file = log_folder / "loguru.log"
loguru_file.unlink(missing_ok=True)

logger.remove()  # it begins with a sink of its own, to standard error
logger.add(sys.stdout, level="INFO", format="{level} {message}", colorize=False)
logger.add(loguru_file, level="DEBUG", format="{time:HH:mm:ss.SSS} {level:<8} {name}: {message}")

logger.debug("3 of 4 columns were sent, the model filled in 1")
logger.info("asked for a price: area={}", 1500)
with logger.contextualize(client="phone"):
    logger.warning("this client sends every question twice")

print("\n--- and in the file:")
print(loguru_file.read_text(encoding="utf-8"))

# %% loguru-differences [markdown]
# | | `logging` | loguru |
# |---|---|---|
# | the logger | one for each name: `getLogger("prices")` | one for all; the module is `{name}` |
# | where and how | handler and formatter, each with a class | `add(sink, level=..., format=...)` |
# | gaps in a text | `%s` | `{}` |
# | inside `except` | `exception(...)` | `exception(...)` |
# | who uses it | Python's own library, gunicorn, uvicorn, Flask | whoever has installed it |
#
# `contextualize` attaches something to every line in its block. It is not in the text above,
# because the formats did not ask for it: `{extra}` would show it. You will need it soon.
#
# **Quick question.** If loguru is so much shorter, why learn `logging`?
#
# <details><summary>Show the answer</summary>
#
# For the last row of the table. The servers and most libraries write with `logging`. Their lines
# come out whether you use loguru or not, and to get them into your log you have to know how they
# are made.
#
# </details>

# %% voices-text [markdown]
# ## One log, three voices
#
# See what happens when nobody takes care of that. This app writes with loguru. A library that it
# uses writes with `logging`. And uvicorn, which runs the app, has lines of its own.

# %% three-voices program="three_voices.py"
import logging

from fastapi import FastAPI
from loguru import logger

app = FastAPI()
library = logging.getLogger("some.library")


@app.get("/price")
def price(area: float) -> dict[str, float]:
    logger.info("asked for a price: area={}", area)
    library.warning("the price list is old")
    return {"price": 100 * area}


# %% hear-three
server = start_program("three_voices.py", "uvicorn")
ask(server, 1500)
server.stop()
print(*server.lines(), sep="\n")

# %% three-voices-read [markdown]
# (The request for `/` is the workbench's, which asks until the server is up.)
#
# Three forms in one log. uvicorn's lines have a level and no time. loguru's have everything. And
# "the price list is old" has neither time, nor level, nor name: nobody has given that library a
# handler, so Python writes the bare message as a last resort. Nobody can sort this by time, and no
# program can search it for warnings.
#
# The cure is one handler, on the root logger, that says every line once more through loguru. Such
# a handler is called an **InterceptHandler**. Any handler is a class with a method `emit`, which
# gets each line as a **record**: the text, its values, the level, the logger's name.

# %% one-voice program="one_voice.py"
import logging
import sys

from fastapi import FastAPI
from gunicorn.glogging import Logger
from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(record.levelname, "{}", record.getMessage())


def set_up():
    logger.remove()
    form = "{time:YYYY-MM-DD HH:mm:ss.SSS} {level:<8} {name}: {message}"
    logger.add(sys.stdout, format=form, diagnose=False)
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "gunicorn.error"):
        logging.getLogger(name).handlers.clear()  # the servers' own handlers go
        logging.getLogger(name).propagate = True  # and what they say reaches the root logger


class LoguruLogger(Logger):  # gunicorn makes one of these before it says its first word
    def setup(self, cfg):
        super().setup(cfg)
        set_up()


set_up()  # uvicorn has set up its own logging by now, and has said nothing yet
app = FastAPI()
library = logging.getLogger("some.library")


@app.get("/price")
def price(area: float, note: str = "") -> dict[str, float]:
    logger.info("asked for a price: area={} note={}", area, note)
    library.warning("the price list is old")
    return {"price": 100 * area}


# %% hear-one
uvicorn = start_program("one_voice.py", "uvicorn")
ask(uvicorn, 1500)
print("--- on uvicorn")
print(*uvicorn.lines(), sep="\n")

options = "--worker-class asgi --logger-class one_voice.LoguruLogger"
gunicorn = start_program("one_voice.py", "gunicorn", options=options)
ask(gunicorn, 1500)
gunicorn.stop()
print("\n--- on gunicorn")
print(*gunicorn.lines(), sep="\n")

# %% one-voice-read [markdown]
# The same program on two servers, and every line in one form, in one place, with time, level and
# name. (`--worker-class asgi` lets gunicorn run a FastAPI app; chapter 05 says what ASGI is.)
#
# What is new in it, one line each:
#
# - **`basicConfig`** sets up the root logger: its handlers and its level.
# - **`force=True`** first takes away the handlers that are there. Without it, `basicConfig` does
#   nothing at all when there is one already, and says nothing.
# - **`propagate`**: whether a logger passes its lines on to the loggers above it.
# - **`.opt(exception=...)`** gives loguru an exception, and its traceback stands below the line.
#
# Three details are worth a second look:
#
# - **`record.getMessage()`** puts the values into the text. `record.msg` alone would be the text
#   with its gaps.
# - **`patch`** changes what loguru knows about the line, here its name. Otherwise every line would
#   come from `one_voice`, where the handler stands.
# - **When it runs.** A server sets up its own logging first. Come later, and its handlers are
#   yours to remove. uvicorn imports the app before its first line; gunicorn has said several things
#   by then, so it needs the class.
#
# Both apps of this course do just this, in
# [apps/house_prices/logs.py](../apps/house_prices/logs.py).
#
# One thing is missing: a library may have a level of its own, such as `NOTICE`, which loguru does
# not know. `logger.level("NOTICE")` asks loguru for a level and raises a `ValueError` when there is
# none of that name; `.log` does the same. Instead of a name, `.log` also takes a number, and every
# record has one: `record.levelno`. You will take care of that now.

# %% one-format exercise="04.3"

# %% json-text [markdown]
# ## Lines for programs
#
# People read lines. Programs have to take them apart, and free text is hard to take apart: is the
# number behind "took" seconds or milliseconds? So servers often write each line as one JSON object.
# That is called **structured logging**, and the form **JSON lines**. A sink of loguru may be any
# function, so it takes four lines:


# %% json-sink
def json_line(message):
    record = message.record
    fields = {"time": record["time"].isoformat(), "level": record["level"].name}
    fields |= {"message": record["message"], **record["extra"]}
    print(json.dumps(fields), flush=True)


logger.remove()
logger.add(json_line)
with logger.contextualize(client="phone"):
    logger.info('asked for a house in the "old" town')

# %% json-real-text [markdown]
# What `contextualize` has attached is in `record["extra"]`, and becomes a field. The quotation
# marks inside the message are escaped, because `json.dumps` knows how.
#
# The two apps of this course write JSON lines when `LOG_FORMAT` is `json`. We start both and send
# some good requests and some bad ones. (`LISTINGS_URL` comes into play later: it is the address of
# another server, which the apps ask for a house when a client gives only the number of its listing.
# We give them an address at which nobody answers.)

# %% json-real
settings = {"LOG_FORMAT": "json", "LISTINGS_URL": f"http://127.0.0.1:{servers.free_port()}"}
flask = servers.start("flask", environment=settings)
fastapi = servers.start("fastapi", environment=settings)

house = {"GrLivArea": 1604, "OverallQual": 6, "Neighborhood": "Gilbert", "YearBuilt": 1998}
for app in (flask, fastapi):
    for number in range(30):
        sent = {"inputs": [{**house, "OverallQual": 11 if number % 10 == 9 else 6}]}
        requests.post(app.url + "/api/v1/predict", json=sent, timeout=5)
    for path in ("/api/v1/health", "/api/v1/prices"):
        requests.get(app.url + path, timeout=5)
    while "/api/v1/prices" not in app.lines()[-1]:
        time.sleep(0.1)  # a line is written just after its answer

print(fastapi.lines()[-1])

# %% read-back-text [markdown]
# Reading them back is one line of Python, and the log answers questions that nobody had thought of
# when it was written. How often was each path asked, with which status, and how many milliseconds
# did half of the answers take at most? Each request has a line of the logger `access`:

# %% read-back
from collections import Counter, defaultdict
from statistics import median

records = [json.loads(line) for app in (flask, fastapi) for line in app.lines()]
times = defaultdict(list)
for record in records:
    if record["logger"] == "access":
        times[record["path"], record["status"]].append(record["duration_ms"])

print(f"{'path':<16} {'status':>6} {'times':>6} {'half within':>12} {'slowest':>9}")
for (path, status), ms in sorted(times.items()):
    print(f"{path:<16} {status:>6} {len(ms):>6} {median(ms):>9.2f} ms {max(ms):>6.2f} ms")

# %% read-back-read [markdown]
# The 422 are the houses of quality 11, on a scale that ends at 10. `/api/v1/prices` does not exist.
# `/api/v1/ready` is the workbench's question whether the server is up.
#
# **Try it.** Which loggers have written lines, and how many each? Ask
# `Counter(record["logger"] for record in records)`. What do those say that are not `access`?
#
# **Quick question.** A colleague writes `print('{"message": "' + text + '"}')`. When does it break?
#
# <details><summary>Show the answer</summary>
#
# As soon as the text has a quotation mark, a backslash or the end of a line in it. Then the line is
# not JSON, and the program that reads the log stops there. Let a library write JSON.
#
# </details>

# %% ids-text [markdown]
# ## Whose line is it?
#
# A server works on several requests at once, so their lines come mixed. In lesson 00 you have found
# the line of one request by its **request id**. How does the id get onto the line? The function
# that logs may be far from the one that has seen the request's headers.
#
# A variable that everybody can read comes to mind. This app remembers the id in two ways: in a
# global variable, and in a **context variable**, which has a value of its own for each request.
# Every line shows both.
#
# The ids are taken in a **middleware**. In chapter 02 you have added a finished one; here we write
# our own. `@app.middleware("http")` makes one of a function, which FastAPI then runs around each
# request. It gets the request and `call_next`, a function that hands the request on to your route
# and returns its response; one writes `await` before the call, which chapter 05 explains. So what
# stands before that line happens when the request has come, and what stands behind it when there is
# a response. Its headers can be set like the values of a dictionary.

# %% whose-line program="whose_line.py"
import asyncio
import sys
from contextvars import ContextVar

from fastapi import FastAPI, Request
from loguru import logger

in_global = "-"
in_context = ContextVar("request_id", default="-")


def form(record):
    return f"global: {in_global}  context: {in_context.get()}  {{message}}\n"


logger.remove()
logger.add(sys.stdout, format=form)
app = FastAPI()


@app.middleware("http")
async def remember(request: Request, call_next):
    global in_global
    in_global = request.headers.get("X-Request-ID", "-")
    in_context.set(in_global)
    response = await call_next(request)
    response.headers["X-Request-ID"] = in_context.get()  # so that the client can quote it
    return response


@app.get("/price")
async def price(area: float) -> dict[str, float]:
    logger.info(f"asked for a price: area={area:.0f}")
    await asyncio.sleep(0.3)  # as if it asked a database; meanwhile, others get their turn
    logger.info(f"found a price:     area={area:.0f}")
    return {"price": 100 * area}


# %% three-at-once
server = start_program("whose_line.py", "uvicorn", options="--no-access-log")


def ask_with_id(request_id, area):
    return requests.get(
        server.url + "/price",
        params={"area": area},
        headers={"X-Request-ID": request_id},
        timeout=5,
    )


with ThreadPoolExecutor(3) as three_clients:
    list(three_clients.map(ask_with_id, ["first", "second", "third"], [900, 1200, 1500]))
server.stop()
print(*[line for line in server.lines() if "area=" in line], sep="\n")

# %% three-at-once-read [markdown]
# Look at the last three lines. The global variable holds the id of whoever came last, whosever line
# it is. Tried out by one person, it would have looked right. The context variable is right on every
# line: Python keeps its value with the task or thread that works on the request.
#
# loguru's `contextualize` is built on a context variable. So is
# [apps/house_prices/request_id.py](../apps/house_prices/request_id.py), which both apps use: Flask
# under gunicorn works with threads, FastAPI under uvicorn with tasks, and it serves for both.
#
# ## One id, all the way
#
# In both apps, a client may send `X-Request-ID`. Then its own name for the request is on the lines
# of the server, and in the response. Here the same question goes to both.


# %% follow-an-id
def ask_price(app, request_id):
    headers = {"X-Request-ID": request_id}
    url = app.url + "/api/v1/predict"
    return requests.post(url, json={"inputs": [house]}, headers=headers, timeout=5)


def lines_of(app, request_id):
    for _ in range(50):  # the line is written just after the answer
        if found := [line for line in app.lines() if request_id in line]:
            return found
        time.sleep(0.1)
    return []


for name, app in {"Flask": flask, "FastAPI": fastapi}.items():
    response = ask_price(app, f"lesson-04-{name}")
    print(name, response.status_code, "with id", response.headers["X-Request-ID"])
    print(*lines_of(app, f"lesson-04-{name}"), sep="\n")

# %% fail-text [markdown]
# Now something that fails: the price of listing 7. The app must ask the listing service for the
# house, and there is none at the address that it was given. The client is told so in a problem
# document, which carries the id, too.


# %% follow-a-failure
url = fastapi.url + "/api/v1/listings/7/price"
response = requests.get(url, headers={"X-Request-ID": "lesson-04-trouble"}, timeout=10)
print(response.json())
print(*lines_of(fastapi, "lesson-04-trouble"), sep="\n")

# %% ids-end [markdown]
# Whoever gets this document can quote the last part of `instance`, and you find the request. Its
# line is at `INFO`, like that of any request: it only says what was answered. Why it went wrong
# stands in the document alone. Had the app logged a `WARNING` with the reason under the same id,
# you would not need the client to tell you.
#
# The id ends at our server: the apps do not send it on to the listing service. Were both services
# yours, you would pass the header on, and one id would lead through all of them.
#
# **Quick question.** Both apps refuse a client's id that has other characters than letters, digits
# and `._-`, and make a new one. Why not take whatever comes?
#
# <details><summary>Show the answer</summary>
#
# The id is written into the log. Whoever may write anything into your log can forge lines in it:
# the section on secrets shows how.
#
# </details>

# %% lines-with-an-id exercise="04.4"

# %% rotation-text [markdown]
# ## A file that does not grow for ever
#
# A log that lasts fills the disk one day, and then the server stops. The cure is **rotation**: when
# the file has reached a size, it is put aside under another name and a new one begins. Only the
# newest few are kept. Here at most 1,000 bytes in each, and three old ones:

# %% rotation
from logging.handlers import RotatingFileHandler

for old in log_folder.glob("rotating.log*"):
    old.unlink()

prices.handlers = [RotatingFileHandler(log_folder / "rotating.log", maxBytes=1_000, backupCount=3)]
for number in range(200):
    prices.info("line %03d: asked for a price", number)
prices.handlers.clear()

for file in sorted(log_folder.glob("rotating.log*")):
    lines = file.read_text(encoding="utf-8").splitlines()
    print(f"{file.name:<15} {file.stat().st_size:>5} bytes: {lines[0][:8]} to {lines[-1][:8]}")

# %% rotation-read [markdown]
# `rotating.log` has the newest lines, `.1` those before, and so on. The first lines are gone for
# good: that is the price, so choose sizes that cover the time in which you would notice a fault.
# loguru says the same as `logger.add(file, rotation="10 MB", retention=5)`.
#
# ## Several processes, one file
#
# Rotation has a trap. A server in use has several workers, each a process of its own. All have the
# file open, and each decides for itself when to put it aside. The [cookbook of
# logging](https://docs.python.org/3/howto/logging-cookbook.html#logging-to-a-single-file-from-multiple-processes)
# says that writing to one file from several processes is not supported. Is that caution, or does
# it happen?
#
# This app writes a hundred lines for each request, in one of three ways: with `logging`, with
# loguru, and with the handler of the package concurrent-log-handler. That one locks the file, so
# that no two processes rotate it at once. All three rotate at 2,000 bytes, which is far too early,
# so that we need not wait, and keep more files than there can be: nothing is dropped on purpose.

# %% shared-file program="shared_file.py"
import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

from concurrent_log_handler import ConcurrentRotatingFileHandler
from flask import Flask
from loguru import logger

folder = Path(os.environ["LOG_FOLDER"])


def rotating(name, handler_class):
    (folder / name).mkdir(exist_ok=True)
    own = logging.getLogger(name)
    own.setLevel("INFO")
    own.addHandler(handler_class(folder / name / "app.log", maxBytes=2_000, backupCount=500))
    return own.info


logger.remove()
logger.add(folder / "loguru" / "app.log", rotation="2 kB", format="{message}")
ways = {
    "logging": rotating("logging", RotatingFileHandler),
    "loguru": logger.info,
    "concurrent": rotating("concurrent", ConcurrentRotatingFileHandler),
}
app = Flask(__name__)


@app.post("/lines/<way>/<int:number>")
def write_lines(way, number):
    for step in range(100):
        ways[way](f"request {number:02} line {step:02}: asked for a price")
    return {}


# %% lose-lines
from lab.lessons.kept_lines import describe_kept, draw_kept, kept_table

names = {
    "logging": "logging's own handler",
    "loguru": "loguru's own sink",
    "concurrent": "concurrent-log-handler",
}
shared = Path(tempfile.mkdtemp(dir=log_folder))
server = start_program(
    "shared_file.py", "gunicorn", workers=4, environment={"LOG_FOLDER": str(shared)}
)


def write_lines(way, number):
    requests.post(f"{server.url}/lines/{way}/{number}", timeout=20).raise_for_status()


kept = {}
for way, name in names.items():
    with ThreadPoolExecutor(4) as four_clients:
        list(four_clients.map(write_lines, [way] * 20, range(20)))
    files = (shared / way).glob("app*.log*")
    kept[name] = len({line for file in files for line in file.read_text().splitlines()})
server.stop()

print(kept_table(kept, written=2_000))
show(draw_kept(kept, written=2_000), describe_kept(kept, written=2_000))

# %% lose-lines-read [markdown]
# **How to read it.** Each row is one way to write 2,000 lines from four workers. The full part of
# the bar is the lines that were found afterwards in all the files, the hatched part is those that
# were not.
#
# **What it tells.** Lines get lost when two workers put the file aside at the same moment: one
# moves its file over the other's. The loss is a matter of chance, so your numbers are others at
# each run, and a run without any loss is possible for the first two. Only the one that locks the
# file can promise it. With larger files it happens less often, which makes it harder to notice.
#
# Both apps use that handler when `LOG_FILE` is set.
#
# **The other way is to have no log file.** The app writes to standard output, and whoever runs the
# app collects what comes out: a service of the system, or the platform in the cloud. The
# [twelve-factor app](https://12factor.net/logs), a well-known set of rules for such platforms, asks
# for this. On Heroku (in November 2026) it is also the only way, because a file on its machines
# does not outlive the next restart; chapter 08 comes to that. Our apps do so when no `LOG_FILE` is
# set.
#
# **Quick question.** Does "no log file" bring back the trouble with `print`?
#
# <details><summary>Show the answer</summary>
#
# No. The lines still come from a logger, with time, level and name, and each is handed over as soon
# as it is made. Only the keeping is somebody else's task.
#
# </details>

# %% secrets-text [markdown]
# ## What must never be in a log
#
# Logs are read by many people, copied to other systems, and kept for long. So whatever is secret
# must not be in them:
#
# | Never | Instead |
# |---|---|
# | passwords, tokens, keys, the headers `Authorization` and `Cookie` | whether one was sent |
# | personal data: names, addresses, what people wrote | an internal number for the person |
# | whole bodies of requests and responses | how many houses, how many bytes, the wrong fields |
# | addresses with everything behind the `?` | the path alone |
#
# (In the European Union an internet address of a visitor can be personal data as well: Court of
# Justice, case C-582/14, 2016. The [OWASP logging cheat
# sheet](https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html) has a longer
# list.) Nobody logs a password on purpose. Here are three ways in which it happens. The first is a
# token in an address:

# %% secret-in-the-address
ask(uvicorn, 1500, token="s3cret-7f21")
print(*[line for line in uvicorn.lines() if "s3cret" in line], sep="\n")

# %% access-log-text [markdown]
# We never logged the token: uvicorn's access log writes the whole address. Our apps switch it off
# and write their own line, with the path alone. (And a token belongs in a header, not in an
# address.)
#
# The second way is a traceback. loguru can show the value of every variable in it. The switch is
# called `diagnose`, and in version 0.7.3 it is on unless you turn it off. (`backtrace=False` only
# leaves out the many lines of the notebook itself.)

# %% secret-in-the-traceback
password = "s3cret-" + "4b0d"  # as if a person had just typed it


def log_in(user, word):
    raise ConnectionError(f"no answer for user {user}")


for diagnose in (True, False):
    print(f"--- diagnose={diagnose}")
    logger.remove()
    form = "{level} {message}"
    logger.add(sys.stdout, format=form, diagnose=diagnose, backtrace=False, colorize=False)
    try:
        log_in(7, password)
    except ConnectionError:
        logger.exception("the login failed")

# %% injection-text [markdown]
# The third way puts something in rather than letting something out. This client sends a note that
# has the end of a line in it, and behind it something that looks like a line of the log:

# %% injection
forged = "\n2026-11-25 09:10:00.000 INFO     one_voice: the owner has approved all prices"
ask(uvicorn, 900, note="urgent" + forged)
print(*[line for line in uvicorn.lines() if "urgent" in line or "approved" in line], sep="\n")

# %% injection-read [markdown]
# The server wrote one line, and the log has two. (The third is uvicorn's, which keeps the note as
# it came in the address: `%0A` is the end of a line.) Who reads the log believes that the owner
# has approved something. This is called **log injection**. JSON lines are safe from it:

# %% injection-json
logger.remove()
logger.add(json_line)
logger.info("asked for a price: area={} note={}", 900, "urgent" + forged)


# %% injection-cure [markdown]
# One line stays one line: JSON writes the end of a line as `\n`, two characters. Where lines are
# for people, do not write what clients send, or only when its form has been checked, as our apps
# do with the id.
#
# **A last net.** A handler may have a **filter**: a class with a method `filter`, which gets each
# record before it is written. It may change the record, and returns `True` to let it through. Here
# is one that shortens whatever is too long:


# %% filter
class Shorten(logging.Filter):
    def filter(self, record):
        if len(record.getMessage()) > 40:
            record.msg = record.getMessage()[:40] + " ..."  # the finished text
            record.args = ()  # so that nobody fills its gaps again
        return True


shortening = logging.StreamHandler(sys.stdout)
shortening.addFilter(Shorten())
prices.handlers = [shortening]
prices.info("a client sent: %s", "12 houses " * 20)
prices.info("asked for a price: area=%s", 900)
prices.handlers.clear()

# %% filter-read [markdown]
# A filter is a net, not a plan: it finds what it knows, and a password without its name looks like
# any other word. Not logging a secret comes first.
#
# **Quick question.** Our apps write the client's path into every line, in the form for people, too.
# Can a client forge a line with it?
#
# <details><summary>Show the answer</summary>
#
# No. In a request, a path cannot hold the end of a line: it travels as `%0A`, and the apps write
# the path as it came, without decoding it.
#
# </details>

# %% redact exercise="04.5"

# %% cost-text [markdown]
# ## What a line costs
#
# A line takes time, and a busy server writes many. How much? The next cell writes lines in several
# ways and times them, in turns: in each round every way gets its turn, in random order. First come
# two that write nothing at all, because the level is off.

# %% cost
from lab.lessons.validation_cost import cost_table, describe_costs, draw_costs, time_ways

columns = {f"column{number}": number for number in range(79)}  # for the first two ways
cost_file = log_folder / "cost.log"

prices.handlers = [logging.FileHandler(cost_file, mode="w", encoding="utf-8")]
prices.handlers[0].setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
prices.setLevel("INFO")
logger.remove()
logger.add(log_folder / "cost_loguru.log", format="{time} {level} {message}", mode="w")
printed = (log_folder / "cost_print.log").open("w", encoding="utf-8")

costs = time_ways(
    {
        "off, 79 columns, %s": lambda: prices.debug("sent: %s", columns),
        "off, 79 columns, f-string": lambda: prices.debug(f"sent: {columns}"),
        "print, one number": lambda: print("asked for a price: area", 1500, file=printed),
        "logging, one number": lambda: prices.info("asked for a price: area=%s", 1500),
        "loguru, one number": lambda: logger.info("asked for a price: area={}", 1500),
    },
    rounds=60,
)
printed.close()

title = "What one call costs"
print(cost_table(costs))
show(draw_costs(costs, title, one="call"), describe_costs(costs, title))

# %% cost-read [markdown]
# **How to read it.** Each row is one way to call. The first two have the level off and would log a
# dictionary of 79 columns; the last three write a line with one number into a file. So compare the
# first two with each other, and the last three. Each mark is one round, the further right, the
# longer a call took. The upright line is the middle one. A few rounds take much longer, because the
# computer did something else meanwhile: such marks are beyond the right edge, and the line below
# the picture, if there is one, counts them.
#
# **What it tells.**
#
# - A line whose level is off costs almost nothing, *if* its values come behind the text. With an
#   f-string, Python builds the text, here of 79 columns, and then throws it away.
# - `print` is cheap because it writes to the buffer, the one that was lost at the beginning. The
#   others pay for handing over each line at once.
#
# Is it much? Compare it with what a request takes. The access lines above have that for
# `/api/v1/predict`, as the server itself measured it:

# %% cost-share
request_ms = median(times["/api/v1/predict", 200])
for name, microseconds in costs.items():
    share = median(microseconds) / 1000 / request_ms
    print(f"{name:<26} {share:6.1%} of the {request_ms:.2f} ms that a prediction takes")

# %% cost-share-read [markdown]
# For one line in a request, you pay that much and know what happened. For ten, you pay ten times as
# much. So: one line for each request at `INFO`, the details at `DEBUG`, and no line in a loop.
#
# **Quick question.** You want the names of all columns that a client sent, but only at `DEBUG`. A
# friend suggests `logger.debug("sent: %s", sorted(house))`. What does it cost when `DEBUG` is off?
#
# <details><summary>Show the answer</summary>
#
# The sorting. `logging` puts off building the text, but Python works out the values before it calls
# `debug`. When that is dear, ask first: `if logger.isEnabledFor(logging.DEBUG):`.
#
# </details>
#
# ## Reading a log when something has failed
#
# Last comes what all this is for. Here is the log of a real server. It answered sixteen requests,
# five at a time, and one of them failed. These are the first lines:

# %% given-log
from lab.given_log import given_log

records = [json.loads(line) for line in given_log()]
print(len(records), "lines")
for record in records[:6]:
    print(record["time"][11:23], record["level"], record["request_id"], record["message"])

# %% find-the-fault exercise="04.6"

# %% stop
servers.stop_all()
progress("04")

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Say what a killed process does to what it has printed, and write logs that survive it.
# - Give an event its level, a logger its handlers, a handler its formatter; and the same in loguru.
# - Bring app, libraries and server into one log with an InterceptHandler.
# - Write JSON lines and read them back; put the request's id on every line, also when many come at
#   once, and follow one through a log.
# - Rotate files, and say when that loses lines.
# - Keep secrets and forged lines out, and say what a line costs.
#
# **What comes next.** Again and again, this lesson has named workers, threads and tasks, uvicorn
# and gunicorn. Chapter 05 is about them: what a web server does, and how it calls your app.
