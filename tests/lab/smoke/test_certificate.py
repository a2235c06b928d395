"""`lab smoke` on a copy that keeps the contract, on one that does not, and on none."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from lab import servers
from lab.cli import main
from lab.smoke.certificate import _check


def test_a_good_copy_gets_a_certificate(flask_server: servers.Server) -> None:
    server = flask_server  # which of the two it is plays no part: tests/contract holds both
    run = CliRunner().invoke(main, ["smoke", server.url, "--json"])
    assert run.exit_code == 0, run.output
    certificate = json.loads(run.output)
    assert certificate["held"] is True
    assert certificate["url"] == server.url
    names = [check["name"] for check in certificate["checks"]]
    assert len(names) > 50
    assert "health says who answers" in names
    assert "bad bodies get a problem document: NaN" in names


class Impostor(BaseHTTPRequestHandler):
    """Says that it is the API, and answers everything alike."""

    def answer(self) -> None:
        """Answer with a health document."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b'{"name": "x", "api_version": "1", "model_version": "1"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_HEAD = answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def impostor() -> Iterator[str]:
    """The URL of a server that does not keep the contract."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Impostor) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_bad_copy_gets_none_and_is_told_why(impostor: str) -> None:
    run = CliRunner().invoke(main, ["smoke", impostor])
    assert run.exit_code == 1
    assert "FAILED   an unknown path is a 404: /nothing" in run.output
    assert "failed" in run.output.splitlines()[-1]


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("", ""),
        ('<failure message="assert 1 == 2&#10;more"/>', "assert 1 == 2"),
        ('<error message="no fixture"/>', "no fixture"),
        ('<skipped message="needs a browser"/>', "was not checked: needs a browser"),
        ("<skipped/>", "was not checked: skipped"),
    ],
)
def test_only_what_was_asked_and_answered_rightly_has_held(inside: str, fault: str) -> None:
    case = ElementTree.fromstring(f'<testcase name="test_health[url]">{inside}</testcase>')
    check = _check(case)
    assert (check.name, check.fault, check.held) == ("health", fault, not fault)


def test_nothing_there_is_said_without_a_traceback() -> None:
    run = CliRunner().invoke(main, ["smoke", f"http://127.0.0.1:{servers.free_port()}"])
    assert run.exit_code == 1
    assert "Is it running" in run.output


def test_a_word_is_not_a_url() -> None:
    run = CliRunner().invoke(main, ["smoke", "my-app"])
    assert run.exit_code == 1
    assert "not a URL" in run.output
