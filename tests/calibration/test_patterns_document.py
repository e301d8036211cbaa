"""The examples of docs/patterns.md are read from the document itself, and work."""

import re
from pathlib import Path

import pytest

from calibration.montage import montages, montages_with
from calibration.muscles import Side, muscles
from calibration.patterns import Role, patterns, patterns_with

TEXT = (Path(__file__).parents[2] / "docs" / "patterns.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_the_example_of_a_pattern_is_added_with_its_roles(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(EXAMPLES[0], encoding="utf-8")
    found = patterns_with(tmp_path)
    assert set(found) == {*patterns(), "kiss"}
    kiss = found["kiss"]
    roles = {code: kiss.role(code) for code in ("OOR", "ZYG", "MEN", "FRO")}
    assert list(roles.values()) == [Role.TARGET, Role.QUIET, Role.TOLERATED, Role.TOLERATED]
    assert (kiss.allowance("OOC"), kiss.allowance("ZYG")) == (1.5, 1.0)


def test_the_factor_of_the_document_goes_above_the_first_pattern(tmp_path: Path) -> None:
    (line,) = re.findall(r"`(slight_allowance = .*?)`", TEXT)
    (tmp_path / "mine.toml").write_text(f"{line}\n{EXAMPLES[0]}", encoding="utf-8")
    assert patterns_with(tmp_path)["kiss"].allowance("OOC") == 1.3


@pytest.mark.parametrize(
    ("place", "name", "columns"),
    [(1, "chin and mouth", (1, 5)), (2, "right cheek", (None, 0))],
)
def test_the_examples_of_montages_are_added(
    tmp_path: Path, place: int, name: str, columns: tuple[int | None, int]
) -> None:
    (tmp_path / "mine.toml").write_text(EXAMPLES[place], encoding="utf-8")
    found = montages_with(tmp_path)
    assert set(found) == {*montages(), name}
    assert tuple(found[name].column("ZYG", side) for side in Side) == columns


def test_the_document_names_every_muscle_and_has_no_other_example() -> None:
    assert len(EXAMPLES) == 3
    (line,) = re.findall(r"^FRO .*?\n.*?$", TEXT, re.MULTILINE)
    assert re.findall(r"\b[A-Z]{3}\b", line) == list(muscles())
