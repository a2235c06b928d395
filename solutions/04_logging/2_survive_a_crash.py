# Exercise 04.2: A log that survives a crash
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import logging
import os
import sys


def set_up(file: str) -> logging.Logger:
    """Return the logger "prices", which appends its lines to the file."""
    logger = logging.getLogger("prices")
    logger.setLevel(logging.INFO)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    return logger


if __name__ == "__main__":
    logger = set_up(sys.argv[1])
    for message in sys.argv[2:]:
        logger.info(message)
        logger.debug("not wanted: %s", message)
    os._exit(1)  # dies here and now: whatever Python would still have written is lost
