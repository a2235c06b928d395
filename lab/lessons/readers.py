"""What three ways of reading make of one value, which is written in JSON: in a word each."""

from __future__ import annotations

import json

from pydantic import BaseModel, ValidationError

from lab.lessons.input_grid import REFUSED


def by_int(text: str) -> str:
    """Return what Python's own int() makes of the value, or "refused"."""
    try:
        return str(int(json.loads(text)))
    except (TypeError, ValueError):
        return REFUSED


def by_schema(schema: type[BaseModel], text: str) -> str:
    """Return what a schema of one field makes of the value, or "refused"."""
    (name,) = schema.model_fields
    try:
        return str(getattr(schema.model_validate_json(f'{{"{name}": {text}}}'), name))
    except ValidationError:
        return REFUSED
