# %% goal [markdown]
# # What happened to the workers?
#
# **Goal.** For each of four incidents, set `cause` to the right letter, and `slow_path` to the path
# whose request took too long in one of them.
#
# An app ran on gunicorn. Four times its users complained, and here is what the log said each time,
# without most lines of the tracebacks. The causes to choose from:
#
# - `"a"`: a request took longer than the time-out,
# - `"b"`: the operating system killed a worker, as it does when memory runs out,
# - `"c"`: the app is of the other interface, ASGI instead of WSGI,
# - `"d"`: the app cannot be loaded, so no worker ever came up,
# - `"e"`: the app's own code raised an exception while it answered,
# - `"f"`: another program already listens on the port.

# %% instructor [markdown]
# Minutes: 8
#
# The exception stands last and biggest in a log, but in the first incident it is only how the
# worker was ended. The line that counts stands above it and comes from the master. One cause of the
# six is a decoy that never happened.

# %% solution
INCIDENT_1 = """\
[09:14:02] [4100] [INFO] Listening at: http://127.0.0.1:8001 (4100)
[09:14:02] [4100] [INFO] Using worker: sync
[09:14:02] [4102] [INFO] Booting worker with pid: 4102
[09:14:02] [4103] [INFO] Booting worker with pid: 4103
127.0.0.1 - - [09:20:11] "GET /api/v1/health HTTP/1.1" 200 73
[09:21:47] [4100] [CRITICAL] WORKER TIMEOUT (pid:4103)
127.0.0.1 - - [09:21:47] "GET /api/v1/houses HTTP/1.1" 200 5120
[09:21:47] [4103] [ERROR] Error handling request GET /api/v1/report
  File "report.py", line 31, in make_report
    rows = fetch_all_sales(connection)
SystemExit: 1
127.0.0.1 - - [09:21:47] "GET /api/v1/report HTTP/1.1" 500 0
[09:21:47] [4103] [INFO] Worker exiting (pid: 4103)
[09:21:47] [4119] [INFO] Booting worker with pid: 4119
"""

INCIDENT_2 = """\
[11:02:30] [5200] [INFO] Using worker: sync
[11:02:30] [5201] [INFO] Booting worker with pid: 5201
[11:02:31] [5201] [ERROR] Error handling request GET /api/v1/health
    respiter = self.wsgi(environ, resp.start_response)
TypeError: app() missing 1 required positional argument: 'send'
127.0.0.1 - - [11:02:31] "GET /api/v1/health HTTP/1.1" 500 0
"""

INCIDENT_3 = """\
[15:40:08] [6300] [INFO] Using worker: gthread
[15:40:08] [6301] [INFO] Booting worker with pid: 6301
127.0.0.1 - - [15:52:19] "POST /api/v1/predict HTTP/1.1" 200 84
[15:52:23] [6300] [ERROR] Worker (pid:6301) was sent SIGKILL! Perhaps out of memory?
[15:52:23] [6317] [INFO] Booting worker with pid: 6317
127.0.0.1 - - [15:52:24] "POST /api/v1/predict HTTP/1.1" 200 84
[15:58:40] [6300] [ERROR] Worker (pid:6317) was sent SIGKILL! Perhaps out of memory?
[15:58:40] [6340] [INFO] Booting worker with pid: 6340
"""

INCIDENT_4 = """\
[18:05:55] [7400] [INFO] Listening at: http://127.0.0.1:8001 (7400)
[18:05:55] [7400] [INFO] Using worker: sync
[18:05:55] [7401] [INFO] Booting worker with pid: 7401
[18:05:55] [7401] [ERROR] Exception in worker process
  File "main.py", line 9, in <module>
    model = load_model("artefact/model.onnx")
FileNotFoundError: [Errno 2] No such file or directory: 'artefact/model.onnx'
[18:05:55] [7401] [INFO] Worker exiting (pid: 7401)
[18:05:55] [7400] [ERROR] Worker (pid:7401) exited with code 3.
[18:05:55] [7400] [ERROR] Shutting down: Master
[18:05:55] [7400] [ERROR] Reason: Worker failed to boot.
"""

# BEGIN SOLUTION: cause = {1: ..., 2: ..., 3: ..., 4: ...}  # "a" to "f" for each incident
cause = {1: "a", 2: "c", 3: "b", 4: "d"}
# END SOLUTION
# BEGIN SOLUTION: slow_path = ...
slow_path = "/api/v1/report"
# END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, not_yet

LETTERS = "abcdef"
RIGHT = {1: "a", 2: "c", 3: "b", 4: "d"}
SHOWS = {
    (1, "e"): "Its log has an exception, SystemExit, but another line comes before it and is not "
    "from the same process.",
    (
        2,
        "e",
    ): "Its log has an exception, but the line of code above it is gunicorn's own: the one that "
    "calls the app. No line of the app ever ran.",
    (3, "a"): "Nowhere in its log does the master say that it waited for a worker.",
    (4, "e"): "Its log has an exception of the app, but there is no request in this log.",
}
FALLBACK = (
    "Find the first line in its log that is not INFO and, if an error begins there, the last line "
    "of the error. That cause would look different."
)


def check(answer: Answer) -> None:
    cause = answer.get("cause")
    expect(isinstance(cause, dict), f"`cause` should stay a dictionary, but is {cause!r}.")
    for incident, right in RIGHT.items():
        given = cause.get(incident, ...)
        expect(given is not ..., f"Incident {incident} has no letter yet.")
        expect(
            isinstance(given, str) and given.lower() in tuple(LETTERS),
            f"Incident {incident} has {given!r}. Wanted is one letter, from a to f, in quotation "
            "marks.",
        )
        if given.lower() != right:
            shows = SHOWS.get((incident, given.lower()), FALLBACK)
            not_yet(f"Incident {incident} was not {given!r}. {shows}")
    path = answer.get("slow_path")
    expect(
        path != "/api/v1/houses",
        "The request for /api/v1/houses was answered with 200, by a worker that went on working.",
        hint="Which process was timed out, and which lines has that process written?",
    )
    expect(
        path == "/api/v1/report",
        f"`slow_path` is {path!r}. Wanted is the path of the request that the worker was busy with "
        "when its time was up, as it stands in the log.",
    )


# %% hints [markdown]
# - Every line that gunicorn writes has the process in its second pair of brackets. Which process is
#   the master? The others are workers.
# - Read each log from the top, and stop at the first line that is not INFO and not a request. If an
#   error begins there, read on to the last line of the error. What does it say, and who says it?
# - `WORKER TIMEOUT`, `was sent SIGKILL`, `missing … 'send'` and `failed to boot` name one cause
#   each.

# %% wrong-exception
# why: The last exception in the log is taken for the cause, though the time-out has raised it.
# says: another line comes before it
cause = {1: "e", 2: "c", 3: "b", 4: "d"}
slow_path = "/api/v1/report"

# %% wrong-app-bug
# why: Every TypeError looks like a mistake in the app's code.
# says: No line of the app ever ran
cause = {1: "a", 2: "e", 3: "b", 4: "d"}
slow_path = "/api/v1/report"

# %% wrong-kill-is-timeout
# why: A worker that was killed is taken for one that was too slow.
# says: Nowhere in its log does the master say
cause = {1: "a", 2: "c", 3: "a", 4: "d"}
slow_path = "/api/v1/report"

# %% wrong-path
# why: The line next to the time-out is taken for its request, though another worker wrote it.
# says: was answered with 200
cause = {1: "a", 2: "c", 3: "b", 4: "d"}
slow_path = "/api/v1/houses"

# %% wrong-boot-exception
# why: An exception while the app is loaded is taken for one in a request.
# says: there is no request in this log
cause = {1: "a", 2: "c", 3: "b", 4: "e"}
slow_path = "/api/v1/report"

# %% right-built-up
cause = dict(enumerate("ACBD", start=1))
slow_path = "/api/v1/" + "report"
