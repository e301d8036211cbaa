"""Words in the reader's language: one catalogue for plain code and for Qt alike.

`tr("…")` is a sentence that is read; `mark("…")` names one in a table of data, which is passed
through `tr` where it is shown. `told(saying)` does so for a sentence that was put together where
English is spoken: in `calibration`, or for the record. Without a catalogue all give the English.
See `docs/decisions/0016-words-for-translation.md`.
"""

import gettext
import os
from collections.abc import Sequence
from pathlib import Path

from calibration.saying import Clause, Saying, on_one_line, words_of

DOMAIN = "quietface"
LANGUAGE = "QUIETFACE_LANGUAGE"
"""Environment variable that names a language; without it, that of the system."""

_speaking: list[gettext.NullTranslations] = [gettext.NullTranslations()]


def tr(words: str) -> str:
    """Return the words in the reader's language; themselves where nobody translated them."""
    # An empty string names the catalogue's own header.
    return _speaking[0].gettext(words) if words else words


def mark(words: str) -> str:
    """Return the words as they are: they are collected for translation here, and told elsewhere."""
    return words


def told(words: str) -> str:
    """Return words in the reader's language, and so the words among the values of a saying."""
    if not isinstance(words, Saying):
        return tr(words)
    values = [told(one) if isinstance(one, str) else one for one in words.values]
    said = tr(words.template).format(*values)
    return on_one_line(said) if isinstance(words, Clause) else said


def told_error(error: BaseException) -> str:
    """Return what an error says in the reader's language; English where it was not a saying."""
    said = words_of(error)
    return told(said) if isinstance(said, Saying) else said


def in_a_row(names: Sequence[str]) -> str:
    """Return names as one reads them out, `a, b and c`; they are in the reader's language.

    Names with commas of their own are set apart: `Eye, left; Eye, right and Neck, left`.
    """
    if len(names) < 2:
        return "".join(names)
    apart = "; " if any(", " in name for name in names) else ", "
    return tr("{} and {}").format(apart.join(names[:-1]), names[-1])


def speak(catalogue: gettext.NullTranslations) -> None:
    """Use another catalogue from now on."""
    _speaking[0] = catalogue


def system_catalogue(folder: Path | None = None) -> gettext.NullTranslations:
    """Return the catalogue of the user's language in `folder`; one without words if none is there.

    A catalogue lies in `folder/<language>/LC_MESSAGES/quietface.mo`, by default beside this file.
    """
    asked = os.environ.get(LANGUAGE)
    where = folder or Path(__file__).parent / "locale"
    languages = [asked] if asked else None
    return gettext.translation(DOMAIN, where, languages=languages, fallback=True)
