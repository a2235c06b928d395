"""Rules for what a dyno has little of: memory, and room for the slug. Both are estimates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lab.heroku import facts
from lab.heroku.facts.facts import Severity
from lab.heroku.preflight import app_json
from lab.heroku.preflight.app_json import Declared
from lab.heroku.preflight.deploy import Deploy
from lab.heroku.preflight.finding import Finding

MEGABYTE = 1_000_000
SIZE = "basic"  # the size of a dyno where nobody has said another
PUSHED = Declared()  # a push takes nothing from app.json


@dataclass(frozen=True)
class Estimate:
    """How much memory the web process is likely to need, in megabytes, and why."""

    worker: float
    parent: float
    workers: int
    declared_by: str
    counted: tuple[str, ...]
    size: str
    quota: int

    @property
    def total(self) -> float:
        """All of it."""
        return self.parent + self.worker * self.workers

    @property
    def leads_to(self) -> str:
        """The platform's code for so much memory: R14, R15 when it kills, or nothing."""
        if self.total > self.quota * facts.platform().memory.kill_factor:
            return "R15"
        return "R14" if self.total > self.quota else ""


def memory_of(deploy: Deploy, declared: Declared = PUSHED) -> Estimate:
    """Estimate the memory: each worker loads everything for itself."""
    dyno = facts.platform().dyno_of(declared.size or SIZE)
    assert dyno is not None
    known = facts.packages().memory
    packages = sorted({name for name in deploy.imported_packages() if name in known.imports})
    models = [
        (path, entry.size / MEGABYTE)
        for path, entry in deploy.files.files.items()
        if PurePosixPath(path).suffix in known.models.suffixes and path not in deploy.files.left_out
    ]
    worker = known.interpreter + sum(known.imports[name] for name in packages)
    worker += sum(size for _, size in models)
    workers, declared_by = deploy.workers(declared, dyno.megabytes)
    server = known.imports.get(deploy.served_by, 0.0)
    parent = known.interpreter + server if workers > 1 or deploy.served_by == "gunicorn" else 0.0
    counted = (
        f"Python {known.interpreter:.0f}",
        *(f"{name} {known.imports[name]:.0f}" for name in packages),
        *(f"{path} {size:.0f}" for path, size in models if size >= 1),
    )
    return Estimate(worker, parent, workers, declared_by, counted, dyno.size, dyno.megabytes)


def memory(deploy: Deploy) -> Iterator[Finding]:
    """Workers times what each loads must fit into the dyno.

    What app.json declares, no push sets: a deploy that depends on it gets a warning and no error.
    """
    if deploy.command is None:
        return
    pushed, made = memory_of(deploy), memory_of(deploy, app_json.declared(deploy.files))
    if pushed.leads_to:
        sure = pushed.leads_to == made.leads_to
        also = "" if made.leads_to else f" {app_json.READ_ONCE} With what stands there it fits."
        yield _too_much(pushed, "error" if sure and pushed.leads_to == "R15" else "warning", also)
    elif made.leads_to:
        yield _too_much(made, "warning", f" So app.json declares it. {app_json.READ_ONCE}")


def _too_much(need: Estimate, severity: Severity, remark: str) -> Finding:
    plural = "worker" if need.workers == 1 else "workers"
    return Finding(
        "dyno::memory",
        severity,
        f"{need.workers} {plural} may need {need.total:.0f} MB, and a {need.size} dyno has "
        f"{need.quota} MB.",
        f"{need.declared_by[0].upper()}{need.declared_by[1:]}.{remark} Each worker loads "
        f"everything for itself: about {need.worker:.0f} MB. This is an estimate, rather too high: "
        f"the sum, in megabytes, of {', '.join(need.counted)}, as each import was measured alone "
        f"on {facts.packages().memory.date}, and of committed models by their size. What requests "
        "add is not in it.",
        "Use fewer workers, such as --workers 1 in the Procfile or:\n"
        "  heroku config:set WEB_CONCURRENCY=1\n"
        "or a larger dyno, which costs more:\n  heroku ps:type web=standard-2x",
        leads_to=need.leads_to,
    )


def slug_size(deploy: Deploy) -> Iterator[Finding]:
    """Files and packages together must fit into a slug."""
    files, limits = deploy.files, facts.platform().slug
    kept = {path: one.size for path, one in files.files.items() if path not in files.left_out}
    own = sum(kept.values()) / MEGABYTE
    ratio = facts.packages().compression.packages
    sizes = {name: size * ratio for name, size in deploy.installed.bytes_on_disk().items()}
    packages = sum(sizes.values()) / MEGABYTE
    total, limit = own + packages, deploy.slug_limit_megabytes
    soft = min(limits.soft_limit_megabytes, limit)
    if total <= soft:
        return
    parts = {**kept, **sizes}
    largest = sorted(parts, key=lambda name: -parts[name])[:5]
    named = ", ".join(f"{name} {parts[name] / MEGABYTE:.0f} MB" for name in largest)
    unknown = ", ".join(sorted(deploy.installed.unknown))
    yield Finding(
        "dyno::slug-size",
        "error" if total > limit else "warning",
        f"The slug may have {total:.0f} MB; the limit is {limit} MB, and {soft} MB make it slow.",
        f"This is an estimate: {own:.0f} MB of committed files after .slugignore, uncompressed, "
        f"and {packages:.0f} MB of packages as they are installed here, compressed to {ratio:.0%} "
        "as measured on some. Python itself is not in it"
        + (f", nor are {unknown}, which are not installed here" if unknown else "")
        + f". The largest parts: {named}.",
        "Name what the app does not need in .slugignore, and take packages that it does not "
        'import out of requirements.txt. Then run:\n  git commit -am "A smaller slug"',
    )
