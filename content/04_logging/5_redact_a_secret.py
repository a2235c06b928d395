# %% goal [markdown]
# # Keep a secret out of the log
#
# **Goal.** A handler with the filter `Redact` writes `***` for whatever stands behind `password=`,
# `token=` or `api_key=`, and leaves the rest of each line as it is.
#
# A value ends at the next blank, `&`, or the end of the line. Capitals do not matter: `Token=` is
# meant as well. `filter` returns `True` for a record that is to be written.

# %% instructor [markdown]
# Minutes: 8
#
# A net below, for the day on which somebody logs a whole URL. What goes wrong: the secret sits in
# the values and not in the text, there are two in one line, or the filter forgets to return True
# and silences the whole log. Ask afterwards what no filter can find: a password without its name.

# %% solution
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=[^\s&]*", re.IGNORECASE)


class Redact(logging.Filter):
    """Writes *** for the values of passwords, tokens and keys."""

    def filter(self, record: logging.LogRecord) -> bool:
        # BEGIN SOLUTION: ...  # Change the record: record.msg is its text, record.args its values.
        record.msg = SECRET.sub(r"\1=***", record.getMessage())
        record.args = ()
        # END SOLUTION
        return True


# %% check
import io
import logging
import sys

from lab.exercises.checking import Answer, expect, expect_equal, not_yet


class Watched(logging.StreamHandler[io.StringIO]):
    """Keeps what goes wrong while it writes. A usual handler prints that and goes on."""

    failure: BaseException | None = None

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002 - its name there
        self.failure = sys.exc_info()[1]


def check(answer: Answer) -> None:
    secrets = [f"s{answer.random.randrange(10**6, 10**7)}" for _ in range(6)]
    first, second, third, fourth, fifth, sixth = secrets
    stream = io.StringIO()
    handler = Watched(stream)
    handler.addFilter(answer.get("Redact")())
    logger = logging.Logger("prices", level=logging.INFO)
    logger.addHandler(handler)

    logger.info("12 columns of 79 were sent")
    logger.info("%s took %d ms", "GET /price", 7)
    plain = stream.getvalue()
    logger.info(f"GET /price?area=900&token={first}&floor=2")
    logger.info("asked with token=%s from %s", second, "the page")
    logger.info("GET %s", f"/login?password={third}")
    logger.info(f"api_key={fourth} password={fifth} were sent")
    logger.info("Token=%s is too old", sixth)
    lines = stream.getvalue().removeprefix(plain).splitlines()

    if handler.failure is not None:
        not_yet(
            f"A record that had passed the filter could not be written: {handler.failure}. "
            "Its text and its values no longer fit together.",
            hint="A text whose gaps are filled needs no values any more: see record.args.",
        )
    expect(
        plain,
        "A line without any secret was not written.",
        hint="A filter that returns nothing lets nothing through: True is wanted.",
    )
    expect_equal(
        plain,
        "12 columns of 79 were sent\nGET /price took 7 ms\n",
        "The output for two lines without a secret",
    )
    expect_equal(len(lines), 5, "The number of lines written for five with secrets")
    for line, hidden, what in zip(lines, HIDDEN, WHAT, strict=True):
        for secret in secrets:
            expect(secret not in line, f"{what}: it was written as '{line}'.", hint=hidden)
    wanted = [
        "GET /price?area=900&token=***&floor=2",
        "asked with token=*** from the page",
        "GET /login?password=***",
        "api_key=*** password=*** were sent",
        "Token=*** is too old",
    ]
    for line, right in zip(lines, wanted, strict=True):
        expect_equal(line, right, "A line", hint="Only the value goes; all around it stays.")


WHAT = (
    "The token in the text of a message can still be read",
    "A token among the values can still be read",
    "A password inside a value can still be read",
    "A line with two secrets shows at least one",
    "A token behind `Token=`, with a capital, can still be read",
)
HIDDEN = (
    "re.sub replaces what a pattern finds.",
    "The text has %s in it, and the token is in record.args. What joins the two?",
    "The text has %s in it, and the password is in record.args. What joins the two?",
    "Replace all of them, not the first.",
    "A pattern can be told to ignore capitals: re.IGNORECASE.",
)

# %% hints [markdown]
# - A record keeps its text (`record.msg`) and its values (`record.args`) apart. The secret may be
#   in either. `record.getMessage()` joins them.
# - When `record.msg` is the finished text, `record.args` must be empty, or the handler tries to
#   put the values in once more.
# - `SECRET.sub(r"\1=***", text)` keeps the name that stood in the brackets of the pattern and
#   replaces the rest of what it found.

# %% wrong-text-only
# why: The message is record.msg.
# says: A token among the values can still be read
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=(?!%)[^\s&]*", re.IGNORECASE)


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = SECRET.sub(r"\1=***", record.msg)
        return True


# %% wrong-values-left
# why: The finished text goes into record.msg, and that is all.
# says: Its text and its values no longer fit together
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=[^\s&]*", re.IGNORECASE)


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = SECRET.sub(r"\1=***", record.getMessage())
        return True


# %% wrong-returns-nothing
# why: The filter changes the record, so there is nothing to return.
# says: A line without any secret was not written
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=[^\s&]*", re.IGNORECASE)


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = SECRET.sub(r"\1=***", record.getMessage())
        record.args = ()


# %% wrong-drops-the-line
# why: A line with a secret had better not be written at all.
# says: The number of lines written for five with secrets should be 5, but is 0
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=", re.IGNORECASE)


class Redact(logging.Filter):
    def filter(self, record):
        return not SECRET.search(record.getMessage())


# %% wrong-first-only
# why: There is one secret in a line.
# says: A line with two secrets shows at least one
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=[^\s&]*", re.IGNORECASE)


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = SECRET.sub(r"\1=***", record.getMessage(), count=1)
        record.args = ()
        return True


# %% wrong-capitals
# why: The names are written in small letters.
# says: with a capital, can still be read
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=[^\s&]*")


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = SECRET.sub(r"\1=***", record.getMessage())
        record.args = ()
        return True


# %% wrong-rest-of-the-line
# why: Everything behind the equals sign belongs to the secret.
# says: A line should be 'GET /price?area=900&token=***&floor=2'
import logging
import re

SECRET = re.compile(r"(password|token|api_key)=.*", re.IGNORECASE)


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = SECRET.sub(r"\1=***", record.getMessage())
        record.args = ()
        return True


# %% right-without-a-pattern
import logging

NAMES = ("password=", "token=", "api_key=")


class Redact(logging.Filter):
    def filter(self, record):
        text = record.getMessage()
        for name in NAMES:
            place = text.lower().find(name)
            while place >= 0:
                start = end = place + len(name)
                while end < len(text) and text[end] not in " &\t\n":
                    end += 1
                text = text[:start] + "***" + text[end:]
                place = text.lower().find(name, start)
        record.msg, record.args = text, None
        return 1
