# Exercise 06.3: Design a fair comparison
# One right answer of many. The exercise, with its text, is the file of the same name in
# exercises/.

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

same = {"workers": 1, "access_log": True, "keep_alive": True, "checks_the_body": True}
order = random.Random(1)
design = {
    "flask": same,
    "fastapi": same,
    "blocks": [order.sample(["flask", "fastapi", "fastapi"], 3) for _ in range(12)],
    "warm_up_seconds": 0.5,
    "fresh_server_for_each_run": True,
    "summary": "ratio of each pair",
    "margin_is_chosen": "before the measurement",
}
