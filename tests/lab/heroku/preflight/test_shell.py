"""Words as a shell makes them: compared with a real one."""

from __future__ import annotations

import subprocess

import pytest

from lab.heroku.preflight.shell import LITERAL, words

LINES = [
    "show --port $PORT",
    'show --port "$PORT"',
    "show --port '$PORT'",
    r"show --port \$PORT",
    r'show --port "\$PORT"',
    "show 0.0.0.0:${PORT}",
    "show \"'$PORT'\"",
    "sh -c 'show $PORT'",
    "sh -c \"show '$PORT'\"",
    r'sh -c "show \$PORT"',
    r"sh -c 'show \$PORT'",
    "sh -c 'true' arguments && show $PORT",
    "true; show it' 'one",
]


@pytest.mark.parametrize("line", LINES)
def test_words_are_those_that_a_shell_hands_over(line: str) -> None:
    # A program that shows its arguments, for this shell and the ones that it starts.
    script = f"show() {{ printf '<%s>' \"$@\"; }}; export -f show; {line}"
    shown = subprocess.run(
        ["bash", "-c", script.replace("sh -c", "bash -c")],
        env={"PORT": "5000", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    found = words(line)
    expected = found[found.index("show") + 1 :]
    told = [word.replace("${PORT}", "5000").replace("$PORT", "5000") for word in expected]
    assert "".join(f"<{word.replace(LITERAL, '$')}>" for word in told) == shown


def test_an_open_quote_is_split_at_blanks() -> None:
    assert words("uvicorn 'app:app --port $PORT") == [
        "uvicorn",
        "'app:app",
        "--port",
        LITERAL + "PORT",
    ]
