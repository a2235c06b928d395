# %% goal [markdown]
# # How many workers, how many threads?
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

# %% instructor [markdown]
# Minutes: 7
#
# Little's law, and its limit: threads help those who wait. Who computes needs a core, and more
# workers make no more cores.

# %% solution
# BEGIN SOLUTION: listings = {"workers": ..., "threads": ...}
listings = {"workers": 1, "threads": 16}  # 40 x 0.3 = 12 in progress, 12 / 0.75 = 16
# END SOLUTION
# BEGIN SOLUTION: reports = {"workers": ..., "threads": ...}
reports = {"workers": 4, "threads": 1}  # 25 x 0.12 = 3 in progress, 3 / 0.75 = 4
# END SOLUTION
# BEGIN SOLUTION: fits_two_cores = ...
fits_two_cores = False  # 3 seconds of computing come in every second
# END SOLUTION


# %% check
from lab.exercises.checking import Answer, expect

BUSIEST, LEAST_BUSY = 0.75, 0.6
WANTED = "Wanted are 60 to 75 %"


def counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def numbers(answer: Answer, name: str) -> tuple[int, int]:
    """Return workers and threads of an answer, which must be whole numbers from 1 on."""
    given = answer.get(name)
    expect(isinstance(given, dict), f"`{name}` should stay a dictionary, but is {given!r}.")
    for key in ("workers", "threads"):
        number = given.get(key, ...)
        expect(number is not ..., f"`{name}` has no {key} yet.")
        expect(
            isinstance(number, int) and not isinstance(number, bool) and number >= 1,
            f"`{name}` has {number!r} as {key}. Wanted is a whole number from 1 on.",
        )
    return given["workers"], given["threads"]


def check(answer: Answer) -> None:
    _check_listings(*numbers(answer, "listings"))
    _check_reports(*numbers(answer, "reports"))
    fits = answer.get("fits_two_cores")
    expect(
        isinstance(fits, bool), f"`fits_two_cores` is {fits!r}. Wanted is True or False, as a bool."
    )
    expect(
        not fits,
        "You say that two cores are enough for the reports. In each second, requests come that "
        "together need more seconds of computing than two cores have in a second.",
        hint="How many seconds of computing come per second? And how many does a core have?",
    )


def _check_listings(workers: int, threads: int) -> None:
    places = workers * threads
    expect(
        workers <= 2,
        f"For the listings you chose {counted(workers, 'worker')}. The memory holds two processes "
        "at most.",
        hint="What else can wait, beside a process?",
    )
    expect(
        places >= 12,
        f"For the listings you have {counted(places, 'place')}. While one request waits its 0.3 "
        "seconds, more come than that, so the queue grows without an end.",
        hint="Little's law: how many are in progress?",
    )
    expect(
        places >= 12 / BUSIEST,
        f"For the listings you have {places} places, and they would be {12 / places:.0%} busy. "
        f"{WANTED}, so that there is room when more come than usual.",
    )
    expect(
        12 / places >= LEAST_BUSY,
        f"For the listings you have {places} places, and they would be {12 / places:.0%} busy. "
        f"{WANTED}: places cost memory.",
    )


def _check_reports(workers: int, threads: int) -> None:
    places = workers * threads
    chosen = f"{counted(workers, 'worker')} with {counted(threads, 'thread')} each"
    expect(
        places >= 3,
        f"For the reports you have {counted(places, 'place')}. Requests come faster than they are "
        "done, so the queue grows without an end.",
        hint="Little's law: how many are in progress?",
    )
    expect(
        workers >= 3,
        f"For the reports you chose {chosen}. The threads of one process take turns when they "
        "compute: it does the work of fewer places.",
        hint="Look at the picture of the requests that compute: what did four threads gain?",
    )
    expect(
        workers >= 3 / BUSIEST,
        f"For the reports you chose {workers} workers, which would be {3 / workers:.0%} busy. "
        f"{WANTED}.",
    )
    expect(
        3 / places >= LEAST_BUSY,
        f"For the reports you chose {chosen}. That makes {places} places, and they would be "
        f"{3 / places:.0%} busy. {WANTED}.",
        hint="What does a second thread bring a worker whose requests compute?",
    )


# %% hints [markdown]
# - In progress = requests per second x seconds that each takes. Do that for both loads first.
# - Divide what is in progress by 0.75, and you have the number of places: workers x threads.
# - The listings wait: one worker with many threads is enough. The reports compute: every place must
#   be a process of its own.

# %% wrong-all-busy
# why: As many places as requests in progress seem enough, with none to spare.
# says: they would be 100% busy
listings = {"workers": 1, "threads": 12}
reports = {"workers": 3, "threads": 1}
fits_two_cores = False

# %% wrong-by-cores
# why: The rule of thumb, two to four for each core, is used for a load that waits.
# says: The memory holds two processes at most
listings = {"workers": 5, "threads": 1}
reports = {"workers": 5, "threads": 1}
fits_two_cores = False

# %% wrong-too-few
# why: Rate and time are not multiplied: one place for each core is taken.
# says: While one request waits
listings = {"workers": 2, "threads": 2}
reports = {"workers": 2, "threads": 1}
fits_two_cores = False

# %% wrong-threads-compute
# why: Threads are taken to help with computing as they help with waiting.
# says: take turns when they compute
listings = {"workers": 2, "threads": 8}
reports = {"workers": 1, "threads": 4}
fits_two_cores = False

# %% wrong-threads-to-spare
# why: Enough workers are taken, and threads as well, to be on the safe side.
# says: That makes 16 places
listings = {"workers": 2, "threads": 8}
reports = {"workers": 4, "threads": 4}
fits_two_cores = False

# %% wrong-more-workers-more-cores
# why: More workers are taken to make more cores.
# says: You say that two cores are enough
listings = {"workers": 2, "threads": 8}
reports = {"workers": 4, "threads": 1}
fits_two_cores = True

# %% right-calculated
import math


def places(requests_per_second, seconds):
    return math.ceil(round(requests_per_second * seconds / 0.75, 6))


listings = {"workers": 2, "threads": math.ceil(places(40, 0.3) / 2)}
reports = {"workers": places(25, 0.12), "threads": 1}
fits_two_cores = 25 * 0.12 <= 2
