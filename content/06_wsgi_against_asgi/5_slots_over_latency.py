# %% goal [markdown]
# # The most that a server can do
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

# %% instructor [markdown]
# Minutes: 6
#
# Little's law as a bound. There are three limits, and the smallest counts: the slots, the
# processor, and the clients. The impossible row looks modest: it is below what the server could do,
# but above what its clients can ask for.

# %% solution
measured = {"a": 11.7, "b": 63.2, "c": 188.0, "d": 57.5}

# BEGIN SOLUTION: most = {"a": ..., "b": ..., "c": ..., "d": ...}
most = {
    "a": 3 / 0.25,
    "b": 2 * 8 / 0.25,
    "c": min(100 / 0.25, 1 / 0.005),
    "d": 10 / 0.25,
}
# END SOLUTION
# BEGIN SOLUTION: impossible = ...
impossible = "d"
# END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect, not_yet

RIGHT = {"a": 12.0, "b": 64.0, "c": 200.0, "d": 40.0}
SHOWS = {
    ("a", 0.75): "That is slots times latency. More latency must give fewer answers a second.",
    ("b", 4.0): "That is slots times latency. More latency must give fewer answers a second.",
    ("b", 8.0): "That is what two slots give. How many requests can wait at once in both workers "
    "together?",
    (
        "b",
        32.0,
    ): "That is what eight slots give. How many requests can wait at once in both workers "
    "together?",
    ("c", 400.0): "That is what the slots allow. With so many, one core would need two seconds of "
    "work in each second.",
    ("c", 4.0): "That is one request at a time. This server lets many wait at once.",
    (
        "d",
        64.0,
    ): "That is what the server could do. But how many requests are in progress when there "
    "are ten clients?",
}


def check(answer: Answer) -> None:
    most = answer.get("most")
    expect(isinstance(most, dict), f"`most` should stay a dictionary, but is {most!r}.")
    for letter, right in RIGHT.items():
        given = most.get(letter, ...)
        expect(given is not ..., f"`most` has no number for {letter!r} yet.")
        expect(
            isinstance(given, (int, float)) and not isinstance(given, bool),
            f"`most` has {given!r} for {letter!r}. Wanted is a number of answers a second.",
        )
        if abs(given - right) > 0.01 * right:
            not_yet(
                f"For {letter!r} you have {given:g} answers a second. {_shown(letter, given)}",
                hint="Three limits: slots over latency, what the processor can do, and how many "
                "requests the clients have in progress. The smallest counts.",
            )
    impossible = answer.get("impossible")
    expect(
        isinstance(impossible, str) and impossible.lower() in RIGHT,
        f"`impossible` is {impossible!r}. Wanted is one of the letters a to d.",
    )
    expect(
        impossible.lower() == "d",
        f"Row {impossible!r} is possible: what was measured is not above what you calculated.",
        hint="Hold each number of `measured` against yours.",
    )


def _shown(letter: str, given: float) -> str:
    for (one, value), text in SHOWS.items():
        if one == letter and abs(given - value) < 0.01 * value:
            return text
    if letter == "c" and 200 < given < 400:
        return (
            "It is below what the slots allow, but each request needs 5 ms of the one core, "
            "whoever else waits meanwhile. How many times does that fit into a second?"
        )
    return "Answers a second = requests in progress / seconds that each takes."


# %% hints [markdown]
# - Little's law: requests in progress = answers a second x seconds that each takes. Solve it for
#   the answers.
# - In `"c"` the slots allow 400. But how many times do 5 ms fit into one second?
# - In `"d"` no more than ten requests are ever in progress, whatever the server could do.

# %% wrong-multiplied
# why: Little's law is used the wrong way round.
# says: That is slots times latency
most = {"a": 3 * 0.25, "b": 16 * 0.25, "c": 100 * 0.25, "d": 10 * 0.25}
impossible = "c"

# %% wrong-processor-forgotten
# why: An event loop is taken to have no limit but its slots.
# says: two seconds of work in each second
most = {"a": 12, "b": 64, "c": 400, "d": 40}
impossible = "d"

# %% wrong-work-added-to-the-wait
# why: The work is added to the wait, as if each slot had a core of its own.
# says: each request needs 5 ms of the one core
most = {"a": 12, "b": 64, "c": 100 / 0.255, "d": 40}
impossible = "d"

# %% wrong-clients-forgotten
# why: A closed loop of ten clients is taken to fill sixteen slots.
# says: when there are ten clients
most = {"a": 12, "b": 64, "c": 200, "d": 64}
impossible = "d"

# %% wrong-highest-row
# why: The largest number is taken for the impossible one.
# says: Row 'c' is possible
most = {"a": 12, "b": 64, "c": 200, "d": 40}
impossible = "c"

# %% right-by-function
measured = {"a": 11.7, "b": 63.2, "c": 188.0, "d": 57.5}


def bound(slots, clients=1000, work=0.0, latency=0.25):
    most = min(slots, clients) / latency
    return min(most, 1 / work) if work else most


most = {"a": bound(3), "b": bound(16), "c": bound(100, work=0.005), "d": bound(16, clients=10)}
(impossible,) = [letter for letter in most if measured[letter] > most[letter]]
