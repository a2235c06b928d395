# %% goal [markdown]
# # What an open loop would have seen
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

# %% instructor [markdown]
# Minutes: 6
#
# Coordinated omission in six lines. A closed loop would report the service times, of which only one
# is bad. That the server is sometimes idle is what most first attempts forget.

# %% solution
def latencies(every, service):
    # BEGIN SOLUTION: ...  # Your code here.
    found = []
    free_at = 0.0
    for number, seconds in enumerate(service):
        due = number * every
        done = max(due, free_at) + seconds
        found.append(done - due)
        free_at = done
    return found
    # END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, not_yet


def right(every: float, service: list[float]) -> list[float]:
    found, free_at = [], 0.0
    for number, seconds in enumerate(service):
        free_at = max(number * every, free_at) + seconds
        found.append(free_at - number * every)
    return found


def check(answer: Answer) -> None:
    _try(answer, 1.0, [0.5, 0.25, 0.5])
    _try(answer, 1.0, [0.5, 3.0, 0.5])
    _try(answer, 1.0, [0.5, 3.0, 0.5, 0.5, 0.5, 0.5])
    for _ in range(5):
        every = answer.random.choice([0.25, 0.5, 2.0])
        service = [answer.random.choice([0.125, 0.25, 1.0, 4.0]) for _ in range(8)]
        _try(answer, every, service)


def _try(answer: Answer, every: float, service: list[float]) -> None:
    got = answer.call("latencies", every, list(service))
    wanted = right(every, service)
    expect(
        isinstance(got, (list, tuple)) and len(got) == len(wanted),
        f"`latencies({every}, {service})` returned {got!r}. Wanted is a list with one number for "
        "each request.",
    )
    if _equal(got, wanted):
        return
    shown = f"`latencies({every}, {service})` is {[round(one, 3) for one in got]}"
    if _equal(got, service):
        not_yet(
            f"{shown}: those are the times that the server worked on each. That is what a closed "
            "loop sees. The time that a request had to wait for its turn is missing.",
            hint="When is the request due? When can the server begin with it?",
        )
    done = [number * every + one for number, one in enumerate(wanted)]
    if _equal(got, done):
        not_yet(
            f"{shown}: those are the moments at which each answer is done. A latency is how long "
            "one user waited.",
            hint="From which moment on did this user wait?",
        )
    if _equal(got, [one - seconds for one, seconds in zip(wanted, service, strict=True)]):
        not_yet(
            f"{shown}: that is only how long each had to wait for its turn. The server's work on "
            "it takes time as well, and the user waits for that, too.",
            hint="When does the server begin with it, and when is it done?",
        )
    if any(one < 0 for one in got):
        not_yet(
            f"{shown}: a latency below zero. An answer cannot come before its request is due: when "
            "the server is done early, it waits for the next one.",
            hint="The server begins at the later one of two moments.",
        )
    not_yet(f"{shown}. Wanted is {[round(one, 3) for one in wanted]}.")


def _equal(got: list[float], wanted: list[float]) -> bool:
    return all(abs(one - other) < 1e-6 for one, other in zip(got, wanted, strict=True))


# %% hints [markdown]
# - Go through the requests in order, and remember at which moment the server is free again.
# - Request `number` is due at `number * every`. The server begins at the later one of that moment
#   and the moment when it is free: `max(due, free_at)`.
# - Its latency is `max(due, free_at) + seconds - due`.


# %% wrong-closed-loop
# why: The service time is taken for the latency, as a closed loop does.
# says: That is what a closed loop sees
def latencies(every, service):
    return list(service)


# %% wrong-never-idle
# why: It is forgotten that the server has to wait for a request that is not due yet.
# says: a latency below zero
def latencies(every, service):
    found = []
    done = 0.0
    for number, seconds in enumerate(service):
        done += seconds
        found.append(done - number * every)
    return found


# %% wrong-moments
# why: The moment at which an answer is done is taken for its latency.
# says: the moments at which each answer is done
def latencies(every, service):
    found = []
    free_at = 0.0
    for number, seconds in enumerate(service):
        free_at = max(number * every, free_at) + seconds
        found.append(free_at)
    return found


# %% wrong-wait-alone
# why: Only the wait in the queue is counted, and not the work itself.
# says: only how long each had to wait for its turn
def latencies(every, service):
    found = []
    free_at = 0.0
    for number, seconds in enumerate(service):
        begins = max(number * every, free_at)
        found.append(begins - number * every)
        free_at = begins + seconds
    return found


# %% wrong-only-the-next
# why: Only the request right behind a slow one is charged, not the whole queue.
# says: Wanted is [0.5, 3.0, 2.5, 2.0
def latencies(every, service):
    found = []
    before = 0.0
    for seconds in service:
        found.append(max(0.0, before - every) + seconds)
        before = seconds
    return found


# %% right-carry-the-delay
def latencies(every, service):
    found = []
    for seconds in service:
        waits = max(0.0, found[-1] - every) if found else 0.0
        found.append(waits + seconds)
    return found
