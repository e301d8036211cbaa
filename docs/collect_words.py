"""Collect every word that the program says, for translators: `python docs/collect_words.py`.

What `tr("…")` and `mark("…")` name in the code, and the words of the tables: muscles, what patterns
ask for, sides (decision 0016). It writes `quietface.pot` here, which any gettext tool takes.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from calibration.muscles import Side, muscles
from calibration.patterns import patterns

ROOT = Path(__file__).parents[1]
_COLLECTED = {"tr", "mark"}


def words() -> dict[str, list[str]]:
    """Return every word with the places that say it; the tables' have the table's name.

    ValueError where words are put together before they are passed on: nobody could translate them.
    """
    found: dict[str, list[str]] = {}
    for said, place in (*_in_code(), *_in_tables()):
        found.setdefault(said, []).append(place)
    return found


def template(found: dict[str, list[str]]) -> str:
    """Return the words as a template of gettext."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    entries = [
        f'\n#: {" ".join(places)}\nmsgid {_quoted(said)}\nmsgstr ""\n'
        for said, places in found.items()
        if said
    ]
    return head + "".join(entries)


def _in_code() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "host").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in _COLLECTED and node.args:
                yield from ((said, place) for said in _literals(node.args[0], place))


def _called(call: ast.Call) -> str:
    name = call.func
    return name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")


def _literals(given: ast.expr, place: str) -> Iterator[str]:
    """Yield what is said; a name or a look-up was marked where its words stand."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.IfExp):
        yield from _literals(given.body, place)
        yield from _literals(given.orelse, place)
    elif isinstance(given, ast.JoinedStr | ast.BinOp):
        raise ValueError(f"{place}, line {given.lineno}: words are put together before `tr`")


def _in_tables() -> Iterator[tuple[str, str]]:
    yield from ((one.plain, "calibration/data/muscles.toml") for one in muscles().values())
    yield from ((one.prompt, "calibration/data/patterns.toml") for one in patterns().values())
    yield from ((side.value, "calibration/muscles.py") for side in Side)


def _quoted(said: str) -> str:
    escaped = said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    collected = words()
    target = Path(__file__).parent / "quietface.pot"
    target.write_text(template(collected), encoding="utf-8")
    print(f"{len(collected)} words in {target.name}")
