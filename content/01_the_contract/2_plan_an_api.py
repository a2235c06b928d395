# %% goal [markdown]
# # Plan an API
#
# **Goal.** `PLAN` has method, path and status for each of eight jobs of a service that keeps
# *alerts*: "tell me when a house below this price is for sale".
#
# The service follows the same rules as the viewings: `/alerts` is all alerts together, and
# `/alerts/7` is the alert with number 7. For each job, replace the three `...` by the method, the
# path and the status that the server will answer with. The check sends your requests to such a
# server and says what it did.

# %% instructor [markdown]
# Minutes: 8
#
# The eight jobs have the usual traps: verbs in paths, `GET` for a change, `POST` to an address that
# does not exist yet, 200 for what was created, 200 for what is not there.

# %% solution
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),  # this one is done
    # BEGIN SOLUTION: "make a new alert; the server chooses its number": (..., ..., ...),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    # END SOLUTION
    # BEGIN SOLUTION: "read alert 7": (..., ..., ...),
    "read alert 7": ("GET", "/alerts/7", 200),
    # END SOLUTION
    # BEGIN SOLUTION: "replace alert 7 by a new version of it": (..., ..., ...),
    "replace alert 7 by a new version of it": ("PUT", "/alerts/7", 200),
    # END SOLUTION
    # BEGIN SOLUTION: "remove alert 7; the answer has no body": (..., ..., ...),
    "remove alert 7; the answer has no body": ("DELETE", "/alerts/7", 204),
    # END SOLUTION
    # BEGIN SOLUTION: "read alert 8, which is not there": (..., ..., ...),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    # END SOLUTION
    # BEGIN SOLUTION: "make a new alert with the price 'cheap'": (..., ..., ...),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 422),
    # END SOLUTION
    # BEGIN SOLUTION: "remove all alerts at once, which is not offered": (..., ..., ...),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 405),
    # END SOLUTION
}


# %% check
from flask import Flask, request

from lab.exercises.checking import Answer, expect

BELOW = {"below": 150_000}
ANOTHER = {"below": 125_000}


def make_app() -> tuple[Flask, dict[str, dict[str, object]]]:
    """Return a service with one alert, number 7, and what it keeps."""
    app = Flask("alerts")
    alerts: dict[str, dict[str, object]] = {"7": dict(BELOW)}

    @app.get("/alerts")
    def read_all() -> dict[str, dict[str, object]]:
        return alerts

    @app.post("/alerts")
    def add() -> tuple[dict[str, object], int]:
        body = request.get_json()
        if not isinstance(body.get("below"), int):
            return {"detail": "below must be a number"}, 422
        alerts["9"] = body
        return body, 201

    @app.get("/alerts/<number>")
    def read(number: str) -> tuple[dict[str, object], int]:
        return (alerts[number], 200) if number in alerts else ({"detail": "not there"}, 404)

    @app.put("/alerts/<number>")
    def replace(number: str) -> tuple[dict[str, object], int]:
        status = 200 if number in alerts else 201
        alerts[number] = request.get_json()
        return alerts[number], status

    @app.delete("/alerts/<number>")
    def remove(number: str) -> tuple[str | dict[str, str], int]:
        if alerts.pop(number, None) is None:
            return {"detail": "not there"}, 404
        return "", 204

    return app, alerts


# The job; the body to send; what the server should keep then; the path that the job is about.
JOBS = {
    "read all alerts": (None, {"7": BELOW}, "/alerts"),
    "make a new alert; the server chooses its number": (
        ANOTHER,
        {"7": BELOW, "9": ANOTHER},
        "/alerts",
    ),
    "read alert 7": (None, {"7": BELOW}, "/alerts/7"),
    "replace alert 7 by a new version of it": (ANOTHER, {"7": ANOTHER}, "/alerts/7"),
    "remove alert 7; the answer has no body": (None, {}, "/alerts/7"),
    "read alert 8, which is not there": (None, {"7": BELOW}, "/alerts/8"),
    "make a new alert with the price 'cheap'": ({"below": "cheap"}, {"7": BELOW}, "/alerts"),
    "remove all alerts at once, which is not offered": (
        None,
        {"7": BELOW},
        "/alerts",
    ),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
READS = ("read",)
REASONS = {
    200: "It is done, and here it is.",
    201: "There is something now that was not there before.",
    204: "It is done, and the answer has no body.",
    404: "There is nothing at this path.",
    405: "The path is there, but not for this method.",
    422: "The server could read the body, and a value in it is wrong.",
}


def check(answer: Answer) -> None:
    plan = answer.get("PLAN")
    expect(isinstance(plan, dict), "PLAN is no dictionary any more.")
    for job, (body, kept, about) in JOBS.items():
        expect(job in plan, f"PLAN has no entry for the job: {job}.")
        entry = plan[job]
        expect(
            isinstance(entry, tuple | list) and len(entry) == 3,
            f"For '{job}', PLAN has {entry!r}. It should be three things: method, path, status.",
        )
        method, path, status = entry
        expect(... not in entry, f"For '{job}', PLAN is not filled in yet.")
        expect(
            isinstance(method, str) and method.upper() in METHODS,
            f"For '{job}', {method!r} is no method of HTTP.",
            hint="The methods are in the table in the lesson.",
        )
        expect(
            method.isupper(),
            f"For '{job}', the method is written {method!r}. HTTP writes its methods in capitals.",
        )
        expect(
            isinstance(path, str) and path.startswith("/"),
            f"For '{job}', the path {path!r} does not begin with a slash.",
        )
        expect(
            isinstance(status, int),
            f"For '{job}', the status {status!r} is not a whole number.",
        )
        try_entry(job, (method, path, status), body, kept, about)


def try_entry(
    job: str,
    entry: tuple[str, str, int],
    body: object,
    kept: object,
    about: str,
) -> None:
    method, path, status = entry
    app, alerts = make_app()
    sent = app.test_client().open(path, method=method, json=body)
    done = f"For '{job}', the check sent {method} {path} and the server answered {sent.status_code}"
    expect(
        path == about,
        f"{done}. The job is about another path than {path}.",
        hint="A path is a noun: what it is about. The method says what to do with it.",
    )
    expect(
        alerts == kept,
        f"{done}. Then it kept {alerts}, and should have kept {kept}.",
        hint="Look at the table of methods: which one does this job?",
    )
    expect(
        method == "GET" or not job.startswith(READS),
        f"{done}. Nothing was read: the job is to read.",
    )
    expect(
        sent.status_code != 405 or "not offered" in job,
        f"{done}: this path does not have this method.",
    )
    expect(
        method in ("POST", "DELETE") or job.startswith((*READS, "replace")),
        f"{done}. With {method} nothing is made and nothing removed.",
    )
    expect(
        sent.status_code == status,
        f"{done}. PLAN says {status}. {REASONS.get(sent.status_code, '')}",
        hint="The lesson has a table of the statuses that you meet most.",
    )


# %% hints [markdown]
# - The paths are only `/alerts`, `/alerts/7` and `/alerts/8`. What is left is in the methods.
# - A new alert has no address yet, so it goes to the path of all alerts. Something that replaces an
#   alert goes to its address.
# - 201 means created, 204 done and nothing to show, 404 not there, 405 not this method, 422 wrong
#   values.

# %% wrong-verbs-in-paths
# why: The path says what to do, as the name of a function would.
# says: The job is about another path than /alerts/7/delete
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    "read alert 7": ("GET", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("PUT", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("POST", "/alerts/7/delete", 204),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 422),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 405),
}

# %% wrong-200-for-all
# why: 200 is success, whatever has happened.
# says: the server answered 201. PLAN says 200.
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 200),
    "read alert 7": ("GET", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("PUT", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("DELETE", "/alerts/7", 200),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 422),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 405),
}

# %% wrong-get-to-remove
# why: One address is enough, and GET is the easiest to send.
# says: Then it kept {'7': {'below': 150000}}, and should have kept {}
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    "read alert 7": ("GET", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("PUT", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("GET", "/alerts/7", 204),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 422),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 405),
}

# %% wrong-post-to-replace
# why: POST means "send data", so it is used for every change.
# says: answered 405. Then it kept
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    "read alert 7": ("GET", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("POST", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("DELETE", "/alerts/7", 204),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 422),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 405),
}

# %% wrong-404-for-the-method
# why: What is not offered is "not found"; but the path is there, only not for this method.
# says: the server answered 405. PLAN says 404.
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    "read alert 7": ("GET", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("PUT", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("DELETE", "/alerts/7", 204),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 422),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 404),
}

# %% wrong-400-for-the-value
# why: 400 is a fault of the request, too; but this body can be read, and only a value is wrong.
# says: PLAN says 400. The server could read the body
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    "read alert 7": ("GET", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("PUT", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("DELETE", "/alerts/7", 204),
    "read alert 8, which is not there": ("GET", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("POST", "/alerts", 400),
    "remove all alerts at once, which is not offered": ("DELETE", "/alerts", 405),
}

# %% wrong-only-the-first
# why: The other jobs were left for later.
# says: For 'read alert 7', PLAN is not filled in yet
PLAN = {
    "read all alerts": ("GET", "/alerts", 200),
    "make a new alert; the server chooses its number": ("POST", "/alerts", 201),
    "read alert 7": (..., ..., ...),
    "replace alert 7 by a new version of it": (..., ..., ...),
}

# %% wrong-small-letters
# why: Python's names of the methods are small, requests.get; in HTTP, "get" is another method.
# says: the method is written 'get'. HTTP writes its methods in capitals
PLAN = {
    "read all alerts": ("get", "/alerts", 200),
    "make a new alert; the server chooses its number": ("post", "/alerts", 201),
    "read alert 7": ("get", "/alerts/7", 200),
    "replace alert 7 by a new version of it": ("put", "/alerts/7", 200),
    "remove alert 7; the answer has no body": ("delete", "/alerts/7", 204),
    "read alert 8, which is not there": ("get", "/alerts/8", 404),
    "make a new alert with the price 'cheap'": ("post", "/alerts", 422),
    "remove all alerts at once, which is not offered": ("delete", "/alerts", 405),
}
# %% right-lists
PLAN = {
    "read all alerts": ["GET", "/alerts", 200],
    "make a new alert; the server chooses its number": ["POST", "/alerts", 201],
    "read alert 7": ["GET", "/alerts/7", 200],
    "replace alert 7 by a new version of it": ["PUT", "/alerts/7", 200],
    "remove alert 7; the answer has no body": ["DELETE", "/alerts/7", 204],
    "read alert 8, which is not there": ["GET", "/alerts/8", 404],
    "make a new alert with the price 'cheap'": ["POST", "/alerts", 422],
    "remove all alerts at once, which is not offered": ["DELETE", "/alerts", 405],
}
