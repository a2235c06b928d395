# %% the-contract [markdown]
# # The API is a contract: REST, and its consumers
#
# Lesson 00 asked two servers for a price. This lesson is about what both sides had agreed on
# before: the contract. At the end you can
#
# - read a request and a response as the text that travels,
# - say what REST adds to HTTP, and choose method, path and status for a job,
# - read an OpenAPI file, the contract written down, with a few lines of Python,
# - show that a browser, a phone, a device and a program are the same to the server,
# - say which change breaks a contract, and try it out on real clients,
# - write a client that survives bad answers, and a server that can be asked twice.
#
# You need lesson 00. This is a long lesson: plan an hour and a half for reading and running it, and
# an hour more for its six exercises. A good place to stop is before **Who consumes an API?**; the
# two long exercises at the end may wait for another day, too.

# %% start-text [markdown]
# ## Two sides and a contract
#
# An **API** is a contract between two sides. The **provider** has information: here, what a house
# may sell for. The **consumer** wants it. In lesson 00 we called the two server and client. These
# are the same two, but the words say who owes what:
#
# | The consumer promises | The provider promises |
# |---|---|
# | to ask at this address, with this method | to answer, and always in one of the listed ways |
# | to send a body of this form | a good answer has this form, and no other |
# | to read the status before the body | an error says whose it is and what to do |
#
# Neither side needs to know how the other one is made. That is the point of a contract: you can
# replace one side, and the other does not notice. You have seen it. Flask and FastAPI gave the same
# answer to the same question.
#
# Start both again. The next cell also starts something new, a **relay**. It stands between client
# and server, passes everything on, and keeps a copy of what travelled. The cell takes some seconds:
# both servers load the model first.

# %% start
import requests

from lab import servers
from lab.exercises import check, hint, progress
from lab.lessons import show, start_program
from lab.lessons.wire import Relay

servers.stop_all()  # so that you can run this cell again
flask = servers.start("flask")
fastapi = servers.start("fastapi")
relay = Relay(fastapi.url)

print(flask, fastapi, relay, sep="\n")

# %% ask-text [markdown]
# Now ask for the price of a small house. The request goes to the relay's address. Then look at what
# the relay has seen.

# %% ask
PREDICT = "/api/v1/predict"
house = {"GrLivArea": 896, "OverallQual": 5, "Neighborhood": "NAmes", "YearBuilt": 1961}

requests.post(relay.url + PREDICT, json={"inputs": [house]}, timeout=5)

print(relay.exchanges[-1].request)
print()
print("---------- and the answer ----------")
print()
print(relay.exchanges[-1].response)

# %% read-http [markdown]
# This is all of HTTP that you need today. Request and response are text, and both have the same
# three parts:
#
# 1. **One first line.** The request's has the method, the path and the version of HTTP. The
#    response's has the status, with its name behind it for people.
# 2. **The headers**, one a line: a name, a colon, a value. They say things about the message: who
#    sends it, how long the body is, what kind of data it is. Capitals do not matter in their names:
#    `Content-Length` and `content-length` are the same header.
# 3. An empty line, and then **the body**, if there is one.
#
# There is no Python in it. `User-Agent` tells which program asks, but the server does not look at
# it, and a client may leave it out.
#
# **Quick question.** Which lines must stay if the same request is sent by a program in another
# language?
#
# <details><summary>Show the answer</summary>
#
# The first line, `Content-Type`, `Content-Length` and the body. `Host` must be there in HTTP/1.1,
# too. The rest is this client's own: `User-Agent`, what it accepts, whether it wants to keep the
# connection.
#
# </details>

# %% rest-text [markdown]
# ## What REST adds
#
# HTTP says how a message looks. It does not say what your paths are called, or what a `POST` to
# them does. Somebody has to decide that, and it helps if everybody decides alike. **REST** is a set
# of rules for it that both sides keep. The name stands for *representational state transfer*. Roy
# Fielding described it in [his
# dissertation](https://ics.uci.edu/~fielding/pubs/dissertation/rest_arch_style.htm) in 2000. So a
# REST API is one kind of contract. In short:
#
# - **Resources have addresses.** A *resource* is a thing that can be named: a house, a viewing, a
#   price list. Its path is a noun, and the method says what to do with it. `GET /viewings/7`, and
#   not `GET /showViewing?number=7`.
# - **The methods mean the same everywhere.** `GET` reads, `PUT` replaces, `DELETE` removes. Who
#   knows one REST API knows half of the next.
# - **What travels is a representation.** Not the row in the database and not the Python object, but
#   a description of it, in a format that both sides know, such as JSON.
# - **Every request stands alone.** The server keeps no memory of a conversation. All that it needs
#   is in the request. The word is *stateless*.
# - **There may be something in between**, and neither side notices: a cache that keeps answers, or
#   our relay.
#
# The fourth rule has a use that you can see at once. If a request stands alone, then any server may
# answer it. Here every second one goes to the other server.

# %% stateless
for turn, server in enumerate([flask, fastapi, flask, fastapi], start=1):
    answer = requests.post(server.url + PREDICT, json={"inputs": [house]}, timeout=5)
    print(turn, server.stack.title.ljust(20), answer.json()["predictions"])

# %% rest-honest [markdown]
# Most APIs that are called REST keep some of these rules and not all. Ours does, too:
# `POST /api/v1/predict` is not a noun. A prediction is not a thing that the server keeps, it is
# work to be done now. HTTP has `POST` for that: "take this and process it, in your own way". And
# Fielding also asks that answers carry links to what can be done next, as web pages do. Few APIs
# have that, and ours has none.
#
# **Quick question.** A shop's server remembers which page you saw last, and `GET /next` answers
# with the page behind it. Which rule is broken, and what goes wrong with two servers?
#
# <details><summary>Show the answer</summary>
#
# The request does not stand alone: what it means depends on an earlier one. With two servers, the
# second request may go to the server that has not seen the first, and it does not know where you
# were. `GET /pages/8` works with any number of servers.
#
# </details>

# %% status-text [markdown]
# ## The status: who has to act
#
# A contract must also say what happens when things go wrong. The next cell asks one server in seven
# ways, six of them bad, and prints the status and the kind of each answer.

# %% statuses
as_json = {"Content-Type": "application/json"}
too_good = {**house, "OverallQual": 11}

ways = {
    "a good house": ("POST", PREDICT, {"json": {"inputs": [house]}}),
    "a house of quality 11": ("POST", PREDICT, {"json": {"inputs": [too_good]}}),
    "a path that is not there": ("GET", "/api/v1/prices", {}),
    "a method that is not there": ("DELETE", PREDICT, {}),
    "not declared as JSON": ("POST", PREDICT, {"data": "GrLivArea=896"}),
    "six million letters": ("POST", PREDICT, {"data": "x" * 6_000_000, "headers": as_json}),
    "a service behind it is missing": ("GET", "/api/v1/listings/1/price", {}),
}

answers = {}
for what, (method, path, more) in ways.items():
    answers[what] = requests.request(method, flask.url + path, timeout=10, **more)
    print(answers[what].status_code, what.ljust(31), answers[what].headers["Content-Type"])

# %% status-classes [markdown]
# The first digit is what matters. It says who has to act:
#
# | Status | Means | Who acts |
# |---|---|---|
# | 200 to 299 | done | nobody |
# | 300 to 399 | look elsewhere | the client, and most do it by themselves |
# | 400 to 499 | the request is at fault | the client: the same request will fail again |
# | 500 to 599 | the server is at fault | the server: the same request may work later |
#
# The other two digits say more, to those who know them. Here are the ones that you meet most. They
# are defined in [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110), of June 2022.
#
# | | | | |
# |---|---|---|---|
# | 200 OK | here it is | 405 Method Not Allowed | the path is there, but not for this method |
# | 201 Created | a new resource is there now | 413 Content Too Large | send less |
# | 204 No Content | done, and nothing to show | 415 Unsupported Media Type | wrong kind of data |
# | 401 Unauthorized | say who you are | 422 Unprocessable Content | right kind, wrong values |
# | 403 Forbidden | you may not | 500 Internal Server Error | the server has failed |
# | 404 Not Found | nothing at this path | 503 Service Unavailable | not now, try later |
#
# A client that does not know a status may treat it like the first of its hundred: 418 like 400. And
# an answer should help whoever has to act. Look at two of them:

# %% helpful
print("405, Allow:", answers["a method that is not there"].headers["Allow"])
print("413, detail:", answers["six million letters"].json()["detail"])

# %% status-trap [markdown]
# The header `Allow` lists the methods that this path does answer. The text tells what to change.
#
# **Quick question.** Some APIs answer every request with 200, and write
# `{"success": false, "error": "no such house"}` into the body. Who is misled?
#
# <details><summary>Show the answer</summary>
#
# Everything between the two sides, and every tool. A cache keeps the error as a good answer. The
# log counts it as a success, and so does whoever watches the log. `requests` and `curl` know the
# status and could have told the client; now each client must look into the body, in a way that this
# one API has made up.
#
# </details>

# %% exercises-text [markdown]
# ## The exercises
#
# Now it is your turn, for the first time. Each exercise has a cell of its own, which begins with
# `%%exercise` and its number. Change the code in it and run it: it says whether the answer is
# right, and if not, what is wrong. `hint("01.1")` in any cell gives you a hint for exercise 01.1,
# and the next one when you call it again.
#
# - **The cell runs alone**, as a program of its own. It does not know the variables of this
#   notebook, so what it imports and defines stands in the cell itself.
# - **Your answer is saved** to the folder `exercises/` each time that you run the cell. You can
#   just as well change the file there, in an editor.
# - **After a restart of the kernel**, run the first code cell of the notebook again. Until then,
#   the cell says "Cell magic `%%exercise` not found".

# %% whose-move exercise="01.1"

# %% methods-text [markdown]
# ## Methods and resources: a service of its own
#
# The house-price API has only `GET` and `POST`. To see the others, here is a second, tiny service.
# It keeps *viewings*: appointments to look at a house. It is a Flask app. You need not know Flask
# yet. Read it like this: the line with the `@` says which method and path the function below it
# answers. What the function returns is the answer: the body, then the status, then headers. What is
# not there is 200, and no headers of its own.
#
# In `/viewings/<number>`, the part in angle brackets stands for any text: for `/viewings/7`, Flask
# calls the function with the argument `number="7"`. `request.get_json()` is the body of the
# request, made a Python object of its JSON.
#
# The cell begins with `%%program` and a name. To run it saves the program under that name, and does
# nothing else; `start_program` then serves it.

# %% viewings program="viewings.py"
from flask import Flask, request

app = Flask(__name__)
viewings = {}  # the number of a viewing, and what it says


@app.get("/viewings")
def read_all():
    return viewings


@app.post("/viewings")
def add():
    number = str(len(viewings) + 1)
    viewings[number] = request.get_json()
    return viewings[number], 201, {"Location": f"/viewings/{number}"}


@app.get("/viewings/<number>")
def read(number):
    if number not in viewings:
        return {"detail": "There is no such viewing."}, 404
    return viewings[number]


@app.put("/viewings/<number>")
def replace(number):
    status = 200 if number in viewings else 201
    viewings[number] = request.get_json()
    return viewings[number], status


@app.delete("/viewings/<number>")
def remove(number):
    if number not in viewings:
        return {"detail": "There is no such viewing."}, 404
    del viewings[number]
    return "", 204


# %% use-viewings-text [markdown]
# Two paths are enough: one for all viewings together, `/viewings`, and one for each, `/viewings/1`.
# Book one, read it, move it to another day, cancel it, and cancel it again:

# %% use-viewings
if "booking" in globals():
    booking.stop()  # from an earlier run of this cell
booking = start_program("viewings.py", "gunicorn")

friday = {"house": "Gilbert 12", "day": "Friday"}
monday = {"house": "Gilbert 12", "day": "Monday"}

for method, path, body in [
    ("POST", "/viewings", friday),
    ("GET", "/viewings/1", None),
    ("PUT", "/viewings/1", monday),
    ("GET", "/viewings", None),
    ("DELETE", "/viewings/1", None),
    ("DELETE", "/viewings/1", None),
]:
    answer = requests.request(method, booking.url + path, json=body, timeout=5)
    place = answer.headers.get("Location", "")
    print(method.ljust(7), path.ljust(12), answer.status_code, answer.text.strip(), place)

# %% methods-table [markdown]
# `POST` went to the path of all viewings, because the new one had no address yet. The server chose
# the number, and told the new address in the header `Location`. `PUT` went to the address itself:
# "let this be here". `DELETE` has nothing to show, so the body is empty.
#
# What each method promises is fixed for all of HTTP (RFC 9110, section 9):
#
# | Method | Does | Safe | Idempotent |
# |---|---|---|---|
# | `GET` | read | yes | yes |
# | `HEAD` | as `GET`, headers only | yes | yes |
# | `PUT` | put this at this address, in place of what was there | no | yes |
# | `DELETE` | remove what is at this address | no | yes |
# | `POST` | process this; often: add it to this collection | no | no |
# | `PATCH` | change a part of what is at this address | no | no |
#
# **Safe** means that it only reads: a search engine may follow every `GET` link it finds.
# **Idempotent** means that sending it twice leaves the server as sending it once does. The second
# `DELETE` got another *answer*, 404 and not 204, but what the server kept was the same. You will
# see at the end of this lesson what that is good for.
#
# **Quick question.** Someone offers `GET /viewings/7/cancel`. It is easy to use from a browser.
# What is wrong?
#
# <details><summary>Show the answer</summary>
#
# `GET` is safe by contract, so others use it freely: browsers fetch links ahead, search engines
# follow them, caches answer in the server's place. Each of them may cancel viewings, or keep a
# cancellation from happening, and be in the right.
#
# </details>

# %% plan-an-api exercise="01.2"

# %% media-text [markdown]
# ## Media types: what kind of data it is
#
# A body is a row of bytes. `Content-Type` says how to read them, with a **media type**: a name such
# as `text/html` from a public list. One server can send very different kinds:

# %% media
for path in ["/", "/assets/icon.svg", "/assets/api.js", "/api/v1/health", "/api/v1/nothing"]:
    answer = requests.get(fastapi.url + path, timeout=5)
    print(answer.status_code, path.ljust(17), answer.headers["Content-Type"])

# %% media-why [markdown]
# The browser draws the first, and runs the third, because of the media type and not because of the
# path. Look at the last two. Both are JSON, but they have two names, `application/json` and
# `application/problem+json`. A client that sees the second knows that it is no price, without
# looking inside. In the other direction, the server looks at the `Content-Type` of the request. You
# have met its refusal above: 415.
#
# A client may also say what it would like to get, in the header `Accept`. Some APIs then choose
# among several representations of one resource. Ours has one of each, and sends that.

# %% openapi-text [markdown]
# ## The contract, written down
#
# So far you have found out by asking. But a contract should be written down, and so that programs
# can read it, too. The usual form is **OpenAPI**: a JSON file with all paths, methods, bodies and
# statuses. Both servers serve theirs, and it is the same file:

# %% fetch-openapi
contract = requests.get(fastapi.url + "/api/v1/openapi.json", timeout=5).json()
from_flask = requests.get(flask.url + "/api/v1/openapi.json", timeout=5).json()

print("Same from Flask?", contract == from_flask)
print("OpenAPI", contract["openapi"], "|", contract["info"]["title"], contract["info"]["version"])
print("Its parts:", ", ".join(contract))

# %% walk-text [markdown]
# It is nested dictionaries, nothing else. `paths` has each path, and in it each method. Such a pair
# is called an **operation**. In the operation, `responses` has each status that may come back.

# %% walk
for path, methods in contract["paths"].items():
    for method, operation in methods.items():
        print(method.upper().ljust(5), path.ljust(35), *operation["responses"])

# %% follow-text [markdown]
# What does a good answer of `predict` look like? Follow it down. At the end there is no description
# but a **reference**, `$ref`: the place in the same file where it is described, so that it need be
# written only once. What is there is a **schema**: a description of the form of data.

# %% follow
good = contract["paths"][PREDICT]["post"]["responses"]["200"]
reference = good["content"]["application/json"]["schema"]["$ref"]
print("See:", reference)

schemas = contract["components"]["schemas"]
for name, field in schemas["PredictResponse"]["properties"].items():
    needed = "always there" if name in schemas["PredictResponse"]["required"] else "may be absent"
    print(f"  {name}: {field['type']}, {needed}. {field['description']}")

print("A house needs:", ", ".join(schemas["House"]["required"]))
print("A house may have:", len(schemas["House"]["properties"]), "fields")

# %% check-text [markdown]
# A contract in this form can be *checked*. `jsonschema_rs` is a library that compares data with a
# schema. The next cell holds a real answer against the contract, and then one that somebody has
# spoilt.

# %% check-answer
import jsonschema_rs

# It gets the whole file, so that it finds what a reference names.
promise = jsonschema_rs.validator_for({**contract, "$ref": reference})

answer = requests.post(fastapi.url + PREDICT, json={"inputs": [house]}, timeout=5).json()
promise.validate(answer)
print("The real answer keeps the contract.")

try:
    promise.validate({**answer, "predictions": "cheap"})
except jsonschema_rs.ValidationError as error:
    print("The spoilt one does not:", error.message)

# %% openapi-use [markdown]
# The same file is the source of the documentation page that you saw in lesson 00, of a form that
# knows the limits of each field, of test programs that invent requests, and of clients that nobody
# has to write by hand. You will see two of these in a moment.
#
# *What the file does not list may happen, too. Any path may answer 405 to a method that it does not
# have, and a machine on the way may answer 502 in HTML. A careful client is ready for it.*

# %% read-a-contract exercise="01.3"

# %% consumers-text [markdown]
# ## Who consumes an API?
#
# Web pages, phones, small devices, other programs. Each of them is in this repository, in the
# folder `clients/`. Run them all against the same server. Each asks through the relay, and `sent`
# keeps what each has sent.
#
# ### Another program
#
# The simplest consumer is a program without a screen: a report that runs every night, or another
# server. Here is one with `requests`, and one in the language of the command line, with `curl`.

# %% programs
from lab.lessons.consumers import excerpt, generate_client, load, run_client

sent = {}

run_client("command_line/predict.py", relay.url)
sent["requests"] = relay.exchanges[-1]

run_client("command_line/predict.sh", relay.url, interpreter="sh")
if relay.exchanges[-1] is not sent["requests"]:  # there is a curl on this computer
    sent["curl"] = relay.exchanges[-1]

# %% device-text [markdown]
# ### A device
#
# Think of a display in an estate agent's window: a board for a few dollars, with less memory than
# one photograph takes. Such devices that talk over the network are called the **internet of
# things**, or IoT. This client is written for **MicroPython**, a small Python for such boards. It
# has no `requests`, so it writes the text of the request itself:

# %% device-source
print(excerpt("iot/house_price.py", "def _request", "return head.format"))

# %% device-run-text [markdown]
# You could read every line of that, after the first part of this lesson. The file runs under your
# usual Python as well as under MicroPython. Run it under both.

# %% device
run_client("iot/house_price.py", "127.0.0.1", relay.port)
run_client("iot/house_price.py", "127.0.0.1", relay.port, interpreter="micropython")
sent["device"] = relay.exchanges[-1]

print()
print(sent["device"].request)

# %% device-answer [markdown]
# Four headers, and an old version of HTTP, in which the server closes the connection after each
# answer. It is all that this device needs, and it gets the same price.
#
# **Quick question.** The body has the four names in another order than ours, if MicroPython has
# sent it. Why does the server not mind?
#
# <details><summary>Show the answer</summary>
#
# In JSON, as in a Python dictionary, a value is found by its name. The names of an object have no
# order that means anything. The houses *inside the list* do have one: their prices come back in the
# same order. That is a promise of this contract.
#
# </details>

# %% phone-text [markdown]
# ### A phone
#
# A phone has two ways. Its browser can show the web page, which comes in the next part. Or somebody
# writes an *app* for it, in Swift or Kotlin as a rule. Such languages want to know the **type** of
# every value before the program runs. Nobody wants to copy 79 fields by hand, so the client is
# *generated* from the contract. Here a generator for Python does it; those for Swift and Kotlin do
# the same with the same file. It takes some seconds.

# %% generate
package = generate_client(fastapi.url + "/api/v1/openapi.json")

print("Generated:", sum(1 for _ in package.rglob("*.py")), "files. The start of a house in it:")
source = (package / "models" / "house.py").read_text()
print(*source[source.index("    gr_liv_area: float") :].splitlines()[:6], sep="\n")

# %% typed-text [markdown]
# The names are written in Python's style, `GrLivArea` became `gr_liv_area`, but what it sends is
# what the contract says. [clients/typed/price.py](../clients/typed/price.py) uses it. Run it with a
# quality of 5, and then of 11. (Each run starts Python anew, which takes a second or two.)

# %% typed
run_client("typed/price.py", relay.url, 5)
sent["typed client"] = relay.exchanges[-1]
print()
run_client("typed/price.py", relay.url, 11)

# %% typed-answer [markdown]
# Both answers came back as typed values: a `PredictResponse` with a list of numbers, and a
# `Problem` with a title and a detail. The app's programmer writes `problem.detail`, and a misspelt
# name is found on the programmer's screen, not on the customer's. (Its house has a kitchen and a
# garage, too, hence another price.)

# %% browser-text [markdown]
# ### A web page, and Ajax
#
# The oldest consumer is the browser. At first it could do one thing: fetch a page and show it. To
# see a new price, it had to fetch the whole page again. Since about 2005 there is **Ajax**: a
# script in the page asks the server in the background, gets only the data, and changes a part of
# the page. The name stood for *Asynchronous JavaScript and XML*. *Asynchronous* means that the page
# can be used while the answer is on its way. XML was the format of that time; today it is JSON. The
# tool was `XMLHttpRequest`; today it is a function named `fetch`.
#
# The house-price page works so. Its script comes from the server as well. This is the part that
# asks:

# %% ajax
script = requests.get(fastapi.url + "/assets/api.js", timeout=5).text
print(script[script.index("  const requestId") : script.index("    const text")].rstrip())

# %% ajax-read [markdown]
# You can read it, even if you do not know JavaScript. A method, a path, headers, a body that is
# made JSON, and a time after which it gives up. `await` waits for the answer without blocking the
# page.
#
# Here is the page, as wide as a phone. It also goes through the relay.
#
# **Try it.** Press **Ask for the price**. Then open **What went over the wire** under the price.
# (Is the frame empty? Then your browser is on another computer than the servers. Read on, nothing
# below needs it.)

# %% page
from lab.lessons.frame import frame

frame("The house-price page, 390 pixels wide", relay.url, width=390)

# %% from-page-text [markdown]
# Run the next cell after you have pressed the button. It shows all that the page has asked for in
# the background: the health, the contract, from which it takes the ranges of the fields, the sales
# for its picture, and your price. The last request follows in full, as your browser has sent it.

# %% from-page
asked = [e for e in relay.exchanges if e.header("X-Request-ID").startswith("page-")]

for exchange in asked:
    print(exchange.status, exchange.method.ljust(4), exchange.path, exchange.body.decode()[:60])
    if exchange.path == PREDICT:
        sent["page"] = exchange
if "page" in sent:
    print()
    print(sent["page"].request)
if not asked:
    print("The page has not asked for anything yet: it runs where your browser is.")

# %% cors-text [markdown]
# One rule holds for browsers alone. A page comes from somewhere: `http://127.0.0.1:41234`, say.
# That is its **origin**: protocol, computer and port. A script may always ask its own origin. May
# it ask another one, and read the answer? Only if that server agrees. Otherwise any page that you
# visit could read, in your name, what your bank answers. The rules for this are called **CORS**,
# *cross-origin resource sharing*. Before a request that could do harm, the browser asks first, with
# the method `OPTIONS`: "a page from there would like to send this. May it?"
#
# Our servers agree with nobody unless told. Here one is told about one origin, and we ask in the
# browser's place. (It is a third server, so there are some seconds to wait.)

# %% cors
known, unknown = "http://127.0.0.1:5173", "http://127.0.0.1:5999"
wish = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}

with servers.running("fastapi", environment={"CORS_ORIGINS": known}) as careful:
    for origin in [known, unknown]:
        headers = {"Origin": origin, **wish}
        answer = requests.options(careful.url + PREDICT, headers=headers, timeout=5)
        print(origin, "may be read by:", answer.headers.get("Access-Control-Allow-Origin"))

# %% frameworks-text [markdown]
# Without that header, the browser keeps the answer from the page.
#
# **Quick question.** You tell your server about no origin at all. Is your API now safe from
# strangers?
#
# <details><summary>Show the answer</summary>
#
# No. `curl`, `requests` and the device never ask: browsers keep the rule, and nobody else. It
# protects people with browsers from the pages that they visit. To keep strangers out, a server must
# ask who they are (401) and know what they may do (403).
#
# </details>
#
# ### The JavaScript frameworks
#
# A page with many parts that change is hard to keep in order by hand. So many web applications are
# written with a **JavaScript framework**. You describe how the page looks for given data, and the
# framework changes the page whenever the data change. Three well-known ones are **React**, **Vue**
# and **Angular**. The same form is in `clients/` in each of them. They differ in how they show an
# answer ([App.jsx](../clients/react/src/App.jsx), [App.vue](../clients/vue/src/App.vue),
# [app.ts](../clients/angular/src/app.ts)), and none of that concerns the API. The call is in files
# of its own: one for React and Vue, because `fetch` belongs to the browser, and one for Angular,
# which brings a client of its own.

# %% frameworks
print(excerpt("shared/api.js", "const response = await fetch", "});"), end="\n\n")
print(excerpt("angular/src/api.ts", "return this.http", "      );"))

# %% frameworks-read [markdown]
# All three send `POST /api/v1/predict` with `{"inputs": [...]}`. There is the contract again.
# [clients/README.md](../clients/README.md) tells how to run the three; they need Node.js, a program
# that runs JavaScript outside the browser. This course does not need it.
#
# ### All of them, side by side
#
# The table and the picture are made from what the relay has seen.

# %% side-by-side
from lab.lessons import sent as requests_sent

print(requests_sent.table(sent))
show(requests_sent.draw(sent), requests_sent.describe(sent))

# %% side-by-side-read [markdown]
# Every row has the same method, the same path and the same kind of body. The headers differ, and
# nobody had to change the server for any of them. That is what a contract buys: **the provider need
# not know its consumers**. The other side of it comes now: it cannot ask them before it changes
# something.

# %% changes-text [markdown]
# ## What breaks a contract
#
# You want to improve your API. Which changes may you make without a word? Try it. The relay can
# change answers on their way, as if the server had been changed. `changes` has seven ideas: each is
# a status, and a function that makes the new body from the old one. Three of the clients that you
# have just met then ask for a price under each.
#
# **Before you run it**, guess: how many of the seven break all three clients?

# %% changes
command_line = load("command_line/predict.py")
typed = load("typed/price.py")
device = load("iot/house_price.py")


def ask_typed():
    small = typed.House(gr_liv_area=896, overall_qual=5, neighborhood="NAmes", year_built=1961)
    with typed.Client(relay.url, raise_on_unexpected_status=True) as client:
        return typed.price(client, small)


clients = {
    "requests": lambda: command_line.price(relay.url, house),
    "typed client": ask_typed,
    "device": lambda: device.HousePrices("127.0.0.1", relay.port).price(house),
}


def renamed(body):
    return {"prices": body["predictions"], "version": body["version"]}


def as_text(body):
    return {**body, "predictions": [str(price) for price in body["predictions"]]}


def in_thousands(body):
    return {**body, "predictions": [price / 1000 for price in body["predictions"]]}


changes = {  # what happens: the new status, and the new body
    "a field is added": (200, lambda body: {**body, "currency": "USD"}),
    "the fields change places": (200, lambda body: dict(reversed(body.items()))),
    "version is left out": (200, lambda body: {"predictions": body["predictions"]}),
    "predictions becomes prices": (200, renamed),
    "prices come as text": (200, as_text),
    "success is 201, not 200": (201, lambda body: body),
    "prices are in thousands": (200, in_thousands),
}

# %% try-changes
from lab.lessons import outcomes

tried = outcomes.try_changes(relay, changes, clients)

print(outcomes.table(tried))
show(outcomes.draw(tried), outcomes.describe(tried))

# %% changes-read [markdown]
# Two of the seven hit all three clients. Read the table row by row.
#
# - **To add a field** to an answer, or to change the order, hurts nobody here. That is no accident:
#   all three look for the names that they need and ignore the rest. A client that refuses what it
#   does not know would break, so the contract should say that answers may grow.
# - **To leave out or rename** breaks those who used it, and you cannot know who did. `version` was
#   in the contract, so the typed client relied on it.
# - **Another type or status** breaks some and not others. The clients that "work" were lucky. And
#   look at the typed client with text for a price: its types were a promise about what *will*
#   arrive, and nobody looked.
# - **The last row is the worst.** The form is the same, so no program complains, and every price is
#   wrong. What a field *means* is part of the contract, too.
#
# Then there are changes of what clients may *send*. To accept more, such as one more field that may
# be absent, breaks nobody. To ask for more, such as one more field that must be there or a smaller
# range, breaks everyone who does not send it yet: they get 422 for what was fine yesterday.
#
# > **The rule.** You may give more and ask for less. To give less, to ask for more, or to mean
# > something else breaks the contract.
#
# **Quick question.** The model was trained again, and every price is a little different. Is the
# contract broken?
#
# <details><summary>Show the answer</summary>
#
# No, if the contract promises "the price as the model sees it", and names the model's version in
# each answer. Form and meaning are the same. But a client that has stored old prices will want to
# know, which is why `version` is there. It *would* be broken if the new model were trained to
# predict the rent.
#
# </details>

# %% sort-changes exercise="01.4"

# %% versions-text [markdown]
# ## When it must break: versions
#
# Sometimes you must break it. Then you make a second contract, and keep the first for a while. That
# is what `v1` in `/api/v1/predict` is for: a new contract gets `/api/v2/predict`, and old clients
# go on with what they know. Three versions are at work here, and each counts something else:

# %% versions
health = requests.get(fastapi.url + "/api/v1/health", timeout=5).json()
print(health)

# %% versions-read [markdown]
# - `v1` in the path counts **contracts**. It changes only when something breaks.
# - `api_version` counts **releases of the API**. In `1.2.3`, the first number stands for breaking
#   changes, the second for additions, the third for corrections. This custom is called *semantic
#   versioning*.
# - `model_version` counts **models**. A new model gives other prices under the same contract, so it
#   has a number of its own.
#
# How do old clients learn that their contract will end? You may not know who they are, but each of
# them gets your headers. Two are meant for this:
#
# - **`Deprecation`** ([RFC 9745](https://www.rfc-editor.org/rfc/rfc9745), of March 2025): from this
#   date on, use it no longer for anything new. The date is written as `@` and the seconds since the
#   start of 1970.
# - **`Sunset`** ([RFC 8594](https://www.rfc-editor.org/rfc/rfc8594), of May 2019): after this date,
#   it may be gone. This date is written out, as in other headers.
#
# Here is an API in its change from version 1 to 2:

# %% two-versions program="two_versions.py"
from flask import Flask

app = Flask(__name__)

LEAVING = {
    "Deprecation": "@1798761600",
    "Sunset": "Sat, 01 Jan 2028 00:00:00 GMT",
    "Link": '</api/v2/price>; rel="successor-version"',
}


@app.get("/api/v1/price")
def price_v1():
    return {"predictions": [123208.63]}, 200, LEAVING


@app.get("/api/v2/price")
def price_v2():
    return {"prices": [{"amount": 123208.63, "currency": "USD"}]}


# %% old-client-text [markdown]
# And a client that pays attention:

# %% old-client
from datetime import UTC, datetime

if "changing" in globals():
    changing.stop()  # from an earlier run of this cell
changing = start_program("two_versions.py", "gunicorn")

for version in ["v1", "v2"]:
    answer = requests.get(f"{changing.url}/api/{version}/price", timeout=5)
    print(version, answer.text.strip())
    if "Deprecation" in answer.headers:
        seconds = int(answer.headers["Deprecation"].removeprefix("@"))
        print("  Old from:", datetime.fromtimestamp(seconds, UTC).date())
        print("  Gone after:", answer.headers["Sunset"])
        print("  Instead:", answer.headers["Link"])

changing.stop()

# %% old-client-read [markdown]
# The answer is as good as ever: a header changes nothing for clients that do not look. But the
# client's log can say it, months before anything fails. `Link` names the address of the successor,
# which is also a standard ([RFC 5829](https://www.rfc-editor.org/rfc/rfc5829)).

# %% lost-text [markdown]
# ## When no answer comes
#
# A contract promises an answer. The network does not. The server may be restarted, a phone may
# enter a tunnel. Then the client has no status at all, and does not know *how far* its request has
# come. Let us try it: a new relay in front of the viewings loses the next answer. The server will
# have done its work.

# %% lost
if "line" in globals():
    line.stop()
line = Relay(booking.url)


def book(method, path):
    """Send a viewing; ask again if no answer comes, as careful clients do."""
    for attempt in [1, 2]:
        try:
            answer = requests.request(method, line.url + path, json=friday, timeout=5)
            print(f"{method} {path}, attempt {attempt}: status {answer.status_code}")
            return
        except requests.RequestException:  # no connection, a lost one, or the time is over
            print(f"{method} {path}, attempt {attempt}: no answer")


def kept():
    """Return the viewings that the server keeps."""
    return requests.get(booking.url + "/viewings", timeout=5).json()


def clear():
    """Remove all viewings."""
    for number in kept():
        requests.delete(f"{booking.url}/viewings/{number}", timeout=5)


for method, path in [("POST", "/viewings"), ("PUT", "/viewings/1")]:
    clear()
    line.lose_answers(1)
    book(method, path)
    print("The server keeps:", kept())
    print()

# %% lost-read [markdown]
# When no answer comes, `requests` raises an exception. There are several, such as `ConnectionError`
# and `Timeout`, and `RequestException` stands for all of them.
#
# With `POST`, the visitor has two appointments and knows of one. With `PUT`, the repeated request
# found what the first had put there, and put the same there again. That is *idempotent* from the
# table of methods, and now you know what it is good for: **if no answer comes, an idempotent
# request can simply be sent again.**
#
# The same without a loss, more often. How many viewings does the server keep after each time?

# %% repeat
from lab.lessons import repeats

kept_after = {}
for method, path in [("POST", "/viewings"), ("PUT", "/viewings/1"), ("DELETE", "/viewings/1")]:
    clear()
    counts = []
    for _ in range(5):
        requests.request(method, booking.url + path, json=friday, timeout=5)
        counts.append(len(kept()))
    kept_after[f"{method} {path}"] = counts

print(repeats.table(kept_after))
show(repeats.draw(kept_after, "viewings kept"), repeats.describe(kept_after))

# %% predict-again [markdown]
# **Quick question.** `POST /api/v1/predict` is a `POST`, so HTTP promises nothing. May a client of
# *this* API send it again all the same?
#
# <details><summary>Show the answer</summary>
#
# Yes. It only computes: the server keeps nothing, and the same house gets the same price from the
# same model. A method that HTTP does not call idempotent can be so in one contract. The contract
# should say it, because the method does not. The device's client relies on it: it asks up to four
# times.
#
# </details>
#
# When should a client ask again, and when not? Take what you know:
#
# | What came | Ask again? |
# |---|---|
# | 200 to 299 | no need |
# | 400 to 499 | no: the same request gets the same answer (429, "too many requests": later) |
# | 503 with `Retry-After: 2` | yes, after two seconds, and not before |
# | another 500 to 599, or nothing | if it is idempotent: a few times, with growing pauses |
# | something that is not in the contract | no: somebody else has answered |
#
# `Retry-After` is the server's wish how long to wait. Clients that ask again at once and for ever
# make a busy server busier.
#
# For the last row, know what Python does: when the body is no JSON, such as a page of HTML,
# `answer.json()` raises a `ValueError`. When it is JSON of another form, what you look for is not
# there: a `KeyError`, an `IndexError` or a `TypeError`.

# %% survive exercise="01.5"

# %% key-text [markdown]
# ### A key that makes `POST` safe to repeat
#
# A payment, an order, a booking: they cannot all be a `PUT`. For these there is a trick. The client
# invents a name for *what it wants to do*, and sends it in a header, `Idempotency-Key`. If it has
# to send the request again, it sends the same key. The server keeps the key with its answer. When
# the key comes again, it does nothing and gives the same answer again.
#
# ```text
# client                                          server
#   | POST /viewings, Idempotency-Key: 8f2c  ->     books number 1, keeps 8f2c -> (201, number 1)
#   |                           (lost)  X  <-  201
#   | POST /viewings, Idempotency-Key: 8f2c  ->     knows 8f2c: books nothing
#   |                                     <-  201   the same answer as before
# ```
#
# Services for payments have used this header for years. As a standard it is unfinished: the last
# draft is of October 2025, and it ran out in April 2026
# ([draft-ietf-httpapi-idempotency-key-header](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)).
# The draft also says what to do when somebody uses a key again for something *else*: 422, because
# one of the two requests must be a mistake.
#
# Now write it yourself. The exercise gives you the service; the line for the key is yours.

# %% book-once exercise="01.6"

# %% stop-text [markdown]
# ## Stop everything

# %% stop
line.stop()
relay.stop()
servers.stop_all()
print(flask, fastapi, booking, sep="\n")

# %% progress-text [markdown]
# And how far are you with the exercises of this chapter?

# %% progress
progress("01")

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Read a request and a response as text: first line, headers, body.
# - Say what REST adds: resources with addresses, methods with one meaning, requests that stand
#   alone.
# - Choose method, path, status and media type, and tell from a status who has to act.
# - Walk through an OpenAPI file, and hold an answer against it.
# - Name the consumers of an API, and what each sends: a page by Ajax, a phone's typed client, a
#   device, a program, React, Vue and Angular.
# - Tell a change that breaks the contract from one that does not, and announce the end of a
#   version.
# - Ask again when it is safe, and make it safe when it is not.
#
# **What comes next.** You have seen the contract from the outside. Chapter 02 goes inside: the same
# contract is written in Flask and in FastAPI, feature by feature.
