# Exercise 06.5: The most that a server can do
#
# **Goal.** Calculate for each of the four set-ups how many answers a second it can give at most,
# and name the one measured row that cannot be true.
#
# Each request waits 0.25 seconds for another service.
#
# - `"a"`: gunicorn with 3 sync workers. More clients ask than it has slots.
# - `"b"`: gunicorn with 2 workers of 8 threads each. More clients ask than it has slots.
# - `"c"`: uvicorn with one worker. The app takes up to 100 requests at once, and more clients ask.
#   Beside the wait, each request needs 5 ms of the one core's time.
# - `"d"`: the same server as in `"b"`, but only 10 clients, each of which waits for its answer
#   before it asks again.
#
# `measured` has what somebody says to have measured. Set `impossible` to the letter of the row that
# is above what physics allows.
#
# Check it: .venv/bin/lab check 06.5 in a terminal, or check("06.5") in a notebook.

measured = {"a": 11.7, "b": 63.2, "c": 188.0, "d": 57.5}

most = {"a": ..., "b": ..., "c": ..., "d": ...}
impossible = ...
