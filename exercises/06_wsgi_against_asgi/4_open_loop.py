# Exercise 06.4: What an open loop would have seen
#
# **Goal.** `latencies(every, service)` returns the latency of each request as an open loop counts
# it: from when the request should have been sent until it is answered.
#
# A server handles one request at a time. `service` has how many seconds it takes for each request,
# in their order. By the schedule, request number 0 should be sent at 0 seconds, number 1 at
# `every` seconds, number 2 at 2 x `every` seconds, and so on. The server begins with a request as
# soon as the request is due **and** the one before it is done.
#
# Example: `latencies(1.0, [0.5, 3.0, 0.5])` is `[0.5, 3.0, 2.5]`. The third request is due at 2
# seconds, waits until 4, and is done at 4.5.
#
# Check it: .venv/bin/lab check 06.4 in a terminal, or check("06.4") in a notebook.

def latencies(every, service):
    ...  # Your code here.
