# Exercise 04.2: A log that survives a crash
#
# **Goal.** After `set_up(file)`, every line from INFO on is in the file with its time and its
# level, behind what the file held before, even when the process dies right after it.
#
# `set_up` is given the name of a file and returns the logger "prices". It must not matter how
# often it is called: each line is written once. The last lines of the stub let the check run your
# program and have it die; leave them as they are.
#
# Check it: .venv/bin/lab check 04.2 in a terminal, or check("04.2") in a notebook.

import logging
import os
import sys


def set_up(file: str) -> logging.Logger:
    """Return the logger "prices", which appends its lines to the file."""
    logger = logging.getLogger("prices")
    ...  # Give the logger a level and a handler, and the handler a formatter.
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
        logger.debug("not wanted: %s", message)
    os._exit(1)  # dies here and now: whatever Python would still have written is lost
