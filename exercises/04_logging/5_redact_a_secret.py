# Exercise 04.5: Keep a secret out of the log
#
# **Goal.** A handler with the filter `Redact` writes `***` for whatever stands behind `password=`,
# `token=` or `api_key=`, and leaves the rest of each line as it is.
#
# A value ends at the next blank, `&`, or the end of the line. Capitals do not matter: `Token=` is
# meant as well. `filter` returns `True` for a record that is to be written.
#
# Check it: .venv/bin/lab check 04.5 in a terminal, or check("04.5") in a notebook.

import logging
import re

SECRET = re.compile(r"(password|token|api_key)=[^\s&]*", re.IGNORECASE)


class Redact(logging.Filter):
    """Writes *** for the values of passwords, tokens and keys."""

    def filter(self, record: logging.LogRecord) -> bool:
        ...  # Change the record: record.msg is its text, record.args its values.
        return True
