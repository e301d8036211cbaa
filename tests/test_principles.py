"""Every principle has its place in the code and a test that cites it (docs/principles.md)."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRINCIPLES = tuple(f"P{number}" for number in range(1, 18))
_PATH = re.compile(r"`((?:calibration|host|tests|docs)/[^`]+)`")
_TEST = re.compile(r"`(test_\w+)`")


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return the names of the test functions in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(name for name in names if name.startswith("test_"))


@cache
def rows() -> dict[str, str]:
    """Return the line of the document for each principle."""
    text = (ROOT / "docs" / "principles.md").read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if re.match(r"\| P\d+ \|", line)]
    return {line.split("|")[1].strip(): line for line in found}


def cites(name: str, principle: str) -> bool:
    """Tell whether a test's name cites a principle: `p7` is no part of `p17`."""
    return principle.lower() in name.lower().split("_")


def test_the_document_has_one_line_for_each_principle_in_order() -> None:
    assert tuple(rows()) == PRINCIPLES


@pytest.mark.parametrize("principle", PRINCIPLES)
def test_every_principle_is_cited_by_the_name_of_a_test(principle: str) -> None:
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    assert any(cites(name, principle) for path in files for name in names_in(path))


@pytest.mark.parametrize("principle", PRINCIPLES)
def test_every_file_that_the_document_names_exists(principle: str) -> None:
    paths = [ROOT / path for path in _PATH.findall(rows()[principle])]
    assert len(paths) >= 2
    assert [path for path in paths if not path.is_file()] == []


@pytest.mark.parametrize("principle", PRINCIPLES)
def test_the_test_that_the_document_names_is_there_and_cites_its_principle(principle: str) -> None:
    row = rows()[principle]
    (name,), path = _TEST.findall(row), ROOT / _PATH.findall(row)[-1]
    assert name in names_in(path)
    assert cites(name, principle)


def test_a_name_cites_whole_tags_only() -> None:
    assert cites("test_p3_p14_it_holds", "P14")
    assert not cites("test_p17_it_holds", "P1")
