# Exercise 08.3: Which release answers?
#
# **Goal.** `running(events)` returns number, commit and config vars of the release that runs at the
# end, such as `{"release": "v3", "commit": "a1b2c3", "config": {"LOG_LEVEL": "DEBUG"}}`.
#
# Each event makes one release. The first is `v1`.
#
# - `("deploy", "a1b2c3")`: a push of that commit. The config vars stay.
# - `("config", "LOG_LEVEL", "DEBUG")`: a config var is set. The commit stays.
# - `("rollback", 1)`: back to the code *and the config vars* of `v1`. That makes a new release too.
#
# The first event is always a deploy, and there is no config var before.
#
# Check it: .venv/bin/lab check 08.3 in a terminal, or check("08.3") in a notebook.

from typing import Any


def running(events: list[tuple[Any, ...]]) -> dict[str, Any]:
    ...  # Your code here.
