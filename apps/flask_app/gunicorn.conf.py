"""gunicorn's settings: `gunicorn apps.flask_app.main:app --config apps/flask_app/gunicorn.conf.py`.

The Procfile gives uvicorn the same ones as options: port, workers, log, keep-alive, graceful stop.
"""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.asgi import protocol as asgi_protocol
from gunicorn.config import Config
from gunicorn.errors import HaltServer
from gunicorn.glogging import Logger
from gunicorn.http.wsgi import Response
from gunicorn.workers.gthread import ThreadWorker

from apps.house_prices.logs import configure_logging
from apps.house_prices.settings import load_settings

bind = f"0.0.0.0:{os.environ.get('PORT', '8001')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))

# Threads, because a sync worker closes every connection and waits for every slow client. They are
# the real limit of a worker: more requests wait in gunicorn's queue, whose length the app cannot
# see. MAX_CONCURRENT_REQUESTS leads to a 503 only where it is lower.
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "8"))

keepalive = 95  # seconds: longer than the 90 s for which a router in front keeps a connection
graceful_timeout = 25  # seconds: the platform kills what still runs after 30

control_socket_disable = True  # one file in the user's home: two servers would share it
accesslog = None  # the app writes one line for each request


class LoguruLogger(Logger):
    """Sends gunicorn's own lines where the app's go."""

    def setup(self, cfg: Config) -> None:
        """Take over from the handlers that gunicorn has just set up."""
        super().setup(cfg)
        configure_logging(load_settings())


logger_class = LoguruLogger


# The Server header tells attackers what to try. gunicorn has no switch for it.
_default_headers = Response.default_headers
Response.default_headers = lambda response: [  # type: ignore[method-assign,assignment]
    line for line in _default_headers(response) if not line.startswith("Server:")
]
asgi_protocol._CACHED_SERVER_HEADER = b""  # type: ignore[attr-defined]


# When one worker refuses to start, gunicorn stops. A second refusal while it does so would end it
# with a traceback, which hides the reason (gunicorn 27.0, November 2026).
_stop = Arbiter.stop


def _stop_whatever_workers_say(arbiter: Arbiter, graceful: bool = True) -> None:
    while True:
        try:
            return _stop(arbiter, graceful)
        except HaltServer:  # it is raised once for each worker
            continue


Arbiter.stop = _stop_whatever_workers_say  # type: ignore[assignment,method-assign]


# A worker that stops takes no more connections, but leaves the door open: who knocks meanwhile
# waits until the requests in flight are finished, and is then cut off (gunicorn 27.0, November
# 2026). With the door closed, a connection is refused at once.
_set_accept_enabled = ThreadWorker.set_accept_enabled


def _take_or_refuse_connections(worker: ThreadWorker, enabled: bool | None) -> None:
    _set_accept_enabled(worker, enabled)
    if not worker.alive:
        for listener in worker.sockets:
            listener.close()


ThreadWorker.set_accept_enabled = (  # type: ignore[method-assign]
    _take_or_refuse_connections  # type: ignore[assignment]
)
