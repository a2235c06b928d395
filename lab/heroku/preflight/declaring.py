"""Rules for the Procfile: it is there, called so, committed, and declares a web process."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lab.heroku.preflight import procfile
from lab.heroku.preflight.deploy import Deploy
from lab.heroku.preflight.finding import Finding

COMMIT = '\n  git add Procfile && git commit -m "Mend the Procfile"'
ALIKE = re.compile(r"^(pro?c?-?_?files?|procfi?le?|profile)(\.(txt|ya?ml|rtf|md))?$", re.IGNORECASE)


def web_process(deploy: Deploy) -> Iterator[Finding]:
    """A Procfile, spelt so, committed at the root, with a line for web."""
    files, name = deploy.files, procfile.NAME
    if name not in files:
        yield _no_procfile(deploy)
        return
    content = files.bytes_of(name)
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or b"\0" in content:
        yield Finding(
            "dyno::procfile-encoding",
            "error",
            "The Procfile is not plain UTF-8.",
            "It is UTF-16, as PowerShell's > writes it, or begins with a byte order mark. Then its "
            "first line does not begin with web.",
            f"Save the Procfile as UTF-8 without a byte order mark, then run:{COMMIT}",
            leads_to="H14",
        )
        return
    if b"\r\n" in content:
        yield Finding(
            "dyno::procfile-crlf",
            "warning",
            "The Procfile has Windows line ends.",
            "Each line ends with a carriage return, which a shell takes for a part of the last "
            "word. Whether the platform strips it is not documented.",
            "Run:\n  echo 'Procfile text eol=lf' >> .gitattributes\n"
            "  git add .gitattributes && git add --renormalize Procfile\n"
            '  git commit -m "Unix line ends in the Procfile"',
        )
    if deploy.command is None:
        found = procfile.processes(files.text(name))
        declared = f"It declares {', '.join(found)}." if found else "No line of it declares one."
        yield Finding(
            "dyno::no-web-process",
            "error",
            "The Procfile declares no web process.",
            f"{declared} Only a process called web, in small letters, gets requests.",
            "Write a line such as 'web: uvicorn main:app --host 0.0.0.0 --port $PORT', then "
            f"run:{COMMIT}",
            leads_to="H14",
        )


def _no_procfile(deploy: Deploy) -> Finding:
    files = deploy.files
    alike = [name for name in files.at_root if ALIKE.match(name)]
    nested = sorted(path for path in files.files if path.endswith("/Procfile"))
    if alike or nested:
        found = (alike or nested)[0]
        return Finding(
            "dyno::procfile-misspelt",
            "error",
            f"{found} is not read: the file is Procfile, at the root.",
            "The name has one capital letter, no ending, and no folder. Without it no web process "
            "is declared.",
            f"Run:\n  git mv -f {found} Procfile{COMMIT}",
            leads_to="H14",
        )
    if procfile.NAME in deploy.uncommitted:
        return Finding(
            "dyno::procfile-not-committed",
            "error",
            "The Procfile is not committed.",
            "It is in your folder, but only what is committed is pushed. If git add refuses it, "
            ".gitignore names it.",
            "Run:\n  git add --force Procfile" + COMMIT.replace("git add Procfile && ", ""),
            leads_to="H14",
        )
    return Finding(
        "dyno::no-procfile",
        "error",
        "There is no Procfile.",
        "Without it no web process is declared, and the app gets no web dyno.",
        f"Write a Procfile such as 'web: uvicorn main:app --host 0.0.0.0 --port $PORT', then "
        f"run:{COMMIT}",
        leads_to="H14",
    )


def understood(deploy: Deploy) -> Iterator[Finding]:
    """Of a command that these rules do not know, they can say nothing more."""
    command = deploy.command
    if command is None or command.program in procfile.SHORT:
        return
    yield Finding(
        "copy::unknown-command",
        "warning",
        f"What '{command.program or command.text}' starts is unknown here.",
        f"Known are {', '.join(sorted(procfile.SHORT))}. Whether this command binds $PORT, on "
        "which address, and what it imports, was not looked at.",
        "Nothing has to be done. To have it looked at, start the server in the Procfile itself.",
    )
