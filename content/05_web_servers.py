# %% web-servers [markdown]
# # Web servers: WSGI and ASGI by hand
#
# Since chapter 00 you have started gunicorn and uvicorn without looking inside. Now you look. At
# the end you can
#
# - say what a web server does, and see it in the bytes on the wire,
# - write an app without any framework, for WSGI and for ASGI,
# - say what gunicorn and uvicorn do beside calling your app, and show each of it,
# - see in a picture how processes, threads and an event loop share out the work,
# - find the call that makes a whole server stand still, and the number of workers that a load
#   needs.
#
# You need chapters 00 and 02: requests, responses, headers, and a first app in Flask and in
# FastAPI. It is the longest chapter: reading and running take about an hour and a half, and the six
# exercises nearly an hour more. A good place for a break is marked in the middle.

# %% first-imports
import json
import os
import signal
import socket
import threading
import time

import requests

from lab import servers
from lab.exercises import check, hint, progress
from lab.lessons import show, start_program
from lab.lessons.by_hand import load_program

servers.stop_all()  # so that you can run this cell again: old servers go first
flask = servers.start("flask")
print(flask)

# %% raw-text [markdown]
# ## What goes over the wire
#
# `requests` has hidden from you what is really sent. So leave it out for a moment. A **socket**
# is one end of a connection between two programs. What you write into your end comes out at the
# other, byte by byte, and back. Nothing else happens: a socket knows no paths and no headers.
#
# The next cell opens a connection to the server, writes a request into it by hand, and reads what
# comes back until the server closes the connection.

# %% raw-request
request = b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def talk(server, data):
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(data)
        answer = b""
        while piece := connection.recv(65536):  # nothing more comes: the server has closed
            answer += piece
    return answer


print(talk(flask, request).decode())

# %% raw-read [markdown]
# That is all of HTTP that you need for a start, and it is text.
#
# - The request begins with the **request line**: the method, the path, the version of HTTP.
# - Then comes one line for each header, and then an **empty line**: here the headers end.
# - The response is built the same way. It begins with the **status line**. Behind its empty line
#   comes the **body**.
# - Each line ends with two bytes, written `\r\n` in Python.
#
# The current rules are in [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112), of June 2022.
#
# A connection carries bytes in pieces of any size. That is why `talk` reads in a loop: a response
# need not come in one piece, and neither need a request.
#
# **Quick question.** You asked the server to close the connection, and read until it did. If it
# stays open for the next request, how do you know where the body ends?
#
# <details><summary>Show the answer</summary>
#
# From the header `Content-Length`: that many bytes come behind the empty line. (There is a second
# way, named chunked, for a body whose length nobody knows yet.)
#
# </details>
#
# **Try it.** Write `GET /nowhere` instead of `GET /api/v1/health` and run the cell again. Then
# replace only the request line, `GET /nowhere HTTP/1.1`, by `HELLO SERVER`, and keep the rest. What
# does the server say to somebody who does not speak HTTP? (Without the empty line at the end it
# would say nothing. It would wait for more headers, and `talk` would give up after five seconds.)

# %% exercise-request-line exercise="05.1"

# %% tiny-text [markdown]
# ## A web server in fifteen lines
#
# A web server does four things, again and again:
#
# 1. **accept** a connection,
# 2. **parse** the bytes: find the method, the path, the headers,
# 3. **call** the code that knows the answer,
# 4. **write** the answer as bytes.
#
# Only the third has to do with your app. Here are all four, for two requests. The server runs in
# a **thread** of this notebook: a second line of work within the same process, so that the
# notebook can be its client at the same time.


# %% tiny-server
def answer(path):
    if path == "/api/v1/health":
        return "200 OK", {"name": "Served Twice"}
    return "404 Not Found", {"title": "Not Found", "status": 404}


def serve(listener, how_many):
    for _ in range(how_many):
        connection, _ = listener.accept()  # 1. accept
        with connection:
            first_line = connection.recv(65536).partition(b"\r\n")[0]
            if not first_line:
                continue  # this client has gone without a word
            path = first_line.decode().split(" ")[1]  # 2. parse
            status, data = answer(path)  # 3. call
            body = json.dumps(data).encode()
            head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            connection.sendall(head.encode() + body)  # 4. write


with socket.create_server(("127.0.0.1", 0)) as listener:  # port 0: any that is free
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threading.Thread(target=serve, args=(listener, 2), daemon=True).start()
    for path in ("/api/v1/health", "/nowhere"):
        response = requests.get(url + path, timeout=5)
        print(response.status_code, response.json())

# %% silent-text [markdown]
# `requests` cannot tell it from any other server. So why does nobody use it? Let a client come
# that connects and says nothing, as a phone does that has just lost its signal.

# %% silent-client
with socket.create_server(("127.0.0.1", 0)) as listener:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threading.Thread(target=serve, args=(listener, 3), daemon=True).start()

    silent = socket.create_connection(("127.0.0.1", listener.getsockname()[1]))
    try:
        requests.get(url + "/api/v1/health", timeout=0.5)
    except requests.Timeout:
        print("While the silent client is connected: no answer.")

    silent.close()
    response = requests.get(url + "/api/v1/health", timeout=5)
    print("After it has gone:", response.status_code)

# %% silent-answer [markdown]
# One silent client stops the server for everybody. And that is only one of its faults: it reads no
# body, trusts every byte, ends when the app raises an exception, and works on one request at a
# time. To do the four things *well* is a lot of work, and the same work for everybody. That is why
# there are dedicated web servers.

# %% gateway-text [markdown]
# ## The gateway interface
#
# Look at step 3 again. The server calls the app. If every server called in a way of its own, an
# app would run on one server only. And that is how it was. So the Python community wrote down how
# a server calls an app: the **Web Server Gateway Interface**, WSGI for short.
#
# - [PEP 333](https://peps.python.org/pep-0333/) defined it. It was created on 7 December 2003. (A
#   PEP is a Python Enhancement Proposal.)
# - [PEP 3333](https://peps.python.org/pep-3333/), created on 26 September 2010, has taken its
#   place. It says the same for Python 3 and clears up some details. When a text says "PEP 333", as
#   many still do, read PEP 3333.
#
# It is short. A WSGI app is a **callable**: anything that can be called, a function for example. It
# takes two arguments:
#
# - `environ`, a dictionary with everything about the request,
# - `start_response`, a function of the server. The app calls it with the status and the headers.
#
# What the app returns is the body: a list (or another iterable) of pieces of bytes. Here is one
# that answers our contract's health, without any framework.

# %% wsgi-health program="wsgi_health.py"
import json

HEALTH = {"name": "Served Twice", "api_version": "1.0.0", "model_version": "1.1.0"}


def app(environ, start_response):
    if environ["PATH_INFO"] == "/api/v1/health":
        status, data = "200 OK", HEALTH
    else:
        status, data = "404 Not Found", {"title": "Not Found", "status": 404}
    body = json.dumps(data).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


# %% wsgi-by-hand-text [markdown]
# A cell that begins with `%%program` is saved as a file and does not run. `load_program` brings it
# into the notebook as a module. So you can play the server yourself, and call the app by hand.

# %% wsgi-by-hand
wsgi_health = load_program("wsgi_health.py")


def start_response(status, headers):
    print("status: ", status)
    print("headers:", headers)


body = wsgi_health.app({"REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/health"}, start_response)
print("body:   ", body)

# %% wsgi-by-hand-answer [markdown]
# No server, no port, no bytes on a wire: a function was called. That also makes apps easy to test.
#
# **Quick question.** Why does the app not simply return the status, but call a function for it?
#
# <details><summary>Show the answer</summary>
#
# Because the body may come piece by piece, and be long. The status and the headers go out first,
# so the server must have them before the first piece is made. (In 2003 there was also code that
# had to be able to write pieces itself, and the function made room for that.)
#
# </details>
#
# ## A wrapper around an app
#
# What calls an app and can be called like an app may stand between the two. That is called
# **middleware**. The next program wraps the first one. It prints a part of `environ` and adds a
# header. Neither the server nor the app notices.

# %% wsgi-wrapped program="wsgi_wrapped.py"
import os

from wsgi_health import app as inner

SHOWN = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_USER_AGENT", "REMOTE_ADDR"]


def app(environ, start_response):
    for name in [*SHOWN, "wsgi.input", "wsgi.multithread", "wsgi.multiprocess"]:
        print(f"{name:18} {environ.get(name)!r}")

    def start_with_one_more(status, headers):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))])

    return inner(environ, start_with_one_more)


# %% wsgi-served
wsgi = start_program("wsgi_wrapped.py", "gunicorn")

response = requests.get(wsgi.url + "/api/v1/health?colour=blue", timeout=5)
same = response.json() == requests.get(flask.url + "/api/v1/health", timeout=5).json()
print(response.status_code, response.headers["X-Process"], response.text)
print("The same health as from the Flask app?", same)
print()
print(*wsgi.lines()[-8:], sep="\n")

# %% wsgi-served-answer [markdown]
# gunicorn serves your fifteen lines just as it serves the whole Flask app. It cannot tell the two
# apart: **a Flask app is a WSGI callable.** So is every app in Django or another framework that
# speaks WSGI.
#
# The lower lines are what gunicorn put into `environ`. It has parsed the request line for you. A
# header such as `User-Agent` became `HTTP_USER_AGENT`. `wsgi.input` is a file to read the body
# from, `environ["wsgi.input"].read(length)`, and the length stands in `CONTENT_LENGTH`, as text.
#
# Our own Flask app is wrapped two or three times. Open
# [apps/flask_app/middleware.py](../apps/flask_app/middleware.py): its `RequestLog` gives each
# request its id and its log line, in the way you have just seen.
#
# **Quick question.** Your WSGI app returns `body` instead of `[body]`. Both can be iterated over.
# What does the server get from each?
#
# <details><summary>Show the answer</summary>
#
# From the list, one piece: the whole body. From bytes, Python gives one *number* after the other,
# and a number is no piece of bytes. gunicorn 27 notices that too late: status and headers are sent
# already. The client gets a 200 whose body never comes, and the log says `TypeError: 123 is not a
# byte`. (123 stands for the brace with which JSON begins.)
#
# </details>

# %% exercise-wsgi exercise="05.2"

# %% asgi-text [markdown]
# ## The same for asynchronous apps
#
# A WSGI app is called and returns. In between it has the thread for itself, also while it only
# waits: for a database, or for another service. An **asynchronous** app can give the thread back
# while it waits. In Python such a function begins with `async def`, and `await` marks the places
# where it says: *I wait here, go on with somebody else.* Who goes on is decided by the **event
# loop**: it keeps a list of everything that has begun, and continues whatever can continue.
#
# WSGI has no place for that. So there is a second interface, the **Asynchronous Server Gateway
# Interface**, ASGI. Its authors call it a [spiritual successor](https://asgi.readthedocs.io/) to
# WSGI. [Version 3.0](https://asgi.readthedocs.io/en/latest/specs/main.html), the one in use in
# November 2026, is of 20 March 2019. An ASGI app is an asynchronous function of three arguments:
#
# - `scope`, a dictionary about the request, without its body,
# - `receive`, to await a message from the server, such as a piece of the body,
# - `send`, to give the server a message, such as the status, or a piece of the body.

# %% asgi-health program="asgi_health.py"
import json

HEALTH = {"name": "Served Twice", "api_version": "1.0.0", "model_version": "1.1.0"}


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(f"only http here, not {scope['type']}")
    if scope["path"] == "/api/v1/health":
        status, data = 200, HEALTH
    else:
        status, data = 404, {"title": "Not Found", "status": 404}
    body = json.dumps(data).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


# %% asgi-by-hand-text [markdown]
# Play the server again. A notebook has an event loop of its own, so `await` works in a cell.

# %% asgi-by-hand
asgi_health = load_program("asgi_health.py")


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    print(message)


scope = {"type": "http", "method": "GET", "path": "/api/v1/health", "headers": []}
await asgi_health.app(scope, receive, send)

# %% asgi-by-hand-answer [markdown]
# Lay the two programs side by side. The same three things pass between server and app:
#
# | | WSGI | ASGI |
# |---|---|---|
# | the request | `environ` | `scope` |
# | its body | read from `environ["wsgi.input"]` | awaited from `receive`, perhaps in pieces |
# | status and headers | text, to `start_response` | a number and bytes, in a message to `send` |
# | the body of the answer | returned | one or more messages to `send` |
#
# Because everything is a message, ASGI can also carry what is no request and response: a WebSocket,
# where both sides talk whenever they like, or `lifespan`, by which the server tells the app that it
# starts and stops. That is what `scope["type"]` is for.
#
# Now serve it. uvicorn implements ASGI, and nothing but. gunicorn began with WSGI; in November
# 2026 its version 27 has a worker for ASGI, too.

# %% asgi-served
asgi = start_program("asgi_health.py", "uvicorn", options="--timeout-keep-alive 1")
asgi_on_gunicorn = start_program("asgi_health.py", "gunicorn", options="--worker-class asgi")

wanted = requests.get(flask.url + "/api/v1/health", timeout=5).json()
for server in (asgi, asgi_on_gunicorn):
    response = requests.get(server.url + "/api/v1/health", timeout=5)
    print(f"{response.headers['Server']:14}", response.status_code, response.json() == wanted)

# %% wrong-side-text [markdown]
# One app, two servers: that is what an interface is for. And what happens when the interfaces do
# not match? Give the WSGI app to uvicorn.

# %% wrong-side
wrong = start_program("wsgi_health.py", "uvicorn")
response = requests.get(wrong.url + "/api/v1/health", timeout=5)
wrong.stop()

print(response.status_code)
print(*[line for line in wrong.lines() if "TypeError" in line][-1:])

# %% wrong-side-answer [markdown]
# Remember this line. "missing 1 required positional argument: 'start_response'" means: a WSGI app
# on an ASGI server. The other way round, gunicorn's usual worker with an ASGI app, the missing
# argument is `'send'`.
#
# **Quick question.** You have to serve a FastAPI app, and your company's machines start everything
# with `gunicorn main:app`. What will the log say, and what is missing in the command?
#
# <details><summary>Show the answer</summary>
#
# A TypeError about missing arguments, for every request, because the usual worker calls the app
# as WSGI. The command needs a worker that speaks ASGI, such as `--worker-class asgi`.
#
# </details>

# %% exercise-asgi exercise="05.3"

# %% adds-text [markdown]
# ## What gunicorn and uvicorn add
#
# Calling the app is one line of a web server. The rest keeps it alive. You will see four things:
# **workers, signals, time-outs** and **keep-alive**. This program helps: it sleeps for as long as
# the path says, and tells which process has answered.

# %% worker-program program="worker.py"
import os
import time


def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path.startswith("/sleep/"):
        print(f"process {os.getpid()} sleeps")
        time.sleep(float(path.removeprefix("/sleep/")))
    body = f"answered by process {os.getpid()}\n".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


# %% workers-text [markdown]
# ### Workers
#
# gunicorn is not one process. A **master** listens to no request at all. It starts **workers**,
# which are copies of itself that have loaded your app, and looks after them. Watch what it does
# when one of them is killed, as the operating system does when memory runs out.


# %% workers
def workers(server):
    return sorted(process.pid for process in server.processes() if process.pid != server.pid)


def wait_until(something_holds, seconds=10):
    end = time.monotonic() + seconds
    while not something_holds() and time.monotonic() < end:
        time.sleep(0.05)


def start_workers():
    server = start_program("worker.py", "gunicorn", workers=2, options="--timeout 1")
    wait_until(lambda: len(workers(server)) == 2)  # the first may answer before the second is there
    return server


gunicorn = start_workers()
before = workers(gunicorn)
print("master:", gunicorn.pid, " workers:", before)

os.kill(before[0], signal.SIGKILL)
wait_until(lambda: before[0] not in workers(gunicorn) and len(workers(gunicorn)) == 2)
print("master:", gunicorn.pid, " workers:", workers(gunicorn))
print(requests.get(gunicorn.url, timeout=5).text)
print(*gunicorn.lines(), sep="\n")

# %% workers-answer [markdown]
# Read the log. Each line has the time, the process that wrote it, how important it is, and what
# happened. The master saw that a worker was gone, guessed why, and started another. In the
# meantime the other worker went on answering.
#
# Where do workers get their requests from? All of them wait at the same socket, which the master
# has opened. The operating system gives each connection to one of them.
#
# uvicorn does the same with `--workers 2`. With one worker, as we start it, it is one single
# process: then something else has to start it again when it ends, such as the platform that you
# **deploy** to, which means: where you put your app so that others can use it.

# %% signals-text [markdown]
# ### Signals
#
# A **signal** is a short message from one process to another: a number, no text. `SIGKILL`, which
# you have just used, ends a process at once and cannot be refused. Others are requests. gunicorn's
# master understands several. `SIGTTIN` means: one more worker, please. `SIGTERM` means: stop, and
# finish what you have begun. The next cell sends the first. The second comes when there is
# something to finish.

# %% signals
if not gunicorn.is_alive():  # so that you can come back to this cell after the server was stopped
    gunicorn = start_workers()

wanted = len(workers(gunicorn)) + 1
os.kill(gunicorn.pid, signal.SIGTTIN)
wait_until(lambda: len(workers(gunicorn)) == wanted)
print("workers:", workers(gunicorn))

# %% timeouts-text [markdown]
# ### Time-outs
#
# Before you stop it, look at something that you must know about a **sync** worker, gunicorn's
# usual kind. It works on one request at a time. If that request never ends, the worker is lost. So
# the master wants a sign of life from each worker. `--timeout 1`, in the command above, says how
# long it waits for one: a single second here, so that you need not wait. The default is 30, in
# November 2026. We ask for five.

# %% timeouts
if not gunicorn.is_alive():
    gunicorn = start_workers()

lines_before = len(gunicorn.lines())
began = time.monotonic()
try:
    response = requests.get(gunicorn.url + "/sleep/5", timeout=9)
    print("status:", response.status_code)
except requests.ConnectionError:
    print("no answer: the connection was closed")
print(f"after {time.monotonic() - began:.1f} s")


def shows(*words):
    new_lines = " ".join(gunicorn.lines()[lines_before:])
    return all(word in new_lines for word in words)


wait_until(lambda: shows("WORKER TIMEOUT") and "Booting" in gunicorn.lines()[-1])
for line in gunicorn.lines()[lines_before:]:
    if line.startswith("["):  # without the traceback
        print(line)

# %% timeouts-answer [markdown]
# `WORKER TIMEOUT` is one of the most frequent lines in the logs of real services. It does *not*
# say that a worker was broken. It says that a request took longer than the limit, and below stands
# which one. The cure is seldom a larger limit. Find out what that request waits for.
#
# Why did it take longer than the one second of `--timeout 1`? The master looks at its workers about
# once a second, so it sees up to a second late that the time is up.
#
# A worker with threads (gunicorn calls it `gthread`), or with an event loop, gives its sign of life
# in between, whatever its requests do. There the limit protects you from a frozen process only, and
# not from a slow request. uvicorn has no limit for a request at all. You set it in the app, around
# each call to somebody else, as our apps do when they ask the listing service.

# %% graceful-text [markdown]
# Now stop the server, in the middle of a request that takes half a second. `stop()` sends
# `SIGTERM`.

# %% graceful
if not gunicorn.is_alive():
    gunicorn = start_workers()

lines_before = len(gunicorn.lines())
answers = []


def ask_slowly():
    answers.append(requests.get(gunicorn.url + "/sleep/0.5", timeout=5).status_code)


client = threading.Thread(target=ask_slowly)
client.start()
wait_until(lambda: shows("sleeps"))  # the request is under way now
gunicorn.stop()
client.join()

print("The answer to the request under way:", answers)
print(*gunicorn.lines()[lines_before:], sep="\n")

# %% graceful-answer [markdown]
# The request was answered although the server was already stopping. That is a **graceful
# shutdown**. New connections are refused, old requests are finished, then the workers end and last
# the master. Each deploy of a new version stops the old one this way, so without it each deploy
# would cost somebody an answer. (The limit for it is `--graceful-timeout` in gunicorn and
# `--timeout-graceful-shutdown` in uvicorn.)
#
# **Quick question.** Why is `SIGKILL` a bad way to stop a server?
#
# <details><summary>Show the answer</summary>
#
# The process has no time to do anything, so every request under way is lost. Keep it for a process
# that does not react to `SIGTERM`.
#
# </details>

# %% keepalive-text [markdown]
# ### Keep-alive
#
# To open a connection takes time. So HTTP allows the next request on the same connection. Does the
# server keep it open, and for how long? Ask twice over one socket, then wait.

# %% keepalive
keep = b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

for name, server in {"gunicorn, sync worker": wsgi, "uvicorn": asgi}.items():
    answered = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        asked = time.monotonic()
        for _ in range(2):
            try:
                connection.sendall(keep)
                answer = b""
                while not answer.endswith(b"}") and (piece := connection.recv(65536)):
                    answer += piece  # head and body may come in two pieces
                answered += answer.startswith(b"HTTP/1.1 200")
            except ConnectionError:
                break
        try:
            while connection.recv(65536):
                pass  # the rest of the answer, if it came in pieces
        except ConnectionError:
            pass
        open_for = time.monotonic() - asked
    print(f"{name}: {answered} of 2 answered, closed after {open_for:.1f} s")

# %% keepalive-answer [markdown]
# gunicorn's sync worker closes after each answer. It can do nothing else: while it kept a
# connection open it could serve nobody else. uvicorn kept the connection for the second that we
# gave it with `--timeout-keep-alive 1` when we started it.
#
# How long is right? In production there is often a **proxy** in front of the server: a program that
# takes the requests from outside and passes them on, such as the router of a platform. It keeps its
# connections to the server, too. The server must keep them longer than the proxy does. Otherwise
# the server closes just when the next request is on its way, and that request is lost. Our two apps
# keep connections for 95 seconds: you find the number in the [Procfile](../Procfile) and in
# [gunicorn.conf.py](../apps/flask_app/gunicorn.conf.py).

# %% exercise-log exercise="05.4"

# %% break [markdown]
# ---
#
# **A good place for a break.** You have seen one request after the other; what follows is about
# many at once. If you close the notebook, its servers end. When you come back, click into this cell
# and choose *Run*, *Run All Above Selected Cell*. Then go on.
#
# ---

# %% lanes-text [markdown]
# ## Many requests at once
#
# So far one request came after the other. What if twenty come at the same moment? There are three
# ways to work on several at once:
#
# - more **processes**: workers, each with memory of its own, each with its own copy of the app,
# - more **threads** in one process: they share the memory and the app,
# - one **event loop** in one thread: it goes on with another request at each `await`.
#
# You could read about them. Better, let each request report who worked on it, and when. Here is
# the same small app twice: by hand for WSGI, and in FastAPI for ASGI. `/wait` does nothing for 50
# ms, as an app does that waits for a database. `/compute` does sums, as a model does. (Leave the
# last two paths of the second app for later.)

# %% lanes-wsgi program="lanes_wsgi.py"
import json
import os
import threading
import time


def app(environ, start_response):
    start = time.monotonic()
    if environ["PATH_INFO"] == "/wait":
        time.sleep(0.05)
    if environ["PATH_INFO"] == "/compute":
        sum(number * number for number in range(80_000))
    who = {"process": os.getpid(), "thread": threading.get_ident()}
    body = json.dumps({**who, "start": start, "end": time.monotonic()}).encode()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [body]


# %% lanes-fastapi program="lanes_fastapi.py"
import asyncio
import os
import threading
import time

from fastapi import FastAPI

app = FastAPI()


def report(start):
    who = {"process": os.getpid(), "thread": threading.get_ident()}
    return {**who, "start": start, "end": time.monotonic()}


@app.get("/wait")
async def wait(seconds: float = 0.05):
    start = time.monotonic()
    await asyncio.sleep(seconds)
    return report(start)


@app.get("/health")
async def health():
    return {"alive": True}


@app.get("/compute")
async def compute():
    start = time.monotonic()
    sum(number * number for number in range(80_000))
    return report(start)


@app.get("/block")
async def block(seconds: float = 0.05):
    start = time.monotonic()
    time.sleep(seconds)
    return report(start)


@app.get("/in-a-thread")
def in_a_thread(seconds: float = 0.05):
    start = time.monotonic()
    time.sleep(seconds)
    return report(start)


# %% lanes-wait-text [markdown]
# Three servers: two processes, one process with four threads, one event loop. `ask_at_once` sends
# twenty requests at the same moment and collects what each has reported.

# %% lanes-wait
from lab.lessons.lanes import ask_at_once, ask_in_turns, describe_lanes, draw_lanes, lanes_table

if "three" in globals():  # so that you can run this cell again: old servers go first
    for server in three.values():
        server.stop()

threads = 4
three = {
    "gunicorn, 2 sync workers": start_program("lanes_wsgi.py", "gunicorn", workers=2),
    f"gunicorn, 1 worker with {threads} threads": start_program(
        "lanes_wsgi.py", "gunicorn", options=f"--threads {threads}"
    ),
    "uvicorn, 1 event loop": start_program("lanes_fastapi.py", "uvicorn"),
}
waiting = {name: ask_at_once(server.url + "/wait") for name, server in three.items()}

title = "Twenty requests that wait 50 ms"
print(lanes_table(waiting))
show(draw_lanes(waiting, title), describe_lanes(waiting, title))

# %% lanes-wait-read [markdown]
# **How to read it.** Time runs from left to right, with the same scale for all three. There is a
# lane for each thread. A bar is one request, from when the app began with it until it was done.
# The number says in which order they began. Bars above each other in one lane were in the app at
# the same moment. In the table, "at once" is the largest number of those.
#
# **What it tells.** Two processes work on two requests at a time. The other eighteen wait in the
# queue, and the last ones wait for all before them. Four threads work on four at a time. The event
# loop has all twenty in one thread: each gives the thread back at its `await`, and while all of
# them wait there is nothing to do.
#
# **Quick question.** The sync workers: ten rounds of 50 ms. With how many workers would the last
# answer come as early as from uvicorn?
#
# <details><summary>Show the answer</summary>
#
# With twenty: then each request has a worker of its own. Each worker is a whole process with the
# whole app in its memory, and has nothing to do but wait. Twenty threads in one process would do,
# too, and take much less memory. That is why our Flask app is served with threads.
#
# </details>
#
# So is asynchronous faster? Here, very much so. But these requests do nothing but wait. Now the
# same with requests that compute. A computation is easily disturbed by whatever else your computer
# does. So `ask_in_turns` asks each server in three rounds, in turns, and keeps of each the round in
# the middle: one had an earlier last answer, one a later one.

# %% lanes-compute
urls = {name: server.url + "/compute" for name, server in three.items()}
computing = ask_in_turns(urls, rounds=3)

title = "Twenty requests that compute"
print(lanes_table(computing))
show(draw_lanes(computing, title), describe_lanes(computing, title))

# %% lanes-compute-read [markdown]
# The picture has changed.
#
# - **The event loop works on one after the other.** A computation has no `await`. It keeps the
#   thread until it is done, and everybody else waits.
# - **Four threads overlap and gain nothing.** In an ordinary Python, one thread of a process runs
#   Python code at any moment. The others wait for their turn, so each request takes longer. What
#   makes them take turns is the **global interpreter lock**. (Python 3.13 of October 2024 was the
#   first that could be had without it, as a separate build. Code in C, such as the model's, can
#   release the lock while it works.)
# - **Two processes really compute at the same time**, when the computer has two cores or more to
#   run them on. Compare their last answer with that of the others in your table. Expect less than
#   double the speed: this notebook and the system need the cores as well. On a busy computer
#   nothing may be left of the gain, and any of the three may come first.
#
# You will read that uvicorn "uses asynchronous applications and is therefore much faster". Now you
# can say when. It is faster at *waiting* for many things at once. It does not *compute* faster.
# Chapter 06 makes a proper experiment of that, with our two apps.
#
# **Try it.** Give gunicorn more threads: change `threads = 4` to `threads = 20` and run the two
# cells again. Which of the two pictures changes?

# %% blocking-text [markdown]
# ## The call that stops everybody
#
# An event loop asks for discipline: whoever holds the thread must give it back soon. One line that
# breaks this rule is enough. `/block` in the FastAPI app above has `time.sleep` where `/wait` has
# `await asyncio.sleep`. `time.sleep` stands for any call that waits and is not awaited, such as
# `requests.get`, or a database driver of the old kind.
#
# While one such request takes 0.4 seconds, what do others notice? The next cell asks the quick
# path `/health` every 25 ms, and in between, once, for the slow one.

# %% stall
from lab.lessons.stall import ask_beside, describe_stall, draw_stall, stall_table

loop = three["uvicorn, 1 event loop"].url
stalls = {
    "await asyncio.sleep(0.4)": ask_beside(loop + "/health", loop + "/wait?seconds=0.4"),
    "time.sleep(0.4)": ask_beside(loop + "/health", loop + "/block?seconds=0.4"),
}
print(stall_table(stalls))
show(draw_stall(stalls), describe_stall(stalls))

# %% stall-read [markdown]
# **How to read it.** Each mark is one quick request: when it was sent, and how long it waited. The
# grey part is the time in which the slow request was under way.
#
# On the left nobody notices. On the right every quick request waits until the slow one is done:
# those that came first wait longest. The server looks dead, also to whoever asks for its health.
# There is no error and no line in the log.
#
# Do you remember "while the silent client is connected: no answer"? It is the same fault.
#
# There are two cures. **Wait with `await`**: use a library that can, such as `httpx` instead of
# `requests`. Or **let a thread wait**: in FastAPI, write `def` instead of `async def`, and
# FastAPI calls the function in a thread, of which it has up to 40 (in November 2026). That is all
# that `/in-a-thread` does. Where the `async def` has to stay, `await asyncio.to_thread(function)`
# has a thread call the function, and the event loop goes on in the meantime. Watch the first two
# and the fault side by side.

# %% three-ways
for path in ("/wait", "/block", "/in-a-thread"):
    requests.get(loop + path, timeout=5)  # the first use of a way has to prepare it: not measured

ways = {
    "await asyncio.sleep in async def": ask_at_once(loop + "/wait", requests=12),
    "time.sleep in async def: blocks": ask_at_once(loop + "/block", requests=12),
    "time.sleep in def: in threads": ask_at_once(loop + "/in-a-thread", requests=12),
}
title = "Twelve requests to one uvicorn process"
print(lanes_table(ways))
show(draw_lanes(ways, title), describe_lanes(ways, title))

# %% three-ways-read [markdown]
# One word, `async` in front of `def`, makes the difference between the second panel and the third.
#
# **Quick question.** Our FastAPI app predicts inside `async def`, without a thread. Is that not
# the same mistake? (Look for `INLINE_HOUSES` in
# [apps/fastapi_app/routes.py](../apps/fastapi_app/routes.py).)
#
# <details><summary>Show the answer</summary>
#
# It would be, if it took long. To price one house takes the model a small part of a
# millisecond, which is less than the way to a thread and back. Many houses take longer: from more
# than 100 on the app hands them to a thread. The rule is not "never compute in `async def`" but
# "give the thread back soon".
#
# </details>

# %% exercise-blocked exercise="05.5"

# %% load-text [markdown]
# ## Under load
#
# Flask brings a server of its own along: `flask run`. It is the **development server**. It says
# itself what it thinks of production: look at the first lines that it prints. And you will read
# that dedicated web servers "can handle much higher loads". Can they? Measure.
#
# The app is our real Flask app, three times: on the development server, on gunicorn with one
# worker (the server from the beginning), and on gunicorn with two. Eight clients ask each for
# prices as fast as they can, for 0.8 seconds in all. The servers take turns.

# %% load-servers
development = servers.Stack(
    "development",
    "Flask's development server",
    "flask --app apps.flask_app.main run --host {host} --port {port}",
)
starts = {
    "Flask's development server": lambda: servers.start(development),
    "gunicorn, 1 worker": lambda: servers.start("flask"),
    "gunicorn, 2 workers": lambda: servers.start("flask", workers=2),
}
if "run" not in globals():  # when you run this cell again, what still runs stays
    run = {"gunicorn, 1 worker": flask}


def start_missing():
    for name, start in starts.items():
        if name not in run or not run[name].is_alive():
            run[name] = start()


start_missing()
print(*[line for line in run["Flask's development server"].lines() if "WARNING" in line])

# %% load
from lab.lessons.load import describe_load, draw_load, load_in_turns, load_table

start_missing()  # so that you can come back to this cell after a server was killed
house = {"GrLivArea": 1604, "OverallQual": 6, "Neighborhood": "Gilbert", "YearBuilt": 1998}
urls = {name: run[name].url + "/api/v1/predict" for name in starts}
loads = load_in_turns(urls, {"inputs": [house]}, clients=8, seconds=0.4, rounds=2)

print(load_table(loads))
ratio = loads["gunicorn, 1 worker"].rate / loads["Flask's development server"].rate
print(f"gunicorn with one worker: {ratio:.1f} times the answers of the development server")
show(draw_load(loads), describe_load(loads))

# %% load-read [markdown]
# **How to read it.** On the left, how many good answers a second all eight clients got together:
# the **throughput**. On the right, every thin line is one answer, and the further right it lies,
# the longer the client waited: the **latency**. Half of the answers came before the circle, 95 of
# every 100 before the square, 99 before the diamond. The part far to the right is called the
# **tail**.
#
# **What it tells.** Look at the line below the table: it compares one process with one process. If
# the dedicated server is ahead, it is not by a factor of ten. The app is the same, in the same
# Python, on the same cores, so most of the work is the same. The second worker may bring more, if
# your computer has a core for it. But clients and servers share that computer, and on a busy one
# it may even bring less. Compare the tails, too: they can differ where the throughput hardly does.
#
# **What it does not tell** is how a server does with a thousand clients, or slow ones, or over
# days. Nor is 0.8 seconds a proper measurement: run the cell again and see the numbers move. So
# "much higher loads" is more than this cell can show.
#
# So speed is the smaller part of the reason. Here is the larger one.

# %% killed
for name in ("Flask's development server", "gunicorn, 2 workers"):
    server = run[name]
    victim = (workers(server) or [server.pid])[0]  # a worker, if there are any
    if server.is_alive():
        os.kill(victim, signal.SIGKILL)
        time.sleep(0.3)
    try:
        answer = requests.get(server.url + "/api/v1/health", timeout=5).status_code
    except requests.ConnectionError:
        answer = "nobody answers"
    print(f"{name}, one process killed: {answer}")

# %% killed-answer [markdown]
# The development server was one process, and nobody looked after it. Add what you have seen above:
# time-outs, a graceful shutdown, more workers. And its **debugger**, a page on which you look for
# the cause of an error, lets a visitor run Python on your computer when it is switched on. *That*
# is why production needs a dedicated web server.

# %% littles-law-text [markdown]
# ## How many workers, how many threads?
#
# There is a law for it, and it is simple. **Little's law**: the number of requests in progress is
# the number that come per second, times the seconds that each takes. It holds for any system that
# is not overrun, and needs to know nothing about its inside. Test it with the numbers that you have
# just measured. Eight clients were always waiting for an answer, so eight requests were in
# progress.

# %% littles-law
for name, measured in loads.items():
    in_progress = measured.rate * measured.mean / 1000  # the mean is in milliseconds
    print(f"{name}: {measured.rate:.0f} per second x {measured.mean:.1f} ms = {in_progress:.1f}")

# %% littles-law-read [markdown]
# Close to eight each time. (A little less: the clients also need a moment for themselves.)
#
# Now turn it round. Call room for one request at work a **place**. A sync worker is one place. With
# threads, the places are workers x threads: 2 workers with 3 threads each have 6.
#
# You know how many requests come per second, and how long each takes. Their product is how many
# places are busy on average. Some must be left over, for the moments when more come than usual:
# plan for three quarters busy, not for all.
#
# - **They wait.** 20 requests per second, each waits 0.3 s for somebody else: 20 x 0.3 = 6 are in
#   progress. 6 / 0.75 = 8 threads. Threads are cheap, and one process may do.
# - **They compute.** 20 requests per second, each computes for 0.1 s: 20 x 0.1 = 2 are in progress.
#   Each needs a core, so that takes 2 / 0.75, that is 3 processes on 3 cores. On one core it
#   cannot be done at all. No setting of the server can change that.
#
# gunicorn's documentation (in November 2026) gives a rule for the beginning: two to four workers
# for each core. A rule for all apps cannot know what yours does. Measure how long your requests
# take, and calculate.
#
# **Quick question.** 50 requests per second, each takes 20 ms. How many are in progress?
#
# <details><summary>Show the answer</summary>
#
# 50 x 0.020 = 1. On average one request is in progress. Even so, one single worker would always
# be busy, and the queue would grow whenever two come close together.
#
# </details>

# %% exercise-how-many exercise="05.6"

# %% own-choice-text [markdown]
# ## What our two apps chose
#
# Now you can read how they are started. Every word here is one that you have seen at work. (The
# "router in front" is the proxy of the platform.)

# %% own-choice
print("FastAPI:", servers.STACKS["fastapi"].command.replace(" --", "\n    --"))
print()

settings = (servers.STACKS["flask"].directory / "apps/flask_app/gunicorn.conf.py").read_text()
words = ("worker", "threads", "keepalive", "graceful")
print("Flask:", *[line for line in settings.splitlines() if line.startswith(words)], sep="\n    ")

# %% stop-text [markdown]
# The last cell stops all servers.

# %% stop
servers.stop_all()
progress()

# %% what-you-can-do [markdown]
# ## What you can now do
#
# - Read a request and a response as they go over the wire.
# - Name the four steps of a web server: accept, parse, call, write.
# - Write an app as a WSGI callable and as an ASGI callable, and tell from a `TypeError` that an app
#   runs on the wrong kind of server.
# - Show what a server adds: workers that are replaced, signals, time-outs, graceful shutdown,
#   keep-alive.
# - Say what processes, threads and an event loop gain when requests wait, and when they compute.
# - Find a blocking call in an asynchronous app, and cure it.
# - Calculate how many workers or threads a load needs.
#
# **What comes next.** You have seen hints of who is faster, and reasons not to trust them yet.
# Chapter 06 is the experiment: WSGI against ASGI, the same app, the same load, and numbers that
# hold when they are measured again.
