"""Read the editable tables that ship with the program."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from calibration.saying import Saying, words_of


def read_table(name: str) -> dict[str, Any]:
    """Return the packaged TOML table `name`."""
    text = resources.files("calibration.data").joinpath(name).read_text(encoding="utf-8")
    return parse_table(text, name)


def read_folder(folder: Path) -> dict[str, str]:
    """Return the text of every TOML file in a folder by its name, in order of names.

    A folder that does not exist holds none; ValueError says which file cannot be read. Some
    editors begin a text with a mark (BOM), which is left out.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValueError(Saying("{} cannot be read: it is no UTF-8 text", path.name)) from error
        except OSError as error:
            raise ValueError(Saying("{} cannot be read: {}", path.name, error.strerror)) from error
    return found


def only(row: Mapping[str, Any], *names: str) -> None:
    """Refuse entries with other names: a mistyped one must not be ignored."""
    unknown = [name for name in row if name not in names]
    if unknown:
        raise ValueError(Saying("unknown entry {!r}; known: {}", unknown[0], ", ".join(names)))


def parse_table(text: str, name: str) -> dict[str, Any]:
    """Parse TOML; ValueError says in one sentence where it is wrong."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(Saying("{} is not valid TOML: {}", name, words_of(error))) from error


def strings(row: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Return the named entries of a row, each of which must be text."""
    for name in names:
        if not isinstance(row.get(name), str):
            raise ValueError(Saying("{!r} must be text in {}", name, dict(row)))
    return {name: row[name] for name in names}


def string_tuple(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts; a missing one is empty."""
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(Saying("{!r} must be a list of texts, got {!r}", name, value))
    return tuple(value)
