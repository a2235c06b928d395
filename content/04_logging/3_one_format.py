# %% goal [markdown]
# # One format for everybody
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

# %% instructor [markdown]
# Minutes: 8
#
# A server's log is written by several libraries. This is the bridge that the project's two apps
# stand on (apps/house_prices/logs.py). What goes wrong: a record's text and its values are two
# things, the name of the handler's own module appears, and the root logger keeps back INFO. The
# lesson's own handler fails here: it breaks on a level that loguru does not know, and the exception
# hits whoever logged.

# %% solution
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    """Hands what is said through the standard library to loguru."""

    def emit(self, record):
        # BEGIN SOLUTION: ...  # Say it again through loguru: same level, same name, same message.
        try:
            level = logger.level(record.levelname).name
        except ValueError:  # loguru knows no such level, but it takes any number
            level = record.levelno
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(level, "{}", record.getMessage())
        # END SOLUTION


def set_up(sink):
    """Send the lines of loguru and of the standard library to one sink, in one form."""
    # BEGIN SOLUTION: ...  # One sink for loguru, one handler for the root logger.
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}", diagnose=False)
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)
    # END SOLUTION


# %% check
import contextlib
import io
import logging

from lab.exercises.checking import Answer, expect, expect_equal, not_yet


def check(answer: Answer) -> None:
    heard: list[str] = []
    elsewhere, before = io.StringIO(), io.StringIO()
    earlier = logging.StreamHandler(before)
    logging.getLogger().addHandler(earlier)
    with contextlib.redirect_stderr(elsewhere):
        from loguru import logger  # here: its first sink is whatever stderr is when it is loaded

        answer.call("set_up", lambda line: heard.append(str(line)))
        left = answer.random.randrange(2, 90)
        library = logging.getLogger(f"library{left}.pool")
        library.warning("%d of %s connections left {really}", left, "90")
        library.info("a line at INFO")
        library.debug("a line at DEBUG")
        logger.info("said through loguru")
        try:
            raise KeyError("no such listing")
        except KeyError:
            library.exception("it failed")
        say_on_its_own_level(library)
    if "basicConfig" in answer.source and logging.getLogger().handlers == [earlier]:
        not_yet(
            "The root logger had a handler before set_up, and has only that one after it: yours is "
            "not there.",
            hint="basicConfig does nothing where there is a handler already, unless force=True.",
        )
    check_library(heard, f"library{left}.pool", f"{left} of 90 connections left {{really}}")
    check_rest(heard, elsewhere.getvalue())
    expect(
        not before.getvalue(),
        "A library's line also went to the handler that the root logger had before set_up.",
        hint="Take away what is there before you add your own.",
    )


NOTICE = 25
raised: list[ValueError] = []


def say_on_its_own_level(library: logging.Logger) -> None:
    """What the handler raises here hits the library; the other mistakes are told first."""
    logging.addLevelName(NOTICE, "NOTICE")
    try:
        library.log(NOTICE, "a line at NOTICE")
    except ValueError as error:
        raised.append(error)


def check_library(heard: list[str], name: str, message: str) -> None:
    found = [line for line in heard if "connections left" in line]
    expect(
        found,
        "A library logged a warning through the standard library, and it did not reach the sink.",
        hint="Who hears what the library says? A handler of the root logger hears everybody.",
    )
    expect(len(found) == 1, f"The library's warning came {len(found)} times.", hint="Once each.")
    expect(
        "%" not in found[0],
        f"The message lacks its values: '{found[0].strip()}'",
        hint="A record keeps the text and the values apart. Which of its methods joins them?",
    )
    parts = [part.strip() for part in found[0].split("|")]
    expect_equal(len(parts), 3, f"The number of parts of '{found[0].strip()}' between the bars")
    expect(
        parts[0] == "WARNING",
        f"The library's warning should begin with its level, WARNING, but is '{found[0].strip()}'",
        hint="The form of the lines is the format that the sink is added with.",
    )
    expect(
        parts[1] == name,
        f"The logger '{name}' spoke, but the line names '{parts[1]}'.",
        hint="The record knows the name of its logger; loguru has to be told.",
    )
    expect_equal(parts[2], message, "The library's message")


def check_rest(heard: list[str], elsewhere: str) -> None:
    expect(
        any("a line at INFO" in line for line in heard),
        "A library's line at INFO did not reach the sink; its warning did.",
        hint="The root logger has a level too: WARNING, unless it is given another.",
    )
    expect(not any("at DEBUG" in line for line in heard), "A line at DEBUG reached the sink.")
    own = [line for line in heard if "said through loguru" in line]
    expect(own, "What was said through loguru did not reach the sink.")
    expect_equal(len(own), 1, "How often loguru's own line reached the sink")
    expect(own[0].startswith("INFO"), f"loguru's own line has another form: '{own[0].strip()}'")
    expect(
        any("KeyError" in line for line in heard),
        "A library logged an exception. Its message arrived, but not its traceback.",
        hint="record.exc_info has the exception; logger.opt takes it.",
    )
    expect(
        "said through loguru" not in elsewhere,
        "Each line also went to standard error, in loguru's own format.",
        hint="loguru has a sink from the start: what takes it away?",
    )
    for error in raised:
        not_yet(
            f"A library logged a line at its own level NOTICE, and got a ValueError: {error}.",
            hint="logger.level(name) raises the same where loguru does not know the name. A level "
            "may also be a number: record.levelno.",
        )
    notice = [line for line in heard if "a line at NOTICE" in line]
    expect_equal(len(notice), 1, "How often a library's line at its own level NOTICE arrived")
    expect(
        "NOTICE" in notice[0].split("|")[0] or str(NOTICE) in notice[0].split("|")[0],
        f"The line at NOTICE has neither the level's name nor its number: '{notice[0].strip()}'",
    )


# %% hints [markdown]
# - Two halves: loguru gets one sink of your own (`logger.remove`, `logger.add`), and the root
#   logger gets one handler, yours (`logging.basicConfig` with `handlers`, `level` and `force`).
# - The handler's `emit` has to pass on four things: `record.levelname`, `record.name`,
#   `record.getMessage()` and `record.exc_info`.
# - `logger.level("NOTICE")` raises ValueError where loguru knows no such level. Then the number,
#   `record.levelno`, will do.
# - `logger.patch(lambda entry: entry.update(name=record.name))` returns a loguru logger that says
#   the next line under that name; `.opt(exception=record.exc_info)` gives it the exception; and
#   `.log(level, "{}", record.getMessage())` says it.

# %% wrong-values-missing
# why: The message of a record is its attribute msg.
# says: The message lacks its values
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(record.levelname, "{}", record.msg)


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}")
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)


# %% wrong-name-of-the-handler
# why: {name} is the name of whoever spoke, so it needs no help.
# says: but the line names
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        logger.opt(exception=record.exc_info).log(record.levelname, "{}", record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}")
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)


# %% wrong-root-keeps-info-back
# why: The level is set where the lines come out, so it needs no second place.
# says: A library's line at INFO did not reach the sink
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(record.levelname, "{}", record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}")
    logging.basicConfig(handlers=[InterceptHandler()], force=True)


# %% wrong-only-loguru
# why: loguru replaces logging, so the libraries follow by themselves.
# says: it did not reach the sink
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        logger.log(record.levelname, record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}")


# %% wrong-first-sink-stays
# why: logger.add replaces the sink that loguru begins with.
# says: also went to standard error
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(record.levelname, "{}", record.getMessage())


def set_up(sink):
    logger.add(sink, level="INFO", format="{level} | {name} | {message}")
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)


# %% wrong-no-traceback
# why: The message says what happened; the exception belongs to it by itself.
# says: but not its traceback
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.log(record.levelname, "{}", record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}")
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)


# %% wrong-loguru-s-own-form
# why: loguru's lines have all that is needed, so its own form will do.
# says: should begin with its level
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        logger.opt(exception=record.exc_info).log(record.levelname, "{}", record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink)
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)


# %% wrong-as-in-the-lesson
# why: There are five levels, and loguru knows them all.
# says: at its own level NOTICE, and got a ValueError
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(record.levelname, "{}", record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}", diagnose=False)
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO, force=True)


# %% wrong-not-forced
# why: basicConfig sets up the root logger, whatever was there before.
# says: had a handler before set_up, and has only that one
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        try:
            level = logger.level(record.levelname).name
        except ValueError:
            level = record.levelno
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(level, "{}", record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}", diagnose=False)
    logging.basicConfig(handlers=[InterceptHandler()], level=logging.INFO)


# %% wrong-earlier-handler-stays
# why: A handler is added, and the one that is there is left.
# says: also went to the handler that the root logger had
import logging

from loguru import logger


class InterceptHandler(logging.Handler):
    def emit(self, record):
        try:
            level = logger.level(record.levelname).name
        except ValueError:
            level = record.levelno
        named = logger.patch(lambda entry: entry.update(name=record.name))
        named.opt(exception=record.exc_info).log(level, "{}", record.getMessage())


def set_up(sink):
    logger.remove()
    logger.add(sink, level="INFO", format="{level} | {name} | {message}", diagnose=False)
    logging.getLogger().addHandler(InterceptHandler())
    logging.getLogger().setLevel("INFO")


# %% right-bound-name
import logging

from loguru import logger


class Bridge(logging.Handler):
    def emit(self, record):
        said = logger.bind(source=record.name).opt(exception=record.exc_info, depth=1)
        level = record.levelname if record.levelno % 10 == 0 else record.levelno
        said.log(level, record.getMessage().replace("{", "{{").replace("}", "}}"), 0)


def form(entry):
    entry["extra"].setdefault("source", entry["name"])
    return "{level} | {extra[source]} | {message}\n{exception}"


def set_up(sink):
    logger.configure(handlers=[{"sink": sink, "format": form, "level": 20}])
    root = logging.getLogger()
    root.handlers = [Bridge()]
    root.setLevel("INFO")
