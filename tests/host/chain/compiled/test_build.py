"""A library is named by all of its sources, and can be built anew from them."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from host.chain.compiled import build
from host.chain.compiled.library import load


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with a copy of everything that is compiled."""
    for path in [*build.HERE.glob("*.c"), *build.HERE.glob("*.h")]:
        shutil.copy(path, tmp_path)
    return tmp_path


def test_a_copy_has_the_same_name(sources: Path) -> None:
    assert build.digest(sources) == build.digest()


@pytest.mark.parametrize("name", sorted(path.name for path in build.HERE.glob("*.[ch]")))
def test_a_change_in_any_source_changes_the_name(sources: Path, name: str) -> None:
    with (sources / name).open("a", encoding="utf-8") as source:
        source.write("\n")
    assert build.digest(sources) != build.digest()


def test_one_source_more_changes_the_name(sources: Path) -> None:
    (sources / "zero.c").write_text("int zero;\n", encoding="utf-8")
    assert build.digest(sources) != build.digest()


@pytest.mark.skipif(find_spec("ziglang") is None, reason="the compiler (ziglang) is not installed")
def test_what_is_built_is_of_the_sources_as_they_are(sources: Path) -> None:
    with (sources / "sources.c").open("a", encoding="utf-8") as source:
        source.write("/* changed */\n")
    made = build.build(sources)
    assert made == sources / build.LIBRARY.name
    assert load(made, build.digest(sources)).sources() == build.digest(sources).encode()
    with pytest.raises(ImportError, match="other sources"):
        load(made, build.digest())
