"""Reads what JSON or TOML has into dataclasses, and holds each value to its type.

pydantic could do this. To import it and to make its models would take each `lab ps`, each push and
each start of a platform a fifth of a second more.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


class MalformedError(ValueError):
    """The data is not of its type. Says which part of it."""


def made(kind: type[Made], found: object) -> Made:
    """Return a value of a type: a dataclass from a table, or something of dataclasses.

    Raises:
        MalformedError: when a name is missing or unknown, or a value is of another type.
    """
    value: Made = _value(kind, found)
    return value


def _value(kind: Any, found: Any) -> Any:  # noqa: ANN401 - any type, and any value of it
    of, parts = get_origin(kind), get_args(kind)
    if of is None:
        return _single(kind, found)
    if of in {Union, UnionType}:  # such as Day | None
        return None if found is None else _value(parts[0], found)
    if of is Literal and found in parts:
        return found
    if of in {list, tuple} and isinstance(found, list):
        return of(_value(parts[0], one) for one in found)
    if of is dict and isinstance(found, dict):
        return {name: _value(parts[1], one) for name, one in found.items()}
    raise MalformedError(f"{found!r} is no {kind}")


def _single(kind: Any, found: Any) -> Any:  # noqa: ANN401 - any type, and any value of it
    if is_dataclass(kind) and isinstance(found, dict):
        return _instance(kind, found)
    if (kind, type(found)) in {(Path, str), (float, int)}:
        return kind(found)
    if kind is datetime and isinstance(found, str):
        return datetime.fromisoformat(found)
    if type(found) is kind:
        return found
    raise MalformedError(f"{found!r} is no {kind.__name__}")


def _instance(kind: Any, found: dict[str, Any]) -> Any:  # noqa: ANN401 - any dataclass
    fields = _fields(kind)
    if unknown := found.keys() - fields.keys():
        raise MalformedError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    values = {name: _value(fields[name], one) for name, one in found.items()}
    try:
        return kind(**values)
    except TypeError as error:  # one is missing
        raise MalformedError(str(error)) from error


@cache
def _fields(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
