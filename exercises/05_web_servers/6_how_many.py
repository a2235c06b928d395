# Exercise 05.6: How many workers, how many threads?
#
# **Goal.** Choose workers and threads for gunicorn such that on average 60 to 75 per cent of the
# places are busy, and say whether one load fits on two cores at all.
#
# A place is room for one request at work. Threads are for each worker, so the places are workers x
# threads: 2 workers with 3 threads have 6.
#
# - `listings`: 40 requests per second come. Each waits 0.3 seconds for another service and computes
#   next to nothing. The computer has two cores, and little memory: it holds two processes at most.
# - `reports`: 25 requests per second come. Each computes for 0.12 seconds in Python code and waits
#   for nobody. There are cores enough, and memory enough.
# - `fits_two_cores`: could the reports be made on a computer with two cores, with whatever number
#   of workers? `True` or `False`.
#
# Check it: .venv/bin/lab check 05.6 in a terminal, or check("05.6") in a notebook.

listings = {"workers": ..., "threads": ...}
reports = {"workers": ..., "threads": ...}
fits_two_cores = ...
