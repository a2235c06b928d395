# Exercise 06.3: Design a fair comparison
#
# **Goal.** Set `design` such that nothing is left in it that could decide the comparison instead of
# the two servers.
#
# The question is whether Flask on gunicorn or FastAPI on uvicorn prices more houses a second. A
# colleague has written the design `COLLEAGUE`. It has at least seven faults. You may keep what is
# right in it, and change the settings of either server.
#
# `blocks` is the order of the runs: a list of blocks, and each block is a list of the names of the
# servers that run in it, one after the other. At least ten blocks are wanted. For `summary`,
# choose one of `"best run"`, `"mean of all runs"` and `"ratio of each pair"`; for
# `margin_is_chosen`, `"before the measurement"` or `"after the measurement"`.
#
# Check it: .venv/bin/lab check 06.3 in a terminal, or check("06.3") in a notebook.

import random

COLLEAGUE = {
    "flask": {"workers": 2, "access_log": True, "keep_alive": False, "checks_the_body": True},
    "fastapi": {"workers": 1, "access_log": False, "keep_alive": True, "checks_the_body": True},
    "blocks": [["flask", "flask", "flask"], ["fastapi", "fastapi", "fastapi"]],
    "warm_up_seconds": 0,
    "fresh_server_for_each_run": False,
    "summary": "best run",
    "margin_is_chosen": "after the measurement",
}

design = {**COLLEAGUE, "flask": ..., "blocks": ...}  # and what else is wrong
