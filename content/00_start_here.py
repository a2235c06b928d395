# %% start-here [markdown]
# # Start here
#
# In this lesson you start two servers, ask both of them for the price of the same house, and get
# the same price twice. At the end you can
#
# - start and stop a server from Python,
# - ask a server for a prediction,
# - read what it answers when the question has a mistake,
# - find your own request in what the server has written down.
#
# You need some Python. You need not know anything about servers. It takes about 25 minutes, with
# a first exercise in the middle.
#
# **How to use this page.** Click on the first cell of code and press
# <kbd>Shift</kbd>+<kbd>Enter</kbd>: that runs it and goes on to the next. Run every cell, from the
# top to the bottom, and wait until it has a number in its brackets: the first one takes ten
# seconds. You may change any cell and run it again. Everything happens on this computer.

# %% what-a-server-is [markdown]
# ## What a server is
#
# Suppose you have trained a model in a notebook. It predicts what a house will sell for. Now a web
# page and a phone app want to use it, and neither can call a function in your notebook. How do
# they get their predictions?
#
# They ask a **server**: a program that waits for questions and answers them. A question is called
# a **request**, an answer a **response**. The program that asks is called a **client**. Your
# browser is a client. In this lesson, this notebook is one too.
#
# Requests and responses travel in **HTTP**, the language in which browsers ask for web pages. And
# what may be asked, and how it will be answered, is written down. That is an **API**, an
# application programming interface: a contract between the server and its clients.
#
# Here is what you are about to run. This notebook is the client of two servers. The same model is
# served twice, under the same contract:
#
# ```text
#                                 +-- server 1: gunicorn --+
#                      requests   |   runs a Flask app     |
#                   +-----------> |   with the model       |
#  this notebook    |             +------------------------+
#  (the client)  ---+
#                   |             +-- server 2: uvicorn ---+
#                   +-----------> |   runs a FastAPI app   |
#                                 |   with the same model  |
#                                 +------------------------+
# ```
#
# **Flask** and **FastAPI** are two **frameworks**: libraries for writing, as Python functions, what
# a server answers. What you write with one is an **app**. **gunicorn** and **uvicorn** are two
# programs that run such an app: they receive the requests, call the functions, and send the
# responses back. This course compares the two pairs.

# %% start-text [markdown]
# ## Start both servers
#
# `lab` is the workbench of this course. Its part `servers` starts real servers, waits until they
# are ready, and stops them when this notebook ends.

# %% start-both
from lab import servers

servers.stop_all()  # so that you can run this cell again: the old servers go first
flask = servers.start("flask")
fastapi = servers.start("fastapi")

print(flask)
print(fastapi)

# %% addresses [markdown]
# Two more programs now run on your computer. A running program is called a **process**, and the
# computer gives each a number. Each of the two also has an address, such as
# `http://127.0.0.1:41234`. Read it in three parts:
#
# - `http` is the language it speaks.
# - `127.0.0.1` always means "this same computer". Nobody on another computer can reach your
#   servers.
# - The number after the colon is the **port**. It says which program on this computer is meant.
#   Your numbers are others than in the example, and change with each start: `lab` takes what is
#   free.
#
# Click on one of the two addresses. Your browser sends a request there, and the server answers
# with a web page: a form for people who want a price and do not program.
#
# **Quick question.** Why do the two servers need different ports?
#
# <details><summary>Show the answer</summary>
#
# Both run on the same computer, so the first two parts of their addresses are the same. Only the
# port says which of the two a request is for.
#
# </details>

# %% house-text [markdown]
# ## One real house
#
# This house stands in Ames, in the US state of Iowa. It was sold in June 2010 for 195,500
# dollars. The names are those of a public list of 2,930 sales in Ames, and the model has learned
# from that list. The list has 79 facts about each house. We send twelve: where one is missing,
# the model takes a usual value instead.

# %% house
house = {
    "GrLivArea": 1604,  # living area above ground, in square feet (1604 are 149 square metres)
    "OverallQual": 6,  # quality of materials and finish, from 1 to 10
    "Neighborhood": "Gilbert",  # the part of Ames
    "YearBuilt": 1998,
    "LotArea": 9978,  # size of the lot, in square feet
    "TotalBsmtSF": 926,  # size of the basement, in square feet
    "FullBath": 2,  # bathrooms
    "BedroomAbvGr": 3,  # bedrooms
    "KitchenQual": "Gd",  # quality of the kitchen: good
    "Fireplaces": 1,
    "GarageCars": 2,  # cars that fit into the garage
    "CentralAir": "Y",  # air conditioning: yes
}

# %% ask-text [markdown]
# ## Ask for its price
#
# `requests` is a Python library for clients. Its function `post` sends a request to a server's
# address, with two words that come back all the time:
#
# - `/api/v1/predict` is a **path**: it says which question you ask.
# - `POST` is a **method**: it says what kind of request this is. `POST` brings data along, here a
#   house. `GET` only fetches something, as your browser did with the form.
#
# The data must be what the contract says: a dictionary with one key, `inputs`, and under it a list
# of houses. Our list has one house in it.

# %% ask-flask
import requests


def ask(server, house):
    body = {"inputs": [house]}
    return requests.post(server.url + "/api/v1/predict", json=body, timeout=5)


response = ask(flask, house)
print("Status:", response.status_code)
response.json()

# %% answer [markdown]
# That is a prediction from a server.
#
# - **Status 200** means success. Every response starts with such a number. You will soon see
#   another.
# - **`predictions`** is a list with one price, in dollars, for each house that you sent, in your
#   order.
# - **`version`** tells which version of the model has answered.
# - **`errors`** is `None`: nothing was wrong.
#
# The data travelled as **JSON**, a way to write dictionaries, lists, numbers and text as plain text
# that every programming language can read. `json=body` made JSON from the dictionary, and
# `response.json()` made a dictionary from the answer. `timeout=5` says: give up after five seconds
# without an answer. Always set one; without it, your program may wait for ever.
#
# The price is an estimate: it need not be what the buyer paid. And this house says nothing of how
# good the model is, because it was among the sales that the model learned from.

# %% compare-text [markdown]
# ## The same question to both
#
# Now both servers get the same house.

# %% compare
flask_price = ask(flask, house).json()["predictions"][0]
fastapi_price = ask(fastapi, house).json()["predictions"][0]

print(f"Flask on gunicorn:   ${flask_price:,.2f}")
print(f"FastAPI on uvicorn:  ${fastapi_price:,.2f}")
print("The same price?", flask_price == fastapi_price)

# %% same-question [markdown]
# **Quick question.** The two frameworks share no code. Why are the prices the same, to the cent?
#
# <details><summary>Show the answer</summary>
#
# A framework carries the question to the model and the answer back. It computes no price. Both
# apps load the same model file and hand it the same house, so they get the same number.
#
# </details>
#
# **Try it.** Change `OverallQual` to 8 in the cell with the house. Run that cell and the last one
# again. What does better material do to the price? Do the two servers still agree? (Then set it
# back to 6.)

# %% mistake-text [markdown]
# ## A question with a mistake
#
# Clients make mistakes. Let us say that the quality of the house is `"eleven"`: a word where the
# contract wants a number from 1 to 10.

# %% mistake
bad_house = {**house, "OverallQual": "eleven"}  # the same house, but for this

response = ask(flask, bad_house)
print("Status:", response.status_code)
print("Content-Type:", response.headers["Content-Type"])
response.json()

# %% problem-document [markdown]
# The server did not guess a price, and it did not crash. It refused, and said why.
#
# - **Status 422** is an error. A status from 400 to 499 means: the mistake is in the request.
#   From 500 on it means: the mistake is in the server.
# - **`Content-Type`** is one of the **headers**: notes that travel beside the data. This one says
#   what kind of data it is: JSON that describes a problem.
# - **`title`**, **`status`** and **`detail`** say what happened, **`instance`** which request it
#   was. **`type`** could name a page about it; `about:blank` means that there is none.
# - **`errors`** lists every single mistake. `loc` is where it is: in the `body`, under `inputs`,
#   in the house with number 0 (the first), at `OverallQual`. `msg` says to a person what is
#   wrong, and `type` says it to a program.
#
# This form, a **problem document**, is an internet standard: [RFC
# 9457](https://www.rfc-editor.org/rfc/rfc9457). Does the other server find the same mistake?

# %% same-mistake
ask(fastapi, bad_house).json()["errors"] == response.json()["errors"]

# %% mistake-question [markdown]
# **Try it.** Write `"Neighbourhood"`, as in British English: in the cell with `"eleven"`, change
# the first line to `bad_house = {**house, "Neighbourhood": "Gilbert"}` and run it again. What
# does the server advise?
#
# **Quick question.** Your phone app shows "Error 500" when you ask for a price. Should you
# correct the app or the server?
#
# <details><summary>Show the answer</summary>
#
# The server. 500 means that it failed at a request that may have been quite all right. With a
# 422, look at the app: it has sent something that the contract does not allow.
#
# </details>

# %% first-exercise-text [markdown]
# ## Your first exercise
#
# Now write something yourself. Run the next cell, which makes exercises known to this notebook and
# shows where you stand. Below the goal is a cell that begins with `%%exercise`. Change the code
# under that line, and run the cell: it says whether your answer is right, and if not, what is
# wrong. Try as often as you like.

# %% first-exercise-import
from lab.exercises import hint, progress

progress("00")

# %% wrong-fields exercise="00.1"

# %% first-exercise-hint [markdown]
# Stuck? Write `hint("00.1")` into any cell and run it: each time you get one hint more.

# %% documentation-text [markdown]
# ## Read the contract
#
# So far you were told what may be sent. A client's author reads that in the contract. Each server
# has a documentation page, made from the contract, that lists every question that may be asked.
# The next cell shows both pages, each in a frame, with a link above it that opens the page in a tab
# of its own.

# %% documentation
from lab.lessons import documentation

documentation({"Flask on gunicorn": flask.url, "FastAPI on uvicorn": fastapi.url})

# %% try-it-out [markdown]
# The two pages look the same, because the contract is the same. Scroll inside a frame to see
# more. The pages come from the servers, so they are alive only while the servers run.
#
# **Try it.** In one of the pages, click on `POST /api/v1/predict`, then on **Try it out**, then
# on **Execute**, which lies below the house. Scroll down to "Server response". You have just had
# a house priced, without any code.
#
# *Is a frame empty? Then your browser is not on the computer that runs JupyterLab, and
# `127.0.0.1` means two different computers. Go on: nothing below needs the frames.*

# %% curl-text [markdown]
# ## The same question from another program
#
# The server does not know that a notebook asks. Any program that speaks HTTP may. One of them is
# `curl`, which most computers have: it sends a request from the command line. The exclamation
# mark hands the next line to that command line, with the words in braces filled in by Python.
#
# *If the answer is "not found", your computer has no curl. Go on: nothing below needs it.*

# %% curl
import json

path = "/api/v1/predict"
body = json.dumps({"inputs": [house]})
# !curl --silent --header 'Content-Type: application/json' --data '{body}' {fastapi.url}{path}

# %% curl-answer [markdown]
# The same price once more, now as the plain text that came over the wire. `--data` brings the
# house along and makes the request a `POST`; `--header` says that it is written in JSON.

# %% time-text [markdown]
# ## How long does an answer take?
#
# One measurement says little: the next may be twice as long, because the computer was busy with
# something else. So the next cell asks each server 200 times and keeps every single time.
#
# Two details make it fair. The servers take turns in random order, so that a busy moment of your
# computer hits both alike. And each has one connection that stays open, as on the telephone: you
# dial once and then ask 200 questions.
#
# `time_in_turns` does that and returns the times in milliseconds (ms), thousandths of a second.
# `table` writes them as a table, `draw` draws them, and `describe` says in words what the picture
# shows, for those who have it read to them.

# %% time
from lab.lessons import Answers, describe, draw, show, table, time_in_turns

urls = {"flask": flask.url + "/api/v1/predict", "fastapi": fastapi.url + "/api/v1/predict"}
times = time_in_turns(urls, {"inputs": [house]}, each=200)

answers = [
    Answers("Flask on gunicorn", flask_price, times["flask"]),
    Answers("FastAPI on uvicorn", fastapi_price, times["fastapi"]),
]
print(table(answers))
show(draw(answers, "200 requests to each, one at a time, in random order."), describe(answers))

# %% read-picture [markdown]
# **How to read it.** There is a row for each server. On the left is the price it answered. On the
# right, every mark is one request, and the further right it lies, the longer it took. The upright
# line splits the marks in two: half of the answers were quicker, half slower. The table has the
# same numbers; "95 % within" means that 95 of every 100 answers took no longer.
#
# **What it tells.** Both servers answer in a few thousandths of a second. And no single number
# says how long "an answer" takes: the marks spread, and a few lie far out. An average would hide
# that.
#
# **What it does not tell: which server is faster.** Three reasons:
#
# - There was one client that asked one question at a time. A server in use has many at once.
# - The times include the client's own work, and client and servers shared one computer.
# - Run the cell again. The numbers change, perhaps by more than the two servers differ.
#
# Chapter 06 does the experiment properly.
#
# **Quick question.** A friend says: "My server answers in 2 ms on average, so nobody waits longer
# than 2 ms." What is wrong with that?
#
# <details><summary>Show the answer</summary>
#
# An average lies between quick and slow answers, so some took longer, and a few perhaps very much
# longer. To say what nobody waits for, look at the slowest answers, not at the middle.
#
# </details>

# %% log-text [markdown]
# ## What the server wrote down
#
# A server runs out of sight, often on a computer far away. So it writes down what it does, line
# by line. That is its **log**. Here are the last three lines of Flask's.

# %% log
print(*flask.lines()[-3:], sep="\n")

# %% log-line [markdown]
# One line for each request: when it came, how important the line is (`INFO`: all is normal), who
# wrote it, the method, the path and the status. `duration_ms` is how many milliseconds the server
# itself worked on it. That is less than you measured above. The rest went into the client's own
# work and the way there and back.
#
# `request_id` is a name that no other request has. The response carries it too, in a header. So
# you can take the response that puzzles you and find its line among thousands:

# %% find-request
request_id = response.headers["X-Request-ID"]
print(*[line for line in flask.lines() if request_id in line], sep="\n")

# %% stop-text [markdown]
# ## Stop the servers
#
# A server waits until somebody stops it. (These two also stop when you close this notebook's
# kernel, the program that runs its code.)

# %% stop
servers.stop_all()

print(flask)
try:
    ask(flask, house)
except requests.ConnectionError:
    print("Nobody answers there any more.")

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Start a server, find its address, and stop it.
# - Ask it for a prediction with `requests.post`, and read status and JSON of the answer.
# - Tell a client's mistake (400 to 499) from a server's (500 and up), and find it in the
#   document.
# - Find the log line of one request by its id.
#
# The documentation pages above may still be on your screen, but nobody is behind them now. To
# play on, run the cell under "Start both servers" again.
#
# **In a terminal**, `lab serve` starts the same two servers until you press
# <kbd>Ctrl</kbd>+<kbd>C</kbd>. (If the shell does not find `lab`: `.venv/bin/lab serve`, in the
# project's folder.)
#
# **What comes next.** You have used a contract. [Chapter 01](01_the_contract.ipynb) is about
# contracts: what a REST API is, and how a browser, a phone, a small device and another program use
# the same one. If you cannot wait to see how a server is written, the two apps lie side by side,
# with the same file names: [apps/flask_app/routes.py](../apps/flask_app/routes.py) and
# [apps/fastapi_app/routes.py](../apps/fastapi_app/routes.py).
