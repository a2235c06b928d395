"""Settings from the environment: every name, its default and its limits in one place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ARTEFACT = Path(__file__).parent / "artefact"

# uvicorn and gunicorn both take this exit status of a worker as "do not start it again".
STARTUP_FAILURE = 3


class Settings(BaseSettings):
    """What can be set, read from environment variables of the same names in capitals."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    log_level: Literal["TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    log_format: Literal["human", "json"] = "human"
    log_file: Path | None = Field(
        default=None, description="Also log to this file, rotated by size."
    )
    log_file_bytes: Annotated[int, Field(ge=1_000)] = 10_000_000
    max_body_bytes: Annotated[int, Field(ge=1_000)] = 5_000_000
    max_concurrent_requests: Annotated[int, Field(ge=1)] = Field(
        default=100,
        description=(
            "Requests that one worker works on at a time; more are answered 503. On gunicorn's "
            "threads (THREADS, 8 unless set) a higher limit is never reached: more requests wait."
        ),
    )
    model_folder: Path = Field(default=ARTEFACT, description="Where model.onnx and model.json are.")
    listings_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+$",
        description="The listing service, such as http://127.0.0.1:8002.",
    )
    listings_timeout: Annotated[float, Field(gt=0, le=25)] = Field(
        default=5, description="Seconds that the listing service may take."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins whose pages may call the API, separated by commas."
    )

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(origin.strip() for origin in value.split(",") if origin.strip())
        return value

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            scheme, separator, host = origin.partition("://")
            if scheme not in {"http", "https"} or not separator or not host or "/" in host:
                raise ValueError(
                    f"'{origin}' is not an origin. Write scheme, host and port, with no path, "
                    "such as https://example.org or http://localhost:5173"
                )
        return origins


def load_settings() -> Settings:
    """Return the settings, or end the process with the name and the reason of each wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        reasons = [
            f"  {'.'.join(str(part) for part in wrong['loc'][:1]).upper()}: {wrong['msg']}"
            for wrong in error.errors(include_url=False)
        ]
        refuse_to_start("These settings in the environment are wrong:\n" + "\n".join(reasons))


def refuse_to_start(message: str) -> NoReturn:
    """End the process with a message and no traceback, so that the server stops for good."""
    sys.stderr.write(f"{message}\nThe server was not started.\n")
    sys.stderr.flush()
    sys.exit(STARTUP_FAILURE)
