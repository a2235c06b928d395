# %% goal [markdown]
# # Choose the levels
#
# **Goal.** Each of the six events has the level that tells whoever reads the log what to do about
# it.
#
# Write one of `"DEBUG"`, `"INFO"`, `"WARNING"`, `"ERROR"` and `"CRITICAL"` behind each name. The
# lesson's table says what each of them is for.

# %% instructor [markdown]
# Minutes: 3
#
# A level is a promise to the reader: from ERROR on, somebody here has something to mend. Most
# people log a client's mistake as an error, and are then woken at night by other people's typing.
# Some teams log it at WARNING. Here it is INFO, as the lesson's table says: the server works as it
# should, and a warning for each slip of a client would hide the real ones.

# %% solution
# A request was answered with status 200, as most are.
# BEGIN SOLUTION: answered = ...
answered = "INFO"
# END SOLUTION

# For each house: the names of all the columns that the client left out and the model filled in.
# BEGIN SOLUTION: filled_in = ...
filled_in = "DEBUG"
# END SOLUTION

# A client sent "eleven" where a number belongs, and was answered with status 422.
# BEGIN SOLUTION: bad_request = ...
bad_request = "INFO"
# END SOLUTION

# The listing service did not answer. It was asked once more, and then it did.
# BEGIN SOLUTION: second_attempt = ...
second_attempt = "WARNING"
# END SOLUTION

# An exception that nobody had foreseen: this one request was answered with status 500.
# BEGIN SOLUTION: unforeseen = ...
unforeseen = "ERROR"
# END SOLUTION

# The file of the model is missing. The server cannot start.
# BEGIN SOLUTION: no_model = ...
no_model = "CRITICAL"
# END SOLUTION


# %% check
import logging

from lab.exercises.checking import Answer, expect, not_yet

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# Each event: the levels that are right, and what is wrong with one below or above them.
EVENTS = {
    "answered": (
        {"INFO"},
        "A server that runs at INFO would not show that it answers at all.",
        "Most requests are answered with 200. A line that asks for attention thousands of times a "
        "day gets none.",
    ),
    "filled_in": (
        {"DEBUG"},
        "",
        "Dozens of names for each house: that helps to hunt a fault, and drowns every other line "
        "on an ordinary day.",
    ),
    "bad_request": (
        {"INFO"},
        "At INFO, nobody could see later that clients get this wrong.",
        "The server did its work: it found the mistake and said so. Nothing here is odd or needs "
        "mending, and a client's slip must not wake anybody.",
    ),
    "second_attempt": (
        {"WARNING"},
        "Today it went well. Somebody should know that it may not tomorrow.",
        "No request has failed: the client got its answer.",
    ),
    "unforeseen": (
        {"ERROR"},
        "A request has failed, and the fault lies here: somebody has to mend it.",
        "One request has failed. All the others are answered, so it is not the end of the service.",
    ),
    "no_model": (
        {"CRITICAL"},
        "This is not one request that failed. None can be answered until somebody acts.",
        "",
    ),
}


def check(answer: Answer) -> None:
    try:
        _ = answer.module
    except NameError as error:
        if error.name in LEVELS:
            not_yet(
                f"{error.name} stands there as a name, and your answer has nothing of that name.",
                hint=f'Put it in quotation marks: "{error.name}".',
            )
        raise
    for event, (right, too_low, too_high) in EVENTS.items():
        level = as_level(answer.get(event))
        expect(
            level in LEVELS,
            f"{event} is {level!r}, which is none of the five names.",
            hint="The five names are in the lesson's table, in capitals.",
        )
        lowest = min(LEVELS.index(name) for name in right)
        highest = max(LEVELS.index(name) for name in right)
        place = LEVELS.index(level)
        expect(place >= lowest, f"{event} at {level}: {too_low}", hint="Choose a higher level.")
        expect(place <= highest, f"{event} at {level}: {too_high}", hint="Choose a lower level.")


def as_level(value: object) -> str:
    return logging.getLevelName(value) if isinstance(value, int) else str(value).strip().upper()


# %% hints [markdown]
# - Ask for each event: must somebody act? Now, soon, or never?
# - If nobody must act: does the line belong to the normal course of every day, or does it only
#   help to hunt a fault?
# - Two of them are answered with a status from 400 on. In only one of these is the fault on the
#   server's side.

# %% wrong-client-mistake-is-error
# why: Everything from status 400 on is an error, so it is logged as one.
# says: a client's slip must not wake anybody
answered = "INFO"
filled_in = "DEBUG"
bad_request = "ERROR"
second_attempt = "WARNING"
unforeseen = "ERROR"
no_model = "CRITICAL"

# %% wrong-everything-info
# why: More in the log is better, so nothing is left to DEBUG.
# says: drowns every other line
answered = "INFO"
filled_in = "INFO"
bad_request = "INFO"
second_attempt = "WARNING"
unforeseen = "ERROR"
no_model = "CRITICAL"

# %% wrong-went-well-in-the-end
# why: The second attempt was answered, so all is well.
# says: Somebody should know that it may not tomorrow
answered = "INFO"
filled_in = "DEBUG"
bad_request = "INFO"
second_attempt = "INFO"
unforeseen = "ERROR"
no_model = "CRITICAL"

# %% wrong-exception-is-critical
# why: An exception that nobody has foreseen is the worst that can happen.
# says: it is not the end of the service
answered = "INFO"
filled_in = "DEBUG"
bad_request = "INFO"
second_attempt = "WARNING"
unforeseen = "CRITICAL"
no_model = "CRITICAL"

# %% wrong-no-such-level
# why: The status is called "OK", so the level is too.
# says: answered is 'OK', which is none of the five names
answered = "OK"
filled_in = "DEBUG"
bad_request = "INFO"
second_attempt = "WARNING"
unforeseen = "ERROR"
no_model = "CRITICAL"

# %% wrong-short-name
# why: The level has a short name in logging, logging.WARN, which is out of use.
# says: second_attempt is 'WARN'
answered = "INFO"
filled_in = "DEBUG"
bad_request = "INFO"
second_attempt = "WARN"
unforeseen = "ERROR"
no_model = "CRITICAL"

# %% wrong-bad-request-is-odd
# why: A client that gets it wrong is something odd, so it is a warning.
# says: bad_request at WARNING
answered = "INFO"
filled_in = "DEBUG"
bad_request = "WARNING"
second_attempt = "WARNING"
unforeseen = "ERROR"
no_model = "CRITICAL"

# %% wrong-no-quotation-marks
# why: Takes the levels for names that Python knows.
# says: INFO stands there as a name
answered = INFO
filled_in = DEBUG
bad_request = INFO
second_attempt = WARNING
unforeseen = ERROR
no_model = CRITICAL

# %% right-numbers-and-small-letters
import logging

answered = logging.INFO
filled_in = "debug"
bad_request = " Info "
second_attempt = logging.WARNING
unforeseen = logging.ERROR
no_model = logging.CRITICAL
