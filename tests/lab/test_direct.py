"""A proxy of the network is not asked for this machine, and for others still is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lab.direct import reach_this_machine_directly

ASK = """
import lab
from requests.utils import get_environ_proxies as proxies
for host in ("127.0.0.1:8000", "localhost:8000", "a.example"):
    print(proxies(f"http://{host}/").get("http"))
"""


def test_requests_asks_this_machine_directly_and_others_by_the_proxy() -> None:
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = [sys.executable, "-c", ASK]
    environment = {**plain, "http_proxy": "http://proxy.example:3128"}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["None", "None", "http://proxy.example:3128"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {}),
        ({"HTTP_PROXY": ""}, {}),
        ({"HTTPS_PROXY": "p"}, {"no_proxy": "127.0.0.1,localhost"}),
        (
            {"http_proxy": "p", "NO_PROXY": "localhost, .school.example"},
            {"no_proxy": "localhost,.school.example,127.0.0.1"},
        ),
    ],
)
def test_what_was_excepted_stays_so_and_nothing_changes_without_a_proxy(
    before: dict[str, str], after: dict[str, str]
) -> None:
    environment = dict(before)
    reach_this_machine_directly(environment)
    assert environment.get("no_proxy") == after.get("no_proxy")
    again = dict(environment)
    reach_this_machine_directly(again)
    assert again == environment
