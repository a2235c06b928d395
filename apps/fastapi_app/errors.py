"""Every error becomes a problem document."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from apps.house_prices import request_id
from apps.house_prices.contract import PROBLEM_JSON
from apps.house_prices.problems import ProblemError, allow_header, document


def problem_response(problem: ProblemError) -> Response:
    """Return the answer that carries a problem document."""
    body = document(problem, request_id.current.get() or "")
    return Response(body, problem.status, problem.headers, media_type=PROBLEM_JSON)


def register_errors(app: FastAPI) -> None:
    """Turn the framework's exceptions and our own into problem documents."""

    @app.exception_handler(ProblemError)
    async def on_problem(_: Request, error: ProblemError) -> Response:
        return problem_response(error)

    @app.exception_handler(HTTPException)
    async def on_http_error(_: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if allow := headers.get("Allow"):
            headers = {"Allow": allow_header(allow.split(","))}
        return problem_response(ProblemError(error.status_code, headers=headers))
