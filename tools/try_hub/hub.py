"""The Hub of a trial: the class's own configuration, and what a trial changes in it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import aiohttp

from lab import servers
from lab.servers.stacks import ROOT

CONFIG: Final = ROOT / "classroom" / "jupyterhub" / "jupyterhub_config.py"
START_SECONDS: Final = 300.0
Json: TypeAlias = Any

# All that a trial does through the Hub's API; a class needs none of it.
TRIAL: Final = """
load_subconfig({class_config!r})
c.JupyterHub.load_roles += [
    {{
        "name": "trial",
        "scopes": ["admin:users", "admin:servers", "tokens", "access:servers"],
        "services": ["trial"],
    }}
]
c.JupyterHub.services += [{{"name": "trial", "api_token": {token!r}}}]
"""
FOLDERS: Final = """
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "jupyterhub.spawner.SimpleLocalProcessSpawner"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r}
"""


class TrialError(RuntimeError):
    """The trial found what must not be."""


@dataclass
class Hub:
    """A running Hub, asked through its proxy."""

    url: str
    token: str = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        body: object = None,
        statuses: tuple[int, ...] = (200, 201, 202, 204),
    ) -> Json:
        """Return the JSON of an answer, None without a body.

        Raises:
            TrialError: when the status is another.
        """
        headers = {"Authorization": f"token {token or self.token}"}
        async with self.session.request(
            method, self.url + path, headers=headers, json=body
        ) as answer:
            text = await answer.text()
            if answer.status not in statuses:
                raise TrialError(f"{method} {path}: status {answer.status}: {text[:300]}")
            return await answer.json() if "json" in answer.content_type and text else text or None

    async def start_server(self, name: str) -> str:
        """Start a learner's server, wait until it is ready, and return a token of the learner."""
        await self.ask("POST", f"/hub/api/users/{name}")
        while await self._refused(name):
            await asyncio.sleep(1)
        async with asyncio.timeout(START_SECONDS):
            while not (await self._server(name)).get("ready"):
                await asyncio.sleep(0.2)
        made = await self.ask("POST", f"/hub/api/users/{name}/tokens", body={"note": "trial"})
        return str(made["token"])

    async def _refused(self, name: str) -> bool:
        """Tell whether the Hub starts so many servers that it asks this learner to wait."""
        path = f"/hub/api/users/{name}/server"
        answer = await self.ask("POST", path, statuses=(201, 202, 429))
        return isinstance(answer, dict) and answer.get("status") == 429

    async def _server(self, name: str) -> Mapping[str, Any]:
        user = await self.ask("GET", f"/hub/api/users/{name}")
        found = user["servers"].get("")
        if found is None:
            raise TrialError(f"The server of {name} did not start. The Hub's log says why.")
        return dict(found)


def start(folder: Path, *, own_accounts: bool) -> tuple[servers.Server, str]:
    """Start the Hub with all that it keeps in a folder; return it and the trial's token."""
    token = secrets.token_hex(16)
    config = folder / "trial_config.py"
    text = TRIAL.format(class_config=str(CONFIG), token=token)
    if not own_accounts:
        text += FOLDERS.format(homes=str(folder / "homes" / "{username}"))
    config.touch(mode=0o600)
    config.write_text(text, encoding="utf-8")
    port = servers.free_port()
    hub = servers.Stack(
        "hub", "JupyterHub", f"jupyterhub --config {config}", ready="/hub/api", directory=ROOT
    )
    variables = {
        "HUB_STATE": str(folder / "state"),
        "HUB_PORT": str(port),
        "HUB_PROXY_PORT": str(servers.free_port()),
        "HUB_INNER_PORT": str(servers.free_port()),
    }
    return servers.start(hub, port=port, environment=variables, timeout=120, grace=60), token
