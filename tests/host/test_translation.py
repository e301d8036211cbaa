"""Words in the reader's language: one catalogue for plain code and for Qt."""

import gettext
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from host.translation import DOMAIN, LANGUAGE, mark, speak, system_catalogue, tr


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
