"""Read the editable tables that ship with the program."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any


def read_table(name: str) -> dict[str, Any]:
    """Return the packaged TOML table `name`."""
    text = resources.files("calibration.data").joinpath(name).read_text(encoding="utf-8")
    return parse_table(text, name)


def parse_table(text: str, name: str) -> dict[str, Any]:
    """Parse TOML; ValueError says in one sentence where it is wrong."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name} is not valid TOML: {error}") from error


def strings(row: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Return the named entries of a row, each of which must be text."""
    for name in names:
        if not isinstance(row.get(name), str):
            raise ValueError(f"{name!r} must be text in {dict(row)}")
    return {name: row[name] for name in names}


def string_tuple(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts; a missing one is empty."""
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name!r} must be a list of texts, got {value!r}")
    return tuple(value)
