# Exercise 04.3: One format for everybody
#
# **Goal.** After `set_up(sink)`, what is said through loguru and what is said through the standard
# library arrives at the same sink and nowhere else, once each, in one form, with the traceback of
# an exception below it: `WARNING | some.library | the message`.
#
# `sink` may be a file, `sys.stdout` or a function: whatever `logger.add` takes. Lines from INFO on
# are wanted. The name is that of the logger that spoke; loguru's own lines have the name of their
# module, which `{name}` gives by itself. A library may have a level of its own, such as `NOTICE`,
# which loguru does not know: its line must arrive as well, with the level's name or its number. The
# root logger may have a handler from before, as servers and libraries leave one behind.
#
# Check it: .venv/bin/lab check 04.3 in a terminal, or check("04.3") in a notebook.

import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    """Hands what is said through the standard library to loguru."""

    def emit(self, record):
        ...  # Say it again through loguru: same level, same name, same message.


def set_up(sink):
    """Send the lines of loguru and of the standard library to one sink, in one form."""
    ...  # One sink for loguru, one handler for the root logger.
