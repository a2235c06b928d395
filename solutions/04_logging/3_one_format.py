# Exercise 04.3: One format for everybody
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    """Hands what is said through the standard library to loguru."""

    def emit(self, record):
        try:
            level = logger.level(record.levelname).name
        except ValueError:  # loguru knows no such level, but it takes any number
            level = record.levelno
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(level, "{}", record.getMessage())


def set_up(sink):
    """Send the lines of loguru and of the standard library to one sink, in one form."""
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}", diagnose=False)
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)
