"""Patterns and montages that a therapist adds without code (T1, T2)."""

from pathlib import Path

import pytest

from calibration.montage import montages, montages_with
from calibration.patterns import patterns, patterns_from_toml, patterns_with

WINK = """
[[pattern]]
name = "soft wink"
prompt = "Wink softly"
target = ["OOC"]
quiet = ["ZYG"]
"""


def test_a_pattern_of_one_s_own_is_added(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(WINK)
    found = patterns_with(tmp_path)
    assert found["soft wink"].target == ("OOC",)
    assert set(found) == {*patterns(), "soft wink"}


def test_a_pattern_of_one_s_own_may_take_the_place_of_one_of_t2(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(WINK.replace("soft wink", "pucker"))
    assert patterns_with(tmp_path)["pucker"].target == ("OOC",)
    assert patterns()["pucker"].target == ("OOR",)


def test_without_a_folder_there_are_those_that_ship(tmp_path: Path) -> None:
    assert patterns_with(tmp_path / "none") == patterns()
    assert montages_with(tmp_path / "none") == montages()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "mine.toml needs a"),
        ("pattern = 3", "mine.toml needs a"),
        ("[[pattern]", "mine.toml is not valid TOML"),
        (WINK.replace("OOC", "XYZ"), "mine.toml, pattern 'soft wink': unknown muscle 'XYZ'"),
        (WINK.replace("quiet", "queit"), "pattern 'soft wink': unknown entry 'queit'"),
        (WINK.replace('["ZYG"]', '"ZYG"'), "'quiet' must be a list of texts"),
        (WINK.replace("ZYG", "OOC"), "a muscle has two roles"),
        (WINK.replace("Wink softly", " "), "must not be empty"),
        (WINK + "probe = 1", "'probe' must be true or false"),
        (WINK + WINK, "pattern 'soft wink': it is given twice"),
        ("slight_allowance = 'x'" + WINK, "slight_allowance must be a number"),
        ("slight_allowance = 0.5" + WINK, "at least 1"),
        ("allowance = 2" + WINK, "mine.toml: unknown entry 'allowance'"),
        (WINK.replace('name = "soft wink"', ""), "pattern 1: 'name' must be text"),
    ],
)
def test_a_wrong_pattern_is_refused_with_file_pattern_and_entry(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        patterns_from_toml(text, "mine.toml")
    assert "\n" not in str(refused.value)


def test_one_name_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(WINK)
    (tmp_path / "b.toml").write_text(WINK)
    with pytest.raises(ValueError, match=r"b.toml: the pattern 'soft wink' is in another file"):
        patterns_with(tmp_path)


def test_a_montage_of_one_s_own_is_added_and_a_wrong_one_named(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "chin"\nsites = ["MEN", "DAO"]')
    assert len(montages_with(tmp_path)["chin"].sites) == 4
    own.write_text('name = "chin"\nsites = ["MEN", "XYZ"]')
    with pytest.raises(ValueError, match=r"own.toml: unknown muscle 'XYZ'"):
        montages_with(tmp_path)
    own.write_text('name = "face-8"\nsites = ["MEN"]')
    with pytest.raises(ValueError, match="'face-8' is there already"):
        montages_with(tmp_path)


def test_a_mark_at_the_beginning_of_a_text_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "notepad.toml").write_text(WINK, encoding="utf-8-sig")
    assert "soft wink" in patterns_with(tmp_path)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"bad.toml cannot be read: it is no UTF-8 text"):
        patterns_with(tmp_path)
