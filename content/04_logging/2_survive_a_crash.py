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

PROBE = "a line of the check"
EARLIER = "an earlier line, written before this start\n"


def check(answer: Answer) -> None:
    file = answer.file.with_name("check.log")
    file.write_text(EARLIER, encoding="utf-8")
    areas = [answer.random.randrange(500, 3000) for _ in range(3)]
    messages = [f"asked for a price: area={area}" for area in areas]
    run = answer.run(str(file), *messages)
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
            missing(message, logger, twice, lines, run.stderr)
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


def missing(message: str, logger: object, file: Path, lines: list[str], errors: str) -> None:
    """Say why no line has the message. `file` is what the logger was set up with here."""
    lost = f"A program logged three lines at INFO and died. The line '{message}' is not in the file"
    expect(
        isinstance(logger, logging.Logger),
        f"set_up should return a logger, but returns {logger!r}.",
    )
    assert isinstance(logger, logging.Logger)
    handlers = handlers_of(logger)
    expect(
        handlers,
        f"{lost}: the logger that set_up returns has no handler.",
        hint="A handler that is made and not added to the logger gets no lines.",
    )
    places = [place_of(handler) for handler in handlers]
    expect(
        "" in places or str(file.resolve()) in places,
        f"{lost}: the handler writes to {' and '.join(map(shown, places))}, and not to the file "
        "that set_up is given.",
        hint="Which class of handler writes to a file, and whose name does it get?",
    )
    lowest = min(handler.level for handler in handlers)
    expect(
        lowest <= logging.INFO,
        f"{lost}: the handler takes only lines from {logging.getLevelName(lowest)} on.",
        hint="A handler has a level as well. One that is given none takes everything.",
    )
    if "Logging error" in errors:
        said = [line for line in errors.splitlines() if re.match(r"\w+Error\b", line)]
        quoted = said[0] if said else errors
        not_yet(f"{lost}: the form of the lines has a mistake. Python says {quoted}", hint=GAPS)
    level = logging.getLevelName(logger.getEffectiveLevel())
    expect(
        logger.isEnabledFor(logging.INFO),
        f"{lost}: the logger takes only lines from {level} on.",
        hint="A logger that is given no level has that of the root logger: WARNING.",
    )
    if lines:
        not_yet(
            f"{lost}. What is there instead: '{lines[0]}'",
            hint=f"The message has a gap of its own. {GAPS}",
        )
    logger.info(PROBE)
    expect(
        not (file.exists() and PROBE in file.read_text(encoding="utf-8")),
        f"{lost}, although the logger that set_up returns writes to it. Your program did not log "
        "through that logger.",
        hint="Are the last lines of the stub still there, as they were?",
    )
    not_yet(
        f"{lost}: it had not been written yet when the process died.",
        hint="Handlers of the standard library write at once, unless one is put before them.",
    )


GAPS = "Each gap of a formatter is %, a name in brackets, and a letter: %(asctime)s."


def handlers_of(logger: logging.Logger) -> list[logging.Handler]:
    """Return the handlers that get the logger's lines: its own, and those above it."""
    found = list(logger.handlers)
    while logger.propagate and logger.parent:
        logger = logger.parent
        found += logger.handlers
    return found


def place_of(handler: logging.Handler) -> str:
    """Return where a handler writes: its file, "the screen", or "" when that is not known."""
    if isinstance(handler, logging.FileHandler):
        return str(Path(handler.baseFilename).resolve())
    return "the screen" if type(handler) is logging.StreamHandler else ""


def shown(place: str) -> str:
    return place if place == "the screen" else f"the file {Path(place).name}"


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

# %% wrong-handler-not-added
# why: The handler is made, and the last step forgotten.
# says: the logger that set_up returns has no handler
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-handler-at-warning
# why: The handler gets a level of its own, above INFO.
# says: the handler takes only lines from WARNING on
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setLevel("WARNING")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-to-the-screen
# why: StreamHandler writes lines as well, but to the screen.
# says: the handler writes to the screen
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-another-file
# why: The name of the file stands in the program, and the one that is given is not used.
# says: the handler writes to the file prices.log
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.FileHandler("prices.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-gap-without-its-letter
# why: The s behind the brackets is forgotten.
# says: Python says ValueError: unsupported format character
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime): %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-no-gap-for-the-message
# why: The message comes by itself, and the form only adds to it.
# says: What is there instead: 'INFO at 20
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(levelname)s at %(asctime)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
    os._exit(1)

# %% wrong-another-logger
# why: The lines go through the root logger, which nobody has set up.
# says: Your program did not log through that logger
import logging
import os
import sys


def set_up(file):
    logger = logging.getLogger("prices")
    logger.setLevel("INFO")
    logger.handlers.clear()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logging.info(message)
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
