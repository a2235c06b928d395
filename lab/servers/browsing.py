"""Where a browser finds a server of this computer.

On your own computer that is the server's own address. On a JupyterHub the browser runs somewhere
else, and `127.0.0.1` means another computer to it. There the learner's JupyterLab passes its
requests on, when the extension jupyter-server-proxy is installed.
"""

from __future__ import annotations

import importlib.util
import os
from urllib.parse import urlsplit

from lab.servers.ports import HOST


def browser_url(url: str) -> str:
    """Return what to open in a browser for an address of a server of this computer.

    On a JupyterHub it is the path below the Hub's own address, or the whole address when the Hub
    was told its own.
    """
    base = _hub()
    parts = urlsplit(url)
    if not base or parts.hostname != HOST:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{base}proxy/{parts.port}{parts.path or '/'}{query}"


def browser_note(url: str) -> str:
    """Return a sentence for a terminal: where the browser finds the server. Empty when as given."""
    there = browser_url(url)
    if there == url:
        return ""
    where = "" if "://" in there else ", behind the address of the Hub"
    return f"In your browser it is at {there}{where}"


def _hub() -> str:
    """Return where the browser finds this learner's JupyterLab, empty when it is not on a Hub."""
    here = os.environ.get("JUPYTERHUB_PUBLIC_URL") or os.environ.get("JUPYTERHUB_SERVICE_PREFIX")
    return here if here and importlib.util.find_spec("jupyter_server_proxy") else ""
