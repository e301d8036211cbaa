"""Words in the reader's language: one catalogue for plain code and for Qt."""

import copy
import gettext
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from calibration.saying import Clause, Saying, words_of
from host.errors import SettingsError
from host.translation import (
    DOMAIN,
    LANGUAGE,
    in_a_row,
    mark,
    speak,
    system_catalogue,
    told,
    told_error,
    tr,
)


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    speak(gettext.NullTranslations())


def catalogue(folder: Path, language: str, words: dict[str, str]) -> None:
    """Write a catalogue as msgfmt does: magic, two tables of lengths and offsets, the strings."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **words}.items())
    texts = [[side.encode() for side in pair] for pair in pairs]
    count, at = len(texts), 28 + 16 * len(texts)
    tables: list[bytes] = []
    body = b""
    for side in (0, 1):
        for pair in texts:
            tables.append(struct.pack("<II", len(pair[side]), at + len(body)))
            body += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(head + b"".join(tables) + body)


def test_without_a_catalogue_words_are_english() -> None:
    assert tr("Let go") == "Let go"
    assert tr("") == ""
    assert mark("Plan") == "Plan"


def test_a_language_that_is_asked_for_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue(tmp_path, "de", {"Let go": "Loslassen"})
    monkeypatch.setenv(LANGUAGE, "de")
    speak(system_catalogue(tmp_path))
    assert tr("Let go") == "Loslassen"
    assert tr("Hold") == "Hold"
    assert tr("") == ""


def test_a_language_that_nobody_wrote_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LANGUAGE, "xx")
    speak(system_catalogue(tmp_path))
    assert tr("Let go") == "Let go"


def test_a_saying_is_told_with_the_words_among_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"{}, {}": "{1} {0}", "left": "links", "Eye": "Auge", "{} for {:.0%}": "{1:.0%} {0}"}
    catalogue(tmp_path, "de", words)
    monkeypatch.setenv(LANGUAGE, "de")
    speak(system_catalogue(tmp_path))
    said = Saying("{} for {:.0%}", Saying("{}, {}", "Eye", "left"), 0.5)
    assert said == "Eye, left for 50%"
    assert told(said) == "50% links Auge"
    assert told("left") == "links"
    assert told_error(SettingsError(said)) == "50% links Auge"
    assert told_error(SettingsError("as it is")) == "as it is"


def test_an_error_within_another_one_is_told_too_and_loses_its_full_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"{} is damaged: {}.": "{} ist beschädigt: {}.", "{} is missing.": "{} fehlt."}
    catalogue(tmp_path, "de", words)
    monkeypatch.setenv(LANGUAGE, "de")
    speak(system_catalogue(tmp_path))
    inner = ValueError(Saying("{} is missing.", "code"))
    said = Saying("{} is damaged: {}.", "a.json", Clause(words_of(inner)))
    assert said == "a.json is damaged: code is missing."
    assert told(said) == "a.json ist beschädigt: code fehlt."
    assert told(copy.copy(said)) == told(said)
    foreign = Saying("{} is damaged: {}.", "a.json", Clause(words_of(OSError("no.\n Not here."))))
    assert told(foreign) == "a.json ist beschädigt: no. Not here."
    assert words_of(OSError(2, "gone")) == "[Errno 2] gone"


def test_names_that_have_a_comma_are_set_apart_clearly() -> None:
    assert in_a_row(("Eye, left",)) == "Eye, left"
    assert in_a_row(("Eye, left", "Lips, left", "Neck")) == "Eye, left; Lips, left and Neck"


def test_names_in_a_row_are_joined_as_the_reader_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [in_a_row(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    catalogue(tmp_path, "de", {"{} and {}": "{} und {}"})
    monkeypatch.setenv(LANGUAGE, "de")
    speak(system_catalogue(tmp_path))
    assert in_a_row(("a", "b", "c")) == "a, b und c"
