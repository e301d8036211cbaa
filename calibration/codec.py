"""Frozen dataclasses to JSON and back, strictly: what a file says is checked before it is used."""

import dataclasses
import enum
import json
import types
import typing
from math import isfinite, isnan, nan
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import numpy as np

from calibration.saying import Saying, words_of

T = TypeVar("T")


class CodecError(ValueError):
    """A text does not say what it should."""


def encoded(value: object) -> str:
    """Return JSON text; NaN becomes null, infinity is refused."""
    return json.dumps(_plain(value), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def parsed(text: str) -> dict[str, Any]:
    """Return the object that a JSON text holds; CodecError says what is wrong with it."""
    try:
        value = json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise CodecError(Saying("not valid JSON ({})", words_of(error))) from error
    if not isinstance(value, dict):
        raise CodecError(Saying("not a JSON object"))
    return value


def decoded(kind: type[T], value: Any, where: str = "") -> T:
    """Return a value of the wanted type; CodecError names the entry that is wrong.

    A number may be null: NaN, which each class refuses where it must be known.
    """
    result: T = _decoded(kind, value, where)
    return result


def _refused(name: str) -> float:
    raise CodecError(Saying("{} is not a number", name))


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, np.ndarray):
        return _plain(tuple(value.tolist()))
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and isnan(value) else value


def _decoded(kind: Any, value: Any, where: str) -> Any:
    if get_origin(kind) in (types.UnionType, typing.Union):
        options = [option for option in get_args(kind) if option is not type(None)]
        return None if value is None else _decoded(options[0], value, where)
    if get_origin(kind) is np.ndarray:
        return _array(get_args(get_args(kind)[1])[0], value, where)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value, where)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _choice(kind, value, where)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, value, where)
    return _scalar(kind, value, where)


def _tuple(kinds: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise CodecError(Saying("{} must be a list", where))
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise CodecError(Saying("{} must have {} entries, not {}", where, len(kinds), len(value)))
    return tuple(
        _decoded(kind, item, f"{where}[{number}]")
        for number, (kind, item) in enumerate(zip(kinds, value, strict=True))
    )


def _array(kind: Any, value: Any, where: str) -> np.ndarray:
    """Return an array of booleans or numbers; null is NaN."""
    if not isinstance(value, list):
        raise CodecError(Saying("{} must be a list", where))
    flat = [value]
    while flat and any(isinstance(item, list) for item in flat):
        if not all(isinstance(item, list) for item in flat):
            raise CodecError(Saying("{} must be an even array", where))
        flat = [inner for item in flat for inner in item]
    scalar = bool if kind is np.bool_ else float
    for item in flat:
        _scalar(scalar, item, where)
    try:
        return np.array(value, dtype=kind)
    except ValueError as error:
        raise CodecError(Saying("{} must be an even array", where)) from error


def _choice(kind: type[enum.Enum], value: Any, where: str) -> enum.Enum:
    for member in kind:
        if member.value == value:
            return member
    raise CodecError(Saying("{} cannot be {!r:.40}", where, value))


def _dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise CodecError(Saying("{} must be an object", where or Saying("it")))
    hints, fields = get_type_hints(kind), dataclasses.fields(kind)
    if unknown := set(value) - {field.name for field in fields}:
        raise CodecError(_unknown(min(unknown), where))
    found = {}
    for field in fields:
        entry = f"{where}.{field.name}".lstrip(".")
        if field.name not in value:
            raise CodecError(Saying("{} is missing", entry))
        found[field.name] = _decoded(hints[field.name], value[field.name], entry)
    try:
        return kind(**found)
    except ValueError as error:
        said = words_of(error)
        raise CodecError(Saying("{}: {}", where, said) if where else said) from error


def _unknown(entry: str, where: str) -> Saying:
    if where:
        return Saying("{} has an unknown entry {!r:.40}", where, entry)
    return Saying("has an unknown entry {!r:.40}", entry)


def _scalar(kind: Any, value: Any, where: str) -> Any:
    if kind is float and value is None:
        return nan
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if isfinite(number):
            return number
    elif type(value) is kind:
        return value
    names = {
        float: Saying("a number"),
        int: Saying("a whole number"),
        str: Saying("text"),
        bool: Saying("true or false"),
    }
    raise CodecError(
        Saying("{} must be {}, not {!r:.40}", where, names.get(kind, str(kind)), value)
    )
