"""Every error becomes a problem document."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from apps.house_prices import request_id
from apps.house_prices.contract import PROBLEM_JSON
from apps.house_prices.problems import ProblemError, allow_header, document


def problem_response(problem: ProblemError) -> Response:
    """Return the answer that carries a problem document."""
    body = document(problem, request_id.current.get() or "")
    return Response(body, problem.status, problem.headers, content_type=PROBLEM_JSON)


def register_errors(app: Flask) -> None:
    """Turn the framework's exceptions and our own into problem documents."""

    @app.errorhandler(ProblemError)
    def on_problem(error: ProblemError) -> Response:
        return problem_response(error)

    @app.errorhandler(HTTPException)
    def on_http_error(error: HTTPException) -> Response:
        headers = {}
        if isinstance(error, MethodNotAllowed):
            headers = {"Allow": allow_header(error.valid_methods or ())}
        return problem_response(ProblemError(error.code or 500, headers=headers))
