# %% goal [markdown]
# # What is wrong with these?
#
# **Goal.** Find the fault of each of the four published comparisons, and back two of them with a
# number.
#
# In `fault`, write the letter of what makes the comparison unfit for its conclusion:
#
# - `"a"`: one side had more worker processes than the other,
# - `"b"`: one side had to open a new connection for each request,
# - `"c"`: two of its own figures contradict each other,
# - `"d"`: it measured another kind of work than the conclusion speaks of,
# - `"e"`: the sender of the requests was at its limit,
# - `"f"`: the servers were not warmed up.
#
# Then set `answers_per_connection` for Flask in HttpArena, `rate_by_counts` for uWSGI in granian's
# table (answers a second, from its count of requests), and `best_run` to the name of the one whose
# figures get better the more often one runs them.

# %% instructor [markdown]
# Minutes: 8
#
# The facts are public and dated in the lesson. Two letters are decoys for which nothing is known.
# Discuss: which of these faults could a reader have found from the published page alone?

# %% solution
PUBLISHED = {
    "paterson": {
        "frameworks on WSGI": "12 to 16 sync workers",
        "frameworks on ASGI": "5 workers",
        "conclusion": "async Python is not faster",
    },
    "httparena": {
        "Flask": "gunicorn, sync worker: 410,689 connections for 410,688 answers",
        "FastAPI": "uvicorn, connections stay open",
        "figure": "the best of three runs",
        "conclusion": "answers a second of the two frameworks",
    },
    "granian": {
        "uWSGI": "978 requests in 10 seconds, 413 requests a second",
        "conclusion": "granian is many times as fast",
    },
    "techempower": {
        "test": "each answer waits for a database",
        "conclusion, drawn by others": "FastAPI is as fast as Node and Go at any work",
    },
}

# BEGIN SOLUTION: fault = {"paterson": ..., "httparena": ..., "granian": ..., "techempower": ...}
fault = {"paterson": "a", "httparena": "b", "granian": "c", "techempower": "d"}
# END SOLUTION
# BEGIN SOLUTION: answers_per_connection = ...
answers_per_connection = 410_688 / 410_689
# END SOLUTION
# BEGIN SOLUTION: rate_by_counts = ...
rate_by_counts = 978 / 10
# END SOLUTION
# BEGIN SOLUTION: best_run = ...
best_run = "httparena"
# END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, not_yet

RIGHT = {"paterson": "a", "httparena": "b", "granian": "c", "techempower": "d"}
SHOWS = {
    ("paterson", "d"): "The work was the same for all. What was not?",
    ("httparena", "a"): "Nothing is said of the number of workers. Look at the connections.",
    ("granian", "a"): "Nothing is said of the number of workers. Do the sum of its own figures.",
    ("granian", "e"): "That may be, but nothing shows it. Do the sum of its own figures.",
    (
        "techempower",
        "a",
    ): "Nothing is said of the number of workers. What did each answer wait for?",
    ("techempower", "e"): "Nothing shows it. What did each answer wait for?",
}


def check(answer: Answer) -> None:
    fault = answer.get("fault")
    expect(isinstance(fault, dict), f"`fault` should stay a dictionary, but is {fault!r}.")
    for name, right in RIGHT.items():
        given = fault.get(name, ...)
        expect(given is not ..., f"`fault` has no letter for {name!r} yet.")
        expect(
            isinstance(given, str) and given.lower() in tuple("abcdef"),
            f"`fault` has {given!r} for {name!r}. Wanted is one letter, from a to f.",
        )
        if given.lower() != right:
            shows = SHOWS.get((name, given.lower()), "Nothing in what is known of it shows that.")
            not_yet(f"The fault of {name!r} is not {given!r}. {shows}")
    _check_numbers(answer)
    best = answer.get("best_run")
    expect(
        best in RIGHT, f"`best_run` is {best!r}. Wanted is one of the names: {', '.join(RIGHT)}."
    )
    expect(
        best == "httparena",
        f"Nothing says that {best!r} took the best of several runs. One of the others does.",
    )


def _check_numbers(answer: Answer) -> None:
    for name in ("answers_per_connection", "rate_by_counts"):
        given = answer.get(name)
        expect(
            isinstance(given, (int, float)) and not isinstance(given, bool),
            f"`{name}` is {given!r}. Wanted is a number.",
        )
    per_connection = float(answer.get("answers_per_connection"))
    expect(
        not 1 < per_connection < 1.001,
        "`answers_per_connection` is above 1, but there were more connections than answers: it is "
        "upside down.",
        hint="Which of the two is divided by the other?",
    )
    expect(
        abs(per_connection - 1) < 0.001,
        f"`answers_per_connection` is {per_connection:g}. The answers, divided by the connections "
        "that they came over, are something else.",
        hint="The two numbers are nearly equal: what does that say about a connection?",
    )
    rate = float(answer.get("rate_by_counts"))
    expect(
        abs(rate - 413) > 1,
        "`rate_by_counts` is the rate that the table gives. Calculate it from the count of "
        "requests and the seconds.",
    )
    expect(
        abs(rate - 97.8) < 0.5,
        f"`rate_by_counts` is {rate:g}. In 10 seconds there were 978 requests.",
        hint="Requests divided by seconds.",
    )


# %% hints [markdown]
# - Ask of each: what differs between its two sides, beside what is compared? If nothing does, check
#   its figures against each other, and its conclusion against what was measured.
# - 410,688 answers over 410,689 connections: how many does each connection carry?
# - 978 requests in 10 seconds are 97.8 a second, and not 413.

# %% wrong-decoys
# why: A plausible fault is chosen without any sign of it.
# says: That may be, but nothing shows it
fault = {"paterson": "a", "httparena": "b", "granian": "e", "techempower": "d"}
answers_per_connection = 1.0
rate_by_counts = 97.8
best_run = "httparena"

# %% wrong-workers-everywhere
# why: The first fault that was found is looked for in all.
# says: Look at the connections
fault = {"paterson": "a", "httparena": "a", "granian": "c", "techempower": "d"}
answers_per_connection = 1.0
rate_by_counts = 97.8
best_run = "httparena"

# %% wrong-believes-the-table
# why: The published rate is copied and not calculated.
# says: is the rate that the table gives
fault = {"paterson": "a", "httparena": "b", "granian": "c", "techempower": "d"}
answers_per_connection = 410_688 / 410_689
rate_by_counts = 413
best_run = "httparena"

# %% wrong-all-answers-on-one
# why: The answers are counted as if all had come over one connection.
# says: are something else
fault = {"paterson": "a", "httparena": "b", "granian": "c", "techempower": "d"}
answers_per_connection = 410_688
rate_by_counts = 97.8
best_run = "httparena"

# %% wrong-upside-down
# why: The connections are divided by the answers.
# says: it is upside down
fault = {"paterson": "a", "httparena": "b", "granian": "c", "techempower": "d"}
answers_per_connection = 410_689 / 410_688
rate_by_counts = 97.8
best_run = "httparena"

# %% wrong-best-of
# why: Any surprising figure is taken for the best of several.
# says: Nothing says that 'granian'
fault = {"paterson": "a", "httparena": "b", "granian": "c", "techempower": "d"}
answers_per_connection = 1
rate_by_counts = 97.8
best_run = "granian"

# %% right-rounded
fault = dict(zip(["paterson", "httparena", "granian", "techempower"], "ABCD", strict=True))
answers_per_connection = round(410_688 / 410_689, 3)
rate_by_counts = 978 // 10 + 0.8
best_run = "httparena"
