# %% goal [markdown]
# # Read three logs
#
# **Goal.** For each of three logs you name the cause, and the cure that helps for good.
#
# They come from rehearsals of three apps, and are shortened: times and ids are left out. `INFO`
# lines are uvicorn's.
#
# **Log 1.** Somebody has asked for a report.
#
# ```text
# heroku[web.1]: State changed from starting to up
# heroku[router]: at=error code=H12 desc="Request timeout" path="/report" service=30000ms
# app[web.1]: The report is ready
# ```
#
# **Log 2.** A client has sent the houses of a whole town.
#
# ```text
# app[web.1]: INFO:     Started parent process [4]
# app[web.1]: INFO:     Started server process [6]
# app[web.1]: INFO:     Started server process [7]
# heroku[web.1]: State changed from starting to up
# app[web.1]: INFO:     Waiting for child process [7]
# heroku[router]: at=error code=H13 desc="Connection closed without response" service=5295ms
# app[web.1]: INFO:     Child process [7] died
# ```
#
# **Log 3.** Every deploy ends like this. The release before runs as `web.1`, and so does the next.
#
# ```text
# heroku[web.1]: Restarting
# heroku[web.1]: Stopping all processes with SIGTERM
# app[web.1]: SIGTERM has come: saving
# heroku[web.1]: Starting process with command `python app.py`
# heroku[web.1]: State changed from starting to up
# heroku[web.1]: Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds
# heroku[web.1]: Stopping remaining processes with SIGKILL
# heroku[web.1]: Process exited with status 137
# ```

# %% instructor [markdown]
# Minutes: 10
#
# The second log is the one worth a talk: everybody expects H12. `lab drill H12`, `lab drill
# H13-worker` and `lab drill R12` make the three logs; 09.5 has logs of the build and the start.

# %% solution
# What is the cause?
# "A"  The app crashes while it starts.
# "B"  The app takes longer for its first byte than the router waits.
# "C"  The app takes more memory than a dyno has.
# "D"  A worker gives its supervisor no sign of life, and is killed.
# "E"  The visitor does not wait for the answer.
# "F"  A process does not end when it is told to.
# "G"  The app does not listen on $PORT.
#
# What cures it for good?
# 1  heroku ps:restart
# 2  heroku ps:scale web=2
# 3  Answer at once, and do the work in the same process afterwards.
# 4  Give workers more time for a sign of life, or compute in a process of its own.
# 5  Save, and then end the process.
# 6  Catch SIGKILL too.
# 7  Have the client wait for longer.

# BEGIN SOLUTION: LOG_1 = {"cause": ..., "cure": ...}
LOG_1 = {"cause": "B", "cure": 3}
# END SOLUTION
# BEGIN SOLUTION: LOG_2 = {"cause": ..., "cure": ...}
LOG_2 = {"cause": "D", "cure": 4}
# END SOLUTION
# BEGIN SOLUTION: LOG_3 = {"cause": ..., "cure": ...}
LOG_3 = {"cause": "F", "cure": 5}
# END SOLUTION

# %% check
from lab.exercises.checking import Answer, expect

RIGHT: dict[str, tuple[str, str]] = {
    "LOG_1": ("B", "3"),
    "LOG_2": ("D", "4"),
    "LOG_3": ("F", "5"),
}
# What the log would show if that were the cause.
SIGNS = {
    "A": "'Process exited', and 'State changed from starting to crashed'",
    "B": "H12, and a service= of 30 seconds",
    "C": "R14 or R15, and a line with mem=",
    "D": "that a child process died, and a request that was closed with it",
    "E": "H27, with at=warning and sock=client",
    "F": "R12, and SIGKILL after SIGTERM",
    "G": "R10, and no state up",
}
WHY_NOT = {
    "1": "A restart brings the same code again.",
    "2": "A second dyno runs the same code.",
    "3": "It is not the router that has lost patience here.",
    "4": "No worker is watched too closely here.",
    "5": "Nobody was told to stop here.",
    "6": "No process can catch SIGKILL: that is what it is for.",
    "7": "It is not the client that has closed the connection.",
}

# The same, where there is more to say about one of the logs.
WHY_NOT_HERE = {
    ("LOG_2", "3"): "In the same process the work still lets no other thread have a turn, and "
    "so no sign of life comes.",
}


def check(answer: Answer) -> None:
    given = {log: _filled(answer, log) for log in RIGHT}
    for log, (cause, _) in RIGHT.items():
        said = given[log][0]
        expect(
            said == cause,
            f"{log}: if {said!r} were the cause, the log would show {SIGNS[said]}.",
            hint="Which code stands there, whose line is it, and what came just before it?",
        )
    for log, (_, cure) in RIGHT.items():
        said = given[log][1]
        expect(
            said == cure,
            f"{log}: {said} is not the cure. {WHY_NOT_HERE.get((log, said), WHY_NOT[said])}",
            hint="A cure for good takes away the cause that you have named.",
        )


def _filled(answer: Answer, log: str) -> tuple[str, str]:
    """Return cause and cure of an answer, as text."""
    given = answer.get(log)
    expect(isinstance(given, dict), f"{log} is no dictionary any more.")
    found = []
    for part, choices in (("cause", SIGNS), ("cure", WHY_NOT)):
        expect(given.get(part, ...) is not ..., f"{log} does not say its {part} yet.")
        said = str(given[part]).strip().upper()
        expect(said in choices, f"{log}: {said!r} is none of the choices for its {part}.")
        found.append(said)
    return found[0], found[1]


# %% hints [markdown]
# - Begin with the code. The lesson's table says what each means.
# - In log 2, compare service= with the router's 30 seconds. Who was impatient, if not the router?
# - In log 3, the new dyno is up. What is still there half a minute later?

# %% wrong-restart
# why: When something hangs, one restarts it.
# says: LOG_1: 1 is not the cure. A restart brings the same code again
LOG_1 = {"cause": "B", "cure": 1}
LOG_2 = {"cause": "D", "cure": 4}
LOG_3 = {"cause": "F", "cure": 5}

# %% wrong-timeout-again
# why: An answer that takes long ends in a time-out of the router.
# says: LOG_2: if 'B' were the cause, the log would show H12
LOG_1 = {"cause": "B", "cure": 3}
LOG_2 = {"cause": "B", "cure": 3}
LOG_3 = {"cause": "F", "cure": 5}

# %% wrong-work-later
# why: What cures a report that takes long cures all that takes long.
# says: LOG_2: 3 is not the cure. In the same process the work still lets no other thread
LOG_1 = {"cause": "B", "cure": 3}
LOG_2 = {"cause": "D", "cure": 3}
LOG_3 = {"cause": "F", "cure": 5}

# %% wrong-impatient-visitor
# why: The report did become ready, so only the visitor can have left.
# says: LOG_1: if 'E' were the cause, the log would show H27
LOG_1 = {"cause": "E", "cure": 7}
LOG_2 = {"cause": "D", "cure": 4}
LOG_3 = {"cause": "F", "cure": 5}

# %% wrong-memory
# why: Status 137 means SIGKILL, and SIGKILL means memory.
# says: LOG_3: if 'C' were the cause, the log would show R14
LOG_1 = {"cause": "B", "cure": 3}
LOG_2 = {"cause": "D", "cure": 4}
LOG_3 = {"cause": "C", "cure": 5}

# %% wrong-catch-kill
# why: If SIGTERM can be caught, SIGKILL can be caught.
# says: LOG_3: 6 is not the cure. No process can catch SIGKILL
LOG_1 = {"cause": "B", "cure": 3}
LOG_2 = {"cause": "D", "cure": 4}
LOG_3 = {"cause": "F", "cure": 6}

# %% right-as-text
LOG_1 = {"cause": "b", "cure": "3"}
LOG_2 = {"cause": "d", "cure": "4"}
LOG_3 = {"cause": "f", "cure": "5"}
