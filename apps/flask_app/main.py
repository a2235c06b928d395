"""The Flask application: `gunicorn apps.flask_app.main:app`."""

from __future__ import annotations

from flask import Flask

from apps.flask_app.errors import register_errors
from apps.flask_app.middleware import ConcurrencyLimit, Cors, RequestLog
from apps.flask_app.routes import add_api, add_pages
from apps.flask_app.upstream import ListingService
from apps.house_prices.logs import configure_logging
from apps.house_prices.model import ModelError, load_model
from apps.house_prices.settings import Settings, load_settings, refuse_to_start


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application, its model loaded.

    Ends the process when a setting is wrong or the model's files are not what they should be.
    """
    settings = settings or load_settings()
    configure_logging(settings)
    try:
        model = load_model(settings.model_folder)
    except ModelError as error:
        refuse_to_start(str(error))

    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = True  # RequestLog makes the 500
    add_api(app, model, ListingService(settings), settings)
    add_pages(app)
    register_errors(app)
    # The last one wrapped is the outermost: it sees every request first and every answer last.
    app.wsgi_app = ConcurrencyLimit(app.wsgi_app, limit=settings.max_concurrent_requests)  # type: ignore[method-assign]
    if settings.cors_origins:
        app.wsgi_app = Cors(app.wsgi_app, origins=settings.cors_origins)  # type: ignore[method-assign]
    app.wsgi_app = RequestLog(app.wsgi_app)  # type: ignore[method-assign]
    return app


app = create_app()
