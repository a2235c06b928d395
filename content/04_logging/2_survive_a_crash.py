# %% goal [markdown]
# # A log that survives a crash
#
# **Goal.** After `set_up(file)`, every line from INFO on is in the file with its time and its
# level, behind what the file held before, even when the process dies right after it.
#
# `set_up` is given the name of a file and returns the logger "prices". It must not matter how
# often it is called: each line is written once. The last lines of the stub let the check run your
# program and have it die; leave them as they are.

# %% instructor [markdown]
# Minutes: 6
#
# The four things that go wrong with a first log file: INFO is below the level that a logger has
# when nobody sets one, the file is emptied at each start, the lines carry no time, and a function
# that runs twice adds a second handler. It is checked with a process that really dies.

# %% solution
import logging
import os
import sys


def set_up(file: str) -> logging.Logger:
    """Return the logger "prices", which appends its lines to the file."""
    logger = logging.getLogger("prices")
    # BEGIN SOLUTION: ...  # Give the logger a level and a handler, and the handler a formatter.
    logger.setLevel(logging.INFO)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    # END SOLUTION
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
        logger.debug("not wanted: %s", message)
    os._exit(1)  # dies here and now: whatever Python would still have written is lost


# %% check
import logging
import re
from pathlib import Path

from lab.exercises.checking import Answer, expect, not_yet

EARLIER = "an earlier line, written before this start\n"


def check(answer: Answer) -> None:
    file = answer.file.with_name("check.log")
    file.write_text(EARLIER, encoding="utf-8")
    areas = [answer.random.randrange(500, 3000) for _ in range(3)]
    messages = [f"asked for a price: area={area}" for area in areas]
    answer.run(str(file), *messages)
    written = file.read_text(encoding="utf-8")
    expect(
        written.startswith(EARLIER),
        "The file held a line already, and it is gone: the new start has emptied the file.",
        hint="Which mode does the handler open its file in? FileHandler appends by itself.",
    )
    lines = written.removeprefix(EARLIER).splitlines()
    twice = answer.file.with_name("twice.log")
    logger = answer.call("set_up", str(twice))
    for message in messages:
        if not any(message in line for line in lines):
            missing(message, logger)
    expect(
        not any("not wanted" in line for line in lines),
        "The file also has lines at DEBUG. Only those from INFO on were wanted.",
        hint="Which level has the logger?",
    )
    line = next(line for line in lines if messages[0] in line)
    expect("INFO" in line, f"The line does not say its level: '{line}'", hint=FORMATTER)
    expect(
        re.search(r"\d\d:\d\d", line), f"The line does not say its time: '{line}'", hint=FORMATTER
    )
    answer.call("set_up", str(twice)).info("once only")
    check_once(twice)


FORMATTER = "A formatter gives the handler's lines their form: %(asctime)s, %(levelname)s."


def missing(message: str, logger: object) -> None:
    observed = (
        f"A program logged three lines at INFO and died. The line '{message}' is not in the file"
    )
    expect(
        isinstance(logger, logging.Logger),
        f"set_up should return a logger, but returns {logger!r}.",
    )
    assert isinstance(logger, logging.Logger)
    if logger.isEnabledFor(logging.INFO):
        not_yet(
            f"{observed}: it had not been written yet when the process died.",
            hint="Handlers of the standard library write at once, unless one is put before them.",
        )
    level = logging.getLevelName(logger.getEffectiveLevel())
    not_yet(
        f"{observed}: the logger takes only lines from {level} on.",
        hint="A logger that is given no level has that of the root logger: WARNING.",
    )


def check_once(file: Path) -> None:
    times = file.read_text(encoding="utf-8").count("once only")
    expect(
        times == 1,
        f"set_up was called twice, and one line was then written {times} times.",
        hint="The logger of a name is always the same one. Its second handler joins the first.",
    )


# %% hints [markdown]
# - Three things are needed: the level of the logger, a handler that writes to a file, and a
#   formatter for that handler.
# - `logging.FileHandler(file, encoding="utf-8")` appends to what the file holds and writes each
#   line at once. `logger.handlers` is the list of the handlers that a logger has already.
# - `logger.handlers.clear()`, then `logger.setLevel(...)`, `handler = logging.FileHandler(...)`,
#   `handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))`,
#   `logger.addHandler(handler)`.

# %% wrong-no-level
# why: A logger with a handler writes everything that it is given.
# says: the logger takes only lines from WARNING on
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.handlers.clear()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-emptied-at-each-start
# why: A file that is written to is opened with "w", as always.
# says: the new start has emptied the file
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.FileHandler(file, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-no-time
# why: The handler is there, and nobody has thought of the form of the lines.
# says: does not say its level
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    logger.addHandler(logging.FileHandler(file, encoding="utf-8"))
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-second-handler
# why: Each call makes a new logger, so a new handler does no harm.
# says: was then written 2 times
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-all-levels
# why: Everything that a program has to say belongs into the file.
# says: also has lines at DEBUG
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("DEBUG")
    logger.handlers.clear()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
        logger.debug("not wanted: %s", message)
    os._exit(1)

# %% wrong-kept-in-memory
# why: Writing each line by itself is slow, so a hundred are collected first.
# says: it had not been written yet when the process died
import logging
import os
import sys
from logging.handlers import MemoryHandler


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    target = logging.FileHandler(file, encoding="utf-8")
    target.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(MemoryHandler(100, target=target))
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% right-basic-config
import logging
import os
import sys


def set_up(file):
    logging.basicConfig(
        filename=file,
        level=logging.INFO,
        format="{asctime} | {levelname:<8} | {message}",
        style="{",
        force=True,
    )
    return logging.getLogger("prices")


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
        logger.debug("not wanted: %s", message)
    os._exit(1)
