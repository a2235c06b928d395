# Exercise 06.6: What is wrong with these?
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
#
# Check it: .venv/bin/lab check 06.6 in a terminal, or check("06.6") in a notebook.

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

fault = {"paterson": ..., "httparena": ..., "granian": ..., "techempower": ...}
answers_per_connection = ...
rate_by_counts = ...
best_run = ...
