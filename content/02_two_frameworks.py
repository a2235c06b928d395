# %% two-frameworks [markdown]
# # Two frameworks: Flask and FastAPI, feature by feature
#
# A web framework takes over the work that every web application has to do. In this lesson you
# see that work, one piece at a time. For each piece you run two small programs, one written with
# Flask and one with FastAPI, and ask both of them the same questions. At the end you can
#
# - say what a web framework does for you, and what it leaves to you,
# - write the same small API with Flask and with FastAPI,
# - read the other framework when you know one of them,
# - tell a fact about a framework from an opinion about it.
#
# You need lesson 00 and chapter 01: requests, status codes, headers, JSON, and the API as a
# contract. Reading and running takes 75 to 90 minutes, and the six exercises about 50 more. Section
# 5 is a good place for a break. Do the exercises where they stand: each needs only what comes
# before it. Most cells are quick. Only the one that runs pytest, in section 9, and the checks of
# the exercises that serve your answer take some seconds, that of 02.6 the longest.

# %% what-a-framework-does [markdown]
# ## What a web framework does
#
# A request arrives as text: a first line with a method and a path, some headers, perhaps a body.
# A response leaves as text. Between the two stands your idea: "for this house, that price". All
# the rest is the same work in every application:
#
# ```text
#   request (text)                                                response (text)
#        |                                                               ^
#        v                                                               |
#   [ find the  ]     [ check the ]     [ YOUR FUNCTION  ]     [ write the result ]
#   [ function  ] --> [ input     ] --> [ house -> price ] --> [ as JSON or HTML  ]
#     routing           validation              ^                  templating
#                                               |
#                        what the function needs besides the input:
#                        session, database, other dependencies
# ```
#
# A **web framework** is a library that does this work, so that you write only the function in
# the middle.
#
# This lesson takes nine pieces: routing, validation, automatic documentation, dependency
# injection, session management, templating, database access, background work, and testing.
#
# **Quick question.** The real apps of this project share the folder `apps/house_prices`, with the
# model, its features, and the text of the error messages. No file in it imports Flask or FastAPI.
# What is that good for?
#
# <details><summary>Show the answer</summary>
#
# The work that is your own does not depend on the framework. It can be tested without a server,
# and it stays when the framework goes. Both apps use the same folder, so they give the same
# prices.
#
# </details>

# %% tools-text [markdown]
# ## How this lesson works
#
# The programs are short. So that they stay short, they do not load the real model. A made-up rule
# takes its place: 120 dollars for each square foot.
#
# A cell that begins with `%%program` saves a program into a file. `start_program` then serves
# that file: Flask's programs on gunicorn, FastAPI's on uvicorn, as in lesson 00.

# %% tools
import json
from concurrent.futures import ThreadPoolExecutor

import requests

from lab import servers
from lab.exercises import check, hint, progress
from lab.lessons import start_program


def start_both(feature, **options):
    """Stop what runs, and start the two programs of one feature, both at once."""
    servers.stop_all()
    with ThreadPoolExecutor() as pool:
        flask = pool.submit(start_program, f"flask_{feature}.py", "gunicorn", **options)
        fastapi = pool.submit(start_program, f"fastapi_{feature}.py", "uvicorn", **options)
    return {"Flask": flask.result(), "FastAPI": fastapi.result()}


def ask(server, path, method="GET", **options):
    """Send one request and return the response."""
    return requests.request(method, server.url + path, timeout=5, **options)


def ask_both(path, method="GET", **options):
    """Ask both running programs the same, and print what each answers."""
    print(method, path, options.get("json", options.get("params", "")))
    for name, server in both.items():
        response = ask(server, path, method, **options)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        text = " ".join(response.text.split())
        short = text if len(text) <= 150 else f"{text[:147]}..."
        print(f"  {name:8}{response.status_code}  {kind}  {short}")


# %% routing-text [markdown]
# ## 1. Routing: which function answers
#
# **Routing** finds the function for a request. You write down pairs: this method and this path,
# that function. Such a pair is a **route**.
#
# Both frameworks write a route as a **decorator**: a line that begins with `@` above a function
# and registers it. First Flask:

# %% flask-routing program="flask_routing.py"
from flask import Flask

app = Flask(__name__)

AREAS = {1: 1656, 2: 896}  # two houses, in square feet


@app.get("/houses/<int:house_id>/price")
def price(house_id):
    if house_id not in AREAS:
        return {"detail": f"There is no house {house_id}."}, 404
    return {"house": house_id, "price": AREAS[house_id] * 120}


# %% fastapi-routing-text [markdown]
# And the same in FastAPI. Look for the differences before you read on.

# %% fastapi-routing program="fastapi_routing.py"
from fastapi import FastAPI, HTTPException

app = FastAPI()

AREAS = {1: 1656, 2: 896}  # two houses, in square feet


@app.get("/houses/{house_id}/price")
def price(house_id: int):
    if house_id not in AREAS:
        raise HTTPException(404, f"There is no house {house_id}.")
    return {"house": house_id, "price": AREAS[house_id] * 120}


# %% routing-differences [markdown]
# Three things differ.
#
# - **Where the number is declared.** The house's number is a part of the path that varies, a
#   **path parameter**. Flask's path says it all: `<int:house_id>`. In FastAPI, the path only has
#   the name, `{house_id}`, and the type is a **type hint** of the function: `house_id: int`.
#   Python itself ignores type hints. FastAPI reads them, and uses them for nearly everything.
# - **How an error is told.** In Flask you return the body and the status. In FastAPI you raise an
#   exception. (Flask has one too: `abort(404)`.)
# - **What the type does** when it does not fit. Ask and see.

# %% ask-routing
both = start_both("routing")

ask_both("/houses/1/price")
ask_both("/houses/9/price")
ask_both("/houses/blue/price")
ask_both("/houses/1/price", "DELETE")
ask_both("/nowhere")

# %% routing-answers [markdown]
# For the first two questions, the answers are the same. (The keys may come in another order:
# Flask sorts them by name. For JSON the order means nothing.) Then:
#
# - **`/houses/blue/price`.** For Flask, the type belongs to the path. `blue` is no number, so no
#   route fits: 404. For FastAPI the route fits, and its input is wrong: 422, with a reason.
# - **Errors of the framework's own.** Flask's are web pages, made for people. FastAPI's are JSON,
#   made for programs. Neither is the problem document of lesson 00. So both apps of this project
#   have a file `errors.py` that makes one of every error.
# - Neither had to be told about the wrong method. Both answered 405 by themselves.
#
# **Try it.** Ask for `/houses/-1/price`, and for `/houses/1/price/` with a slash at the end. Which
# answers differ?
#
# <details><summary>Show what happens</summary>
#
# Both differ. To Flask, `-1` is no `int` of a path, so no route fits: 404 with a web page. FastAPI
# takes the number, calls the function, and the function's own 404 comes back as JSON.
#
# With the slash, Flask answers 404: that is another path. FastAPI shows 200, but that is the second
# answer. The first is 307, a **redirect**: "ask for `/houses/1/price` instead", and `requests` does
# so without a word. `ask(both["FastAPI"], "/houses/1/price/", allow_redirects=False)` shows it.
#
# </details>
#
# **Quick question.** A colleague adds `@app.get("/houses/<int:house_id>/rooms")` to a FastAPI app,
# as in Flask. The program starts. What will `/houses/1/rooms` be answered?
#
# <details><summary>Show the answer</summary>
#
# 404. FastAPI takes `<int:house_id>` as plain text, and nobody asks for a path with those signs
# in it. Each framework has its own spelling for the part that varies. Nothing warns you.
#
# </details>

# %% exercise-route exercise="02.1"

# %% validation-text [markdown]
# ## 2. Validation: is the input what it should be?
#
# Input comes from outside, so it can be anything. **Validation** checks it before your function
# works with it. Here is a Flask app that does not. It trusts its clients.

# %% flask-trusting program="flask_trusting.py"
from flask import Flask, request

app = Flask(__name__)


@app.post("/estimate")
def estimate():
    house = request.get_json()
    return {"price": house["area"] * 120}


# %% flask-get-json [markdown]
# `request` is Flask's object for the request that is being answered, and `get_json()` makes Python
# objects of its body. That is one kind of check: Flask answers 400 when the body is no JSON. (With
# `get_json(silent=True)` you get `None` instead, and decide yourself.) But whatever the JSON says,
# the function believes.
#
# In FastAPI, you describe the body as a class. The class comes from **pydantic**, a library for
# describing data; chapter 03 is all about it. Here it is enough to read the two lines: `area` is a
# number, and it is greater than zero. There are four such bounds: `gt` is greater than, `ge`
# greater or equal, `lt` less than, `le` less or equal.

# %% fastapi-estimate program="fastapi_estimate.py"
from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()


class House(BaseModel):
    area: float = Field(gt=0)


@app.post("/estimate")
def estimate(house: House):
    return {"price": house.area * 120}


# %% fastapi-body-text [markdown]
# Again the type hint does the work. `house: House` tells FastAPI: the body is JSON, make a `House`
# of it, and call the function only if that succeeds. Now four clients ask, and only the first one
# is right.

# %% ask-estimate
servers.stop_all()
both = {
    "Flask": start_program("flask_trusting.py", "gunicorn"),
    "FastAPI": start_program("fastapi_estimate.py", "uvicorn"),
}

ask_both("/estimate", "POST", json={"area": 1656})
ask_both("/estimate", "POST", json={"area": "1656"})
ask_both("/estimate", "POST", json={"area": -5})
ask_both("/estimate", "POST", json={})

# %% estimate-answers [markdown]
# Look at what the trusting app did with the second question. The area came as text, and Python
# multiplies text by repeating it: the "price" is `1656` written 120 times. **With status 200.**
# The third house has a negative price, also with 200. Only the last mistake was noticed, and as
# the server's own failure: 500, although the client was wrong.
#
# FastAPI made the number 1656 of the text `"1656"`. (This is a choice, and chapter 03 looks at
# it.) Its price is `198720.0` and Flask's `198720`, because `area: float` makes every area a number
# with a fraction, also the 1656 of the first question. It refused the other two with 422, and said
# where (`loc`) and what (`msg`) was wrong.
#
# **A wrong answer with status 200 is the worst of all**: nobody looks for it.
#
# Flask leaves validation to you. You can write the checks by hand, as exercise 02.2 asks, or use
# a library. Pydantic is not tied to FastAPI. This is the way that the Flask app of this project
# goes:

# %% flask-estimate program="flask_estimate.py"
from flask import Flask, request
from pydantic import BaseModel, Field, ValidationError

app = Flask(__name__)


class House(BaseModel):
    area: float = Field(gt=0)


@app.errorhandler(ValidationError)
def on_invalid_input(error):
    return {"detail": error.errors(include_url=False, include_input=False)}, 422


@app.post("/estimate")
def estimate():
    house = House.model_validate_json(request.get_data())
    return {"price": house.area * 120}


# %% flask-estimate-text [markdown]
# Two things had to be written that FastAPI does by itself: the line that makes a `House` of the
# body, and the **error handler**, which says what to answer when that fails.

# %% ask-flask-estimate
both["Flask"].stop()
both["Flask"] = start_program("flask_estimate.py", "gunicorn")

ask_both("/estimate", "POST", json={"area": "1656"})
ask_both("/estimate", "POST", json={"area": -5})
ask_both("/estimate", "POST", json={})

# %% query-text [markdown]
# The details still differ. FastAPI's `loc` begins with `body`, because input can come from other
# places as well: from the path, from a header, or from the **query**, the part of an address
# behind a question mark, as in `/sales?limit=10`. In FastAPI, every parameter of your function
# that is not in the path and is a plain value comes from the query:
#
# ```python
# @app.get("/sales")
# def sales(limit: int = 10): ...          # FastAPI: checked, with a default
#
# @app.get("/sales")
# def sales():                             # Flask: text, or the default
#     limit = request.args.get("limit", default=10, type=int)
# ```
#
# Careful with the second one: `?limit=ten` does not fit, and Flask takes the default without a
# word.
#
# **Quick question.** A client sends `{"area": 1656, "arae": 1700}`. What will our FastAPI app do?
#
# <details><summary>Show the answer</summary>
#
# It answers the price for 1656 and ignores the misspelt name: pydantic does so unless told
# otherwise. The apps of this project tell it otherwise (`extra="forbid"`), because a client that
# misspells a name would get a price for a house that it did not mean. A framework's defaults are
# a start, not a contract.
#
# </details>

# %% exercise-validation exercise="02.2"

# %% documentation-text [markdown]
# ## 3. Automatic documentation: the contract, written down
#
# FastAPI knows each path, each parameter and each type. So it can write the contract itself, as
# an OpenAPI document, at `/openapi.json`, and a page for people at `/docs`. Ask both of the running
# programs for them.

# %% ask-documentation
ask_both("/openapi.json")
ask_both("/docs")

# %% read-documentation
contract = ask(both["FastAPI"], "/openapi.json").json()

print("Paths:", *contract["paths"])
print("A house:", json.dumps(contract["components"]["schemas"]["House"], indent=2))
print("Answers of POST /estimate:", *contract["paths"]["/estimate"]["post"]["responses"])

# %% documentation-answers [markdown]
# `exclusiveMinimum: 0` is our `gt=0`, in the language of the contract. Nobody wrote it twice, so
# the documentation and the check cannot drift apart. That is the point of automatic documentation:
# not that it saves typing, but that it is **true**.
#
# Flask has nothing of this kind. There are extensions for it, libraries made for Flask. Or you
# write the document yourself, as it was done before.
#
# But true does not mean complete. FastAPI knows only what you **declare**. It does not read what
# happens inside your function. Section 4 shows an answer that no documentation tells of.
#
# This project goes another way. Its contract is a file, `apps/house_prices/openapi.json`. FastAPI
# has helped to write it, and since then it is held in the repository. Both apps serve that file,
# and tests hold both to it. So a change of the contract is always a decision, never an accident.
#
# **Try it.** Run the cell below and click on the address. It is the documentation page that
# FastAPI makes. (It fetches its style from the internet. Without internet it stays empty.)

# %% docs-address
print(both["FastAPI"].url + "/docs")

# %% dependency-text [markdown]
# ## 4. Dependency injection: what a function needs
#
# Many routes need the same things: a connection to the database, the settings, the name of the
# client that asks. **Dependency injection** means: a function does not fetch what it needs. It
# *says* what it needs, and somebody else hands it over.
#
# As an example, every client has a key, and sends it in the header `X-API-Key`. First FastAPI:

# %% fastapi-keys program="fastapi_keys.py"
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException

app = FastAPI()

KEYS = {"key-1": "the web page", "key-2": "the phone app"}  # a real app has them in its settings


def client_name(x_api_key: Annotated[str, Header()] = ""):
    if x_api_key not in KEYS:
        raise HTTPException(401, "Send your key in the header X-API-Key.")
    return KEYS[x_api_key]


ClientName = Annotated[str, Depends(client_name)]


@app.get("/price")
def price(client: ClientName):
    return {"price": 198720, "asked by": client}


# %% fastapi-keys-text [markdown]
# Read it from the bottom. `price` needs the name of a client. `ClientName` says what that is: a
# text (`str`), to be had from (`Depends`) the function `client_name`. And `client_name` in turn
# needs a header. `Annotated[type, more]` is standard Python: a type with a note attached. FastAPI
# reads the notes.
#
# For each request, FastAPI sees this chain, takes the header, calls `client_name`, and hands the
# result to `price`. If `client_name` raises, `price` is never called.
#
# Flask has no such thing. You call the function yourself:

# %% flask-keys program="flask_keys.py"
from flask import Flask, abort, request

app = Flask(__name__)

KEYS = {"key-1": "the web page", "key-2": "the phone app"}  # a real app has them in its settings


def client_name():
    key = request.headers.get("X-API-Key", "")
    if key not in KEYS:
        abort(401, "Send your key in the header X-API-Key.")
    return KEYS[key]


@app.get("/price")
def price():
    return {"price": 198720, "asked by": client_name()}


# %% ask-keys
both = start_both("keys")

ask_both("/price", headers={"X-API-Key": "key-2"})
ask_both("/price")
operation = ask(both["FastAPI"], "/openapi.json").json()["paths"]["/price"]["get"]
print("Documented input:", [(one["in"], one["name"]) for one in operation["parameters"]])
print("Documented answers:", *operation["responses"])

# %% dependency-answers [markdown]
# Both do the same. So what is gained by *saying* instead of *calling*? Three things that you will
# see in this lesson:
#
# - **The need is visible.** The header is in the documentation, although `price` does not mention
#   it.
# - **It can be exchanged.** A test puts something else in the place of `client_name`, without a
#   change of the program (section 9).
# - **It can be tidied up.** A dependency can open something before the function runs and close it
#   afterwards, whatever happens in between (section 7).
#
# Look at the last line once more: 401 is not among the documented answers, although it is what the
# program gave a moment ago. FastAPI has not read the inside of `client_name`. Writing
# `responses={401: {"description": "No key"}}` into the decorator would declare it.
#
# And what is lost? The call can no longer be seen in the text of `price`. Flask's way needs no
# explanation. Which one you like better is a matter of taste.
#
# **Quick question.** Somebody writes `Depends(client_name())`, with brackets behind the name. What
# happens, and when?
#
# <details><summary>Show the answer</summary>
#
# Python calls `client_name` itself, at once, when the program starts and there is no request. Its
# `x_api_key` is the default, an empty text, so it raises 401 and the program does not start.
# `Depends` wants the function, not its result: FastAPI calls it, once for each request.
#
# </details>

# %% exercise-dependency exercise="02.3"

# %% session-text [markdown]
# ## 5. Session management: who was that again?
#
# HTTP forgets. Each request stands alone: nothing in it says that the same person asked a minute
# ago. A **session** is what a server remembers about one visitor from request to request. The
# usual way is a **cookie**: a short text that the server sends in the header `Set-Cookie`, and
# that the client sends back with every later request, in the header `Cookie`.
#
# Both frameworks can keep the whole session *inside* the cookie. The server stores nothing. So
# that nobody can change it, the cookie is **signed**: the server adds a checksum that only it can
# compute, because a secret key goes into it.

# %% flask-visits program="flask_visits.py"
import os

from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


@app.get("/visits")
def visits():
    session["visits"] = session.get("visits", 0) + 1
    return {"visits": session["visits"]}


# %% fastapi-visits program="fastapi_visits.py"
import os

from fastapi import FastAPI, Request
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=os.environ["SECRET_KEY"])


@app.get("/visits")
def visits(request: Request):
    session = request.session
    session["visits"] = session.get("visits", 0) + 1
    return {"visits": session["visits"]}


# %% middleware-text [markdown]
# In Flask it is built in. For FastAPI it comes from **Starlette**, the smaller framework on which
# FastAPI is built, as a **middleware**: a layer around the app that sees every request before your
# function does, and every response after it. (It needs the package itsdangerous as well, which
# Flask brings along and FastAPI does not.)
#
# The key comes from an **environment variable**, one of the named texts that a program gets when
# it is started. A secret must not stand in the program: whoever can read the program could sign
# cookies.
#
# `requests.Session` is a client that keeps its cookies, as a browser does.

# %% ask-visits
import secrets

both = start_both("visits", environment={"SECRET_KEY": secrets.token_hex()})
visitors = {name: requests.Session() for name in both}

for name, server in both.items():
    for _ in range(3):
        response = visitors[name].get(server.url + "/visits", timeout=5)
    print(f"{name:8}{response.json()}")
    print("        Set-Cookie:", response.headers["Set-Cookie"])
    print("        Another visitor:", ask(server, "/visits").json())

# %% cookie-text [markdown]
# Each visitor has a count of their own. Now look at the cookies. Both have three parts with dots
# between them: what is stored, when it was stored, and the signature. The parts are written in
# base64, which is no secret code: it only turns bytes into letters that a header may hold. So we
# can read the first part, without any key. So can the visitor.

# %% read-cookie
import base64


def read(text):
    """Turn base64 back into what it stands for."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def write(text):
    """Turn text into base64."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


for name, visitor in visitors.items():
    print(f"{name:8}", read(visitor.cookies["session"].split(".")[0]))

# %% tamper-text [markdown]
# What if the visitor writes a better number into the cookie, and leaves the time and the signature
# as they were?

# %% tamper
for name, server in both.items():
    stored, *rest = visitors[name].cookies["session"].split(".")
    forged = ".".join([write('{"visits": 1000}'), *rest])
    honest = ask(server, "/visits", cookies={"session": visitors[name].cookies["session"]})
    cheat = ask(server, "/visits", cookies={"session": forged})
    print(f"{name:8} the true cookie: {honest.json()}, the forged one: {cheat.json()}")

# %% tamper-answers [markdown]
# The true cookie goes on counting at 4. The forged one does not fit its signature, so the server
# throws all of it away and begins a new session at 1. Nobody can *change* a signed cookie without
# the key. But everybody who has it can *read* it, and can send an old one again. So: no passwords,
# no secrets, nothing that must not be rolled back.
#
# Compare the two `Set-Cookie` lines above once more. Both say `HttpOnly`: scripts in a page cannot
# read the cookie. Only FastAPI's says `samesite=lax`, which keeps the browser from sending it
# along when another site posts to yours, and only FastAPI's ends by itself, after 1,209,600
# seconds, or 14 days. (Flask 3.1 and Starlette 1.10, November 2026.) Neither says `Secure`, for
# HTTPS only. For a real site, look these settings up.
#
# **Two traps.** The session travels as JSON, whose dictionaries have only text for keys: `7` as a
# key comes back as `"7"`. And Flask writes a new cookie only when it notices a change, which means:
# when a key of the session itself is set. A change deeper inside, as in
# `session["counts"]["Gilbert"] = 2`, goes unnoticed and is lost, unless you say
# `session.modified = True`.
#
# **Quick question.** A program begins with `app.secret_key = secrets.token_hex()`: a new random key
# at each start. It runs in two processes, to answer more requests. What do its visitors notice?
#
# <details><summary>Show the answer</summary>
#
# Their sessions come and go. The two processes have different keys, so a cookie that one has
# signed is a forgery for the other. And at each restart everybody's session is lost. The key must
# be random, but the same for all processes, and it must last: one more reason why it belongs into
# the environment.
#
# </details>

# %% exercise-session exercise="02.4"

# %% template-text [markdown]
# ## 6. Templating: pages with holes
#
# An API answers JSON. A web site answers HTML, the language of web pages. A **template** is a page
# with holes that are filled for each request. Both frameworks use the same template library,
# **Jinja2**: Flask brings it along, for FastAPI you install it.
#
# `{{ title }}` is a hole; `{% for … %}` repeats. Templates usually are files in a folder called
# `templates`. Here the template stands in the program, so that you can see all of it at once.

# %% flask-page program="flask_page.py"
from flask import Flask, render_template_string, request

app = Flask(__name__)

PAGE = """
<h1>{{ title }}</h1>
{% for name in names %}<p>{{ name }}</p>{% endfor %}
"""
NAMES = ["Gilbert", "North Ames", "Sawyer & Sawyer West"]


@app.get("/page")
def page():
    title = request.args.get("title", "Where?")
    return render_template_string(PAGE, title=title, names=NAMES)


@app.get("/careless")
def careless():
    return f"<h1>{request.args.get('title', 'Where?')}</h1>"


# %% fastapi-page program="fastapi_page.py"
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import DictLoader, Environment

app = FastAPI()

PAGE = """
<h1>{{ title }}</h1>
{% for name in names %}<p>{{ name }}</p>{% endfor %}
"""
NAMES = ["Gilbert", "North Ames", "Sawyer & Sawyer West"]

loader = DictLoader({"page.html": PAGE})
templates = Jinja2Templates(env=Environment(loader=loader, autoescape=True))


@app.get("/page")
def page(request: Request, title: str = "Where?"):
    return templates.TemplateResponse(request, "page.html", {"title": title, "names": NAMES})


@app.get("/careless")
def careless(title: str = "Where?"):
    return HTMLResponse(f"<h1>{title}</h1>")


# %% page-text [markdown]
# In both programs, the second route is careless: it puts the page together from pieces of text, as
# one would anywhere else in Python. Now a visitor sends a title that is itself a piece of HTML. A
# `<script>` in a page is a program, and the browser runs it.

# %% ask-page
both = start_both("page")
attack = {"title": "<script>alert('Got you')</script>"}

ask_both("/page")
ask_both("/page", params=attack)
ask_both("/careless", params=attack)

# %% page-answers [markdown]
# The template has **escaped** the title: `<` became `&lt;` and `>` became `&gt;`, which a browser
# shows as those signs and does not obey. It did so with the `&` in the name of the third place as
# well. The careless route has let the script through. Whoever clicks on a link with that title runs
# a stranger's program, with their own cookies. This is called **cross-site scripting**, and it is
# one of the oldest mistakes on the web.
#
# Who has to think of it?
#
# - Flask escapes in templates whose names end in `.html`, `.htm`, `.xml`, `.xhtml` or `.svg`, and
#   in `render_template_string`.
# - FastAPI (Starlette) escapes in the same way when you give it a *folder* of templates. Above we
#   made the `Environment` ourselves. **Jinja2 on its own does not escape**: without
#   `autoescape=True`, the FastAPI page would be as careless as the other.
# - In both, `{{ title|safe }}` says "this is HTML already". It is a promise that *you* make.
#
# **Try it.** Take `autoescape=True` out of FastAPI's program. Run its cell and the one with the
# questions again. What has become of the attack, and of the `&`? (Then put it back.)
#
# **Quick question.** Does an API that answers JSON need to escape `<` and `>`?
#
# <details><summary>Show the answer</summary>
#
# No. JSON is data, and `<` means nothing in it. Escaping belongs to the place where data becomes a
# page: if a script puts a name from your API into its page, that script has to take care. That is
# why `Content-Type: application/json` matters. It tells the browser not to treat the answer as a
# page.
#
# </details>

# %% exercise-template exercise="02.5"

# %% database-text [markdown]
# ## 7. Database access: data that stays
#
# What a program keeps in its variables is gone when it ends. A **database** keeps it, and lets
# several programs work on it at once. **SQLite** is a database in a single file; Python brings it
# along. Databases speak **SQL**, a language for questions about tables.
#
# **SQLAlchemy** is a Python library that writes the SQL for you. You describe a table as a class,
# and a row is an object of that class. Neither Flask nor FastAPI has anything of this built in. So
# the part for the database is a file of its own, without a framework, and both programs import it:

# %% sales-table program="sales_table.py"
import os

from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Sale(Base):
    __tablename__ = "sales"

    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood: Mapped[str]
    price: Mapped[int]


engine = create_engine("sqlite:///" + os.environ["SALES_FILE"])
Base.metadata.create_all(engine)  # makes the table, unless it is there already


def add(session, neighborhood, price):
    sale = Sale(neighborhood=neighborhood, price=price)
    session.add(sale)
    session.commit()  # now it is in the file
    return {"id": sale.id}


def find(session, neighborhood):
    wanted = select(Sale).where(Sale.neighborhood == neighborhood).order_by(Sale.price)
    return [{"id": sale.id, "price": sale.price} for sale in session.scalars(wanted)]


def open_session():
    return Session(engine)


# %% sales-table-text [markdown]
# A `Session` here is a conversation with the database. (It has nothing to do with the session of
# section 5. The word is used for both.) Whatever you change belongs to the conversation alone until
# `commit()` writes it down. It has to be closed at the end, also when something went wrong in
# between. `with` takes care of that:

# %% flask-sales program="flask_sales.py"
import sales_table
from flask import Flask, request

app = Flask(__name__)


@app.post("/sales")
def add():
    sale = request.get_json()
    with sales_table.open_session() as session:
        return sales_table.add(session, sale["neighborhood"], sale["price"]), 201


@app.get("/sales")
def find():
    with sales_table.open_session() as session:
        return sales_table.find(session, request.args["neighborhood"])


# %% fastapi-sales-text [markdown]
# In FastAPI, the conversation is a dependency. The function hands it over with `yield` instead of
# `return`. After the response FastAPI comes back to it, and the `with` closes the session.

# %% fastapi-sales program="fastapi_sales.py"
from typing import Annotated

import sales_table
from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

app = FastAPI()


class NewSale(BaseModel):
    neighborhood: str
    price: int = Field(gt=0)


def conversation():
    with sales_table.open_session() as session:
        yield session


Database = Annotated[Session, Depends(conversation)]


@app.post("/sales", status_code=201)
def add(sale: NewSale, database: Database):
    return sales_table.add(database, sale.neighborhood, sale.price)


@app.get("/sales")
def find(neighborhood: str, database: Database):
    return sales_table.find(database, neighborhood)


# %% ask-sales-text [markdown]
# Both programs get the *same file*. Flask's adds one sale, FastAPI's another, and then both are
# asked.

# %% ask-sales
import sqlite3
from contextlib import closing

from lab.lessons.programs import folder

file = folder() / "sales.db"  # the folder of the programs
file.unlink(missing_ok=True)  # so that you can run this cell again
servers.stop_all()
given = {"SALES_FILE": str(file)}
both = {  # one after the other: two that make the same table at once would be in each other's way
    "Flask": start_program("flask_sales.py", "gunicorn", environment=given),
    "FastAPI": start_program("fastapi_sales.py", "uvicorn", environment=given),
}

ask(both["Flask"], "/sales", "POST", json={"neighborhood": "Gilbert", "price": 195500})
ask(both["FastAPI"], "/sales", "POST", json={"neighborhood": "Gilbert", "price": 189900})
ask_both("/sales", params={"neighborhood": "Gilbert"})

servers.stop_all()
with closing(sqlite3.connect(file)) as database:  # no server at all: this notebook reads the file
    print("In the file:", database.execute("SELECT * FROM sales").fetchall())

# %% sales-answers [markdown]
# Each program sees what the other has written, and the rows are still there when both have
# stopped. This is what makes it possible to run several processes of an app: what they share must
# lie outside of them.
#
# ### The most famous mistake with databases
#
# SQLAlchemy has sent the word `Gilbert` to the database *beside* the SQL, not inside it. Here is
# what happens to those who put SQL together from pieces of text:

# %% injection
query = "Gilbert' OR 'a' = 'a"  # what a visitor types into the search field

with closing(sqlite3.connect(file)) as database:
    database.execute("INSERT INTO sales (neighborhood, price) VALUES ('Secret Valley', 990000)")
    careless = f"SELECT neighborhood, price FROM sales WHERE neighborhood = '{query}'"
    print(careless)
    print("Pieces of text:", database.execute(careless).fetchall())
    careful = "SELECT neighborhood, price FROM sales WHERE neighborhood = ?"
    print("Beside the SQL:", database.execute(careful, [query]).fetchall())

# %% injection-text [markdown]
# The quotation mark in the input ended the text inside the SQL, and the rest became SQL: "or a
# equals a", which is always true. The visitor sees rows that nobody wanted to show. This is **SQL
# injection**. It is the same mistake as in section 6: data became a part of a program. And the
# cure is the same: keep the two apart, and let a library fill the hole.
#
# **Quick question.** Which of the two frameworks protects you from SQL injection?
#
# <details><summary>Show the answer</summary>
#
# Neither. It is the database library that does, if you use it as it is meant. A framework that
# checks the type of the input does not help: the attack above is a valid text.
#
# </details>

# %% exercise-database exercise="02.6"

# %% background-text [markdown]
# ## 8. Background work: answer now, finish later
#
# Some work takes too long for a client to wait: pricing ten thousand houses, sending an email. The
# server can answer at once, **status 202, Accepted**, and do the work after that. FastAPI has a
# tool for it:

# %% fastapi-batches program="fastapi_batches.py"
import time

from fastapi import BackgroundTasks, FastAPI

app = FastAPI()
finished = []


def price_all(batch):
    time.sleep(1)  # stands for work that takes long
    finished.append(batch)


@app.post("/batches/{batch}", status_code=202)
def start(batch: str, tasks: BackgroundTasks):
    tasks.add_task(price_all, batch)
    return {"batch": batch, "state": "accepted"}


@app.get("/batches/{batch}")
def state(batch: str):
    return {"batch": batch, "state": "finished" if batch in finished else "in work"}


# %% flask-batches-text [markdown]
# For Flask, Python's own library is enough. A **thread** is a second line of work inside the same
# process, and a pool of threads takes on work and returns at once:

# %% flask-batches program="flask_batches.py"
import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

app = Flask(__name__)
pool = ThreadPoolExecutor(max_workers=2)
finished = []


def price_all(batch):
    time.sleep(1)  # stands for work that takes long
    finished.append(batch)


@app.post("/batches/<batch>")
def start(batch):
    pool.submit(price_all, batch)
    return {"batch": batch, "state": "accepted"}, 202


@app.get("/batches/<batch>")
def state(batch):
    return {"batch": batch, "state": "finished" if batch in finished else "in work"}


# %% ask-batches
import time

both = start_both("batches")

ask_both("/batches/monday", "POST")
ask_both("/batches/monday")
for _ in range(50):  # ask again and again, but not for ever
    states = [ask(server, "/batches/monday").json()["state"] for server in both.values()]
    if states == ["finished", "finished"]:
        break
    time.sleep(0.1)
ask_both("/batches/monday")

# %% background-answers [markdown]
# Both clients had their answer before the work was done, and asked again later.
#
# Now the limits, which are the same for both. The work happens inside the server's process. If that
# process is killed, the work is lost, and nobody is told. An error in the work reaches no client:
# the answer has left already. And the list `finished` lives in one process.
#
# **Try it.** Let `price_all` fail in both programs: put `1 / 0` in its first line. Run the cells
# again, and then this, which leaves all but the errors out of the logs:
#
# ```python
# for name, server in both.items():
#     print(name, [line for line in server.lines() if "Error" in line])
# ```
#
# Which log tells of the error? (FastAPI's. Python's pool keeps the error for somebody who asks for
# the result, and here nobody asks. Put the programs back.)
#
# **Quick question.** The same program runs in two processes, and each request goes to whichever is
# free. What can a client see that asks for its batch again and again?
#
# <details><summary>Show the answer</summary>
#
# "Finished", and then "in work" again. Each process has its own list, and the answer depends on
# which process it comes from. The state has to lie outside of the processes, in a database.
#
# </details>
#
# Work that must not be lost is written down first, in a **task queue**, and other processes take it
# from there. Celery is a well-known library for that, and works with both frameworks.

# %% testing-text [markdown]
# ## 9. Testing: ask without a server
#
# Both frameworks have a **test client**: it calls your app directly, inside the test, without a
# server and without a port. That is quick, and an error shows where it happened. Here are tests for
# the two programs with the keys of section 4. **pytest** is the program that runs them. It calls
# every function whose name begins with `test_`; an `assert` says what has to be true.

# %% test-flask-keys program="test_flask_keys.py"
import flask_keys

client = flask_keys.app.test_client()


def test_no_price_without_a_key():
    assert client.get("/price").status_code == 401


def test_the_client_is_named(monkeypatch):
    monkeypatch.setattr(flask_keys, "client_name", lambda: "a test")
    assert client.get("/price").get_json()["asked by"] == "a test"


# %% test-fastapi-keys program="test_fastapi_keys.py"
import fastapi_keys
from fastapi.testclient import TestClient

client = TestClient(fastapi_keys.app)


def test_no_price_without_a_key():
    assert client.get("/price").status_code == 401


def test_the_client_is_named():
    overrides = fastapi_keys.app.dependency_overrides
    overrides[fastapi_keys.client_name] = lambda: "a test"
    assert client.get("/price").json()["asked by"] == "a test"
    overrides.clear()


# %% overrides-text [markdown]
# The second test of each puts something else in the place of `client_name`, so that it needs no
# key. For FastAPI this is the promise of section 4: the app itself has a list of what to exchange,
# `dependency_overrides`. For Flask, `monkeypatch`, a tool of pytest, exchanges a name inside a
# module and puts it back after the test. It works with any Python program, but you have to know
# under which name the function is called.
#
# The next cell takes some seconds: pytest is a program of its own and loads both frameworks anew.

# %% run-tests
import subprocess
import sys

from lab.lessons.programs import folder

command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "--no-header"]
command += ["--color=no", "--disable-plugin-autoload", "test_flask_keys.py", "test_fastapi_keys.py"]
result = subprocess.run(command, cwd=folder(), capture_output=True, text=True, timeout=60)
print(result.stdout)

# %% tests-answers [markdown]
# **Try it.** Break something: in the cell with `fastapi_keys.py`, let a missing key count as
# `"nobody"` instead of raising 401. Run that cell, and then the tests. Which one fails, and what
# does pytest tell you? (Then put it back.)
#
# A test client has its limits, too. There is no server in between, so what the server does, such as
# time-outs or several processes, is not tested. This project does both: its contract tests ask the
# real servers.

# %% django-text [markdown]
# ## Where Django fits
#
# **Django** is the third name in every list, and the oldest of the three: first released in 2005,
# Flask in 2010, FastAPI in 2018. Flask and FastAPI hand you a small core and let you choose the
# rest. Django brings the rest along, and all of it fits together: its own database library,
# sessions, users and passwords, forms, templates, and ready-made pages on which staff can look at
# the tables and change them.
#
# - **A web site with users, forms and many tables:** Django saves the most work.
# - **An API with little around it, such as a model that is served:** most of what Django brings
#   stays unused, and validation and documentation of an API come from additional packages: Django
#   REST framework, or Django Ninja, which works with type hints and pydantic as FastAPI does.
#
# This project has a model, a few questions, and no user accounts. So it is served with the two
# small ones.

# %% table-text [markdown]
# ## The balance: what each gives, and what you write
#
# | | Flask 3.1 | FastAPI 0.165 | Django 6.1 |
# |---|---|---|---|
# | Routing | yes | yes | yes |
# | Errors of the framework | web pages | JSON | web pages |
# | Validation of JSON | a library | **yes** (pydantic) | a package, or forms |
# | Documentation | an extension | **yes** | a package |
# | Dependency injection | call it yourself | **yes** | call it yourself |
# | Sessions | **yes**, signed cookie | a middleware, and itsdangerous | **yes**, in the database |
# | Templates | **yes** (Jinja2) | support, if Jinja2 is installed | **yes**, its own |
# | Database | a library | a library | **yes**, its own |
# | Background work | Python's threads | **yes**, in the process | an interface since 6.0 |
# | Test client | **yes** | **yes**, and httpx2 or httpx | **yes** |
#
# *State of November 2026. "Yes" means: comes with the framework.*
#
# Now to numbers. How much has to be written? You have a pair of programs for each feature, so
# count. Lines with nothing but a comment, and empty lines, are left out.

# %% count-programs
from lab.lessons import show
from lab.lessons.line_counts import counts_table, describe_counts, draw_counts, pair_files

features = ["routing", "estimate", "keys", "visits", "page", "sales", "batches"]
pairs = pair_files(
    {
        feature: (folder() / f"flask_{feature}.py", folder() / f"fastapi_{feature}.py")
        for feature in features
    }
)
print(counts_table(pairs, "program"))
title = "Lines of code for the same feature"
show(draw_counts(pairs, title), describe_counts(pairs, title))

# %% count-programs-text [markdown]
# **How to read it.** Two bars for each feature, Flask's above (slanted lines), FastAPI's below
# (dots). The number at the end is the count of lines. The table has the same numbers.
#
# **What it tells.** Look at `estimate`, the validation: Flask's program needs more, because FastAPI
# does that work by itself. With sessions and pages it is the other way round. But work that a
# framework does for you is not always lines saved. FastAPI injects dependencies, and its `keys` has
# one line more than Flask's, which simply calls a function: what it gains there is documentation
# and tests. And `sales` is longer in FastAPI, for a reason that the number hides: FastAPI's program
# *checks* the sale that it is sent, and Flask's does not.
#
# So a line count is only fair between programs that do the same. There is such a pair: the two
# apps of this project. They are held to the same contract, down to the bytes of each error.

# %% count-apps
from pathlib import Path

import lab
from lab.lessons.line_counts import pair_folders

root = Path(lab.__file__).parent.parent
apps = pair_folders(root / "apps/flask_app", root / "apps/fastapi_app")
apps = [pair for pair in apps if pair.flask and pair.fastapi]  # the files that both have
print(counts_table(apps))
title = "Lines of code of the two apps"
show(draw_counts(apps, title), describe_counts(apps, title))

# %% count-apps-text [markdown]
# The FastAPI app is **not** shorter. If you expected that, look into the files to see why.
#
# - `routes.py`: FastAPI's routes also declare the contract: a summary, an id, and every error that
#   can be answered. Flask's routes declare nothing of it.
# - `bodies.py`: the contract wants problem documents for every mistake in a body. FastAPI's own
#   answer looks different, so its automatic validation is not used here. What is not used saves no
#   lines.
# - `middleware.py`: both apps wrap the server's interface by hand, because it costs the least time.
#   FastAPI's interface, ASGI, needs more lines than Flask's, WSGI. Chapter 05 explains both.
#
# Not counted is `gunicorn.conf.py`, the settings of a server, which belong to no framework. Uvicorn
# gets its settings on the command line.
#
# A framework's automation saves most when its defaults are what you want. The stricter your
# contract, the less the choice of the framework matters. What matters more lies outside of both.
# See how much they share:

# %% count-shared
from lab.lessons.line_counts import code_lines

shared = sorted((root / "apps/house_prices").glob("*.py"))
print("Lines shared by both apps:", sum(code_lines(part.read_text()) for part in shared))

# %% shared-question [markdown]
# **Quick question.** A manager says: "The FastAPI app has more lines, so FastAPI is the worse
# choice." Give two objections.
#
# <details><summary>Show the answer</summary>
#
# The lines do different things: some of FastAPI's declare documentation that somebody has to
# write elsewhere for Flask. And lines are not effort: ten lines that declare something are easier
# to write and to check than five that compute.
#
# </details>

# %% claims-text [markdown]
# ## What is said of FastAPI, put to the test
#
# The notes of this course say of FastAPI what many say. Which of it is a fact?
#
# | Said | What it is | What is known |
# |---|---|---|
# | Flask and Django "are the most popular" | a fact that has dated | see the shares below |
# | FastAPI "is rapidly gaining popularity" | a fact, with numbers | see the shares below |
# | "really good documentation" | an opinion | one fact for it: its examples are tested |
# | "the future of web development in Python" | a forecast | say now what would disprove it |
# | "very fast ... compared with NodeJS or GoLang" | can be measured | its own page claims less |
#
# - **Shares.** In the [Python Developers
#   Survey](https://lp.jetbrains.com/python-developers-survey-2024/), which allows several answers,
#   Flask, Django and FastAPI had 33, 33 and 29 % in 2023, and 34, 35 and 38 % in 2024. In November
#   2026 we knew of no newer one. Only those answer who want to, and popular is not better.
# - **Speed.** FastAPI's page on [benchmarks](https://fastapi.tiangolo.com/benchmarks/) (seen in
#   November 2026) says: one of the fastest frameworks *for Python*. Chapter 06 measures FastAPI
#   against Flask, on your computer.
# - **Before you repeat a claim**, ask what it is, when it was true, and who counted what.
#
# **Quick question.** Shares of 34, 35 and 38 per cent add up to more than 100. Is there a mistake?
#
# <details><summary>Show the answer</summary>
#
# No. Several answers were allowed, and many people use more than one framework. The shares are not
# pieces of one cake.
#
# </details>

# %% stop-text [markdown]
# ## Tidy up
#
# Stop the servers, and see how far you have come with the exercises.

# %% stop
servers.stop_all()
progress("02")

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Name the nine jobs of a web framework, and say which of them Flask and FastAPI do by themselves.
# - Write a route, a check, a dependency, a session, a page, and a table in both.
# - Explain why a signed cookie can be read but not changed.
# - Recognise one mistake in two forms: data that becomes a part of a page, or of SQL.
# - Test an app without a server.
# - Tell a fact, an opinion and a forecast apart, and ask for the date of a fact.
#
# **If you have to choose.** For an API with types, FastAPI takes over more of the work that this
# course is about. For pages and small tools, Flask is the shorter way. If your team knows one of
# them well, that counts for more than any line of the table above.
#
# **What comes next.** In this lesson, a class with one field decided what a house is. Chapter 03 is
# about such classes, schemas: what they convert, what they refuse, and how a mistake is told.
