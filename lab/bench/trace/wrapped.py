"""What a traced server serves: the app that LAB_TRACE_APP names, wrapped.

The environment decides, because a server's command has room for one app and no more.
"""

from __future__ import annotations

import importlib
import inspect
import os
from pathlib import Path
from typing import Any

from lab.bench.trace import hooks
from lab.bench.trace.asgi import TracedAsgi
from lab.bench.trace.recorder import APP, FOLDER, Recorder
from lab.bench.trace.wsgi import TracedWsgi


def traced(target: str, recorder: Recorder) -> Any:  # noqa: ANN401 - of either interface
    """Import an app and return it wrapped, by the interface that it has."""
    module, _, name = target.partition(":")
    app = getattr(importlib.import_module(module), name or "app")
    if hasattr(app, "wsgi_app"):  # Flask, whose development server wants a Flask
        app.wsgi_app = TracedWsgi(app.wsgi_app, recorder)
        return app
    called = app if inspect.isfunction(app) else type(app).__call__
    wrapper = TracedAsgi if inspect.iscoroutinefunction(called) else TracedWsgi
    return wrapper(app, recorder)


hooks.install()
app = traced(os.environ[APP], Recorder(Path(os.environ[FOLDER])))
