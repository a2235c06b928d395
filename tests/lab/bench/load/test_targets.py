"""Only this machine, and hosts whose owner says so, are put under load."""

from __future__ import annotations

import socket

import pytest

from lab.bench.load.targets import Target, TargetError, checked_target

ELSEWHERE = {"my.host": ["192.0.2.7"], "mixed.host": ["127.0.0.1", "192.0.2.8"]}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let some names have addresses, without asking anybody."""
    ask = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, **options: int) -> list[tuple[object, ...]]:
        found = ELSEWHERE.get(host)
        if found is None:
            return list(ask(host, port, **options))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "localhost"])
def test_this_machine_is_a_target(host: str) -> None:
    assert checked_target(f"http://{host}:80").port == 80
    assert checked_target(f"http://{host}:80").address.startswith("127.")


def test_an_address_of_version_6_is_named_as_a_header_has_it() -> None:
    assert checked_target("http://[::1]:80") == Target("::1", "::1", 80)
    assert Target("::1", "::1", 80).name == "[::1]:80"


@pytest.mark.parametrize("host", ["my.host", "mixed.host", "192.0.2.9", "0.0.0.0", "10.0.0.1"])
def test_any_other_host_is_refused_with_what_to_do(host: str) -> None:
    with pytest.raises(TargetError, match=f"If the server is yours, .* --i-own {host}"):
        checked_target(f"http://{host}:80", owned=["another.host"])


def test_a_host_that_is_owned_by_name_is_a_target() -> None:
    assert checked_target("http://my.host:80", owned=["My.Host"]).address == "192.0.2.7"


def test_a_url_that_is_not_a_server_is_refused() -> None:
    with pytest.raises(TargetError, match="write it like http://127"):
        checked_target("127.0.0.1:80")
