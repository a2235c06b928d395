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
    """Return what a page is to link to for an address of a server of this computer.

    On a JupyterHub it is a path below the Hub's own address.
    """
    return _behind(os.environ.get("JUPYTERHUB_SERVICE_PREFIX"), url)


def browser_note(url: str) -> str:
    """Return a sentence for a terminal: where the browser finds the server. Empty when as given."""
    there = browser_url(url)
    if there == url:
        return ""
    # Empty unless the Hub was told its own address.
    if address := os.environ.get("JUPYTERHUB_PUBLIC_URL"):
        return f"In your browser it is at {_behind(address, url)}"
    return f"In your browser it is at {there}, behind the address of the Hub"


def _behind(jupyterlab: str | None, url: str) -> str:
    """Return the address at which a learner's JupyterLab passes requests on, when it does."""
    parts = urlsplit(url)
    passes_on = jupyterlab and importlib.util.find_spec("jupyter_server_proxy")
    if not passes_on or parts.hostname != HOST:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{jupyterlab}proxy/{parts.port}{parts.path or '/'}{query}"
