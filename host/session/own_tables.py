"""Patterns and montages that a therapist added: text files among the user's data."""

from collections.abc import Mapping
from pathlib import Path

from calibration.montage import Montage, montages_with
from calibration.patterns import Pattern, patterns, patterns_with
from calibration.saying import Saying, words_of
from host.errors import SettingsError
from host.recording.places import data_folder


def own_patterns(root: Path | None = None) -> tuple[Pattern, ...]:
    """Return the patterns in `patterns/*.toml`; `root` stands for the user's data.

    SettingsError says in one sentence which file is wrong, and how.
    """
    folder = (root or data_folder()) / "patterns"
    try:
        known = patterns_with(folder)
    except ValueError as error:
        raise SettingsError(Saying("{} ({}).", words_of(error), folder)) from error
    return tuple(one for name, one in known.items() if one != patterns().get(name))


def known_montages(root: Path | None = None) -> Mapping[str, Montage]:
    """Return the ready montages and those in `montages/*.toml`, by name; errors as above."""
    folder = (root or data_folder()) / "montages"
    try:
        return montages_with(folder)
    except ValueError as error:
        raise SettingsError(Saying("{} ({}).", words_of(error), folder)) from error
